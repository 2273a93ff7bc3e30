"""Finds the words a curator quotes where they stand in a document."""

import re

MARKS = {"'": "['’‘]", "’": "['’‘]", "‘": "['’‘]", '"': '["“”«»]', "“": '["“”«»]', "”": '["“”«»]'}
MARKER = re.compile(r"\[(\d{1,3})\]")


def span(text: str, words: str) -> tuple[int, int] | None:
    """Where `words` first stand in `text`; None when they do not.

    Line ends, spaces and the form of quotation marks are not held against the words.
    """
    parts = words.split()
    if not parts:
        return None
    form = r"\s+".join("".join(MARKS.get(c, re.escape(c)) for c in part) for part in parts)
    found = re.search(form, text)
    return found.span() if found else None


def marks(text: str) -> set[int]:
    """The numbers of the quotations that an answer's text marks."""
    return {int(number) for number in MARKER.findall(text)}
