"""What a client tells of themselves that is worth remembering, told by patterns alone.

The patterns are in `memories.toml`. Nothing is kept here: whoever keeps it asks for consent first.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from concierge.clients.models import Memory

PATTERNS = Path(__file__).with_name("memories.toml")
LONGEST = 2000  # characters of a message that are read
MOST = 5  # things of one message
KEPT = 300  # characters of one

MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    "|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|dicembre"
    "|januar|februar|märz|juni|juli|oktober|dezember"
)
MONTH = rf"(?:{MONTHS})"
PARTS = {
    "VALUE": r"(?:(?:\d{1,3}(?:[.,]\d{1,2})?(?:\s?[½¼¾]|\s1/2)?(?:\s?(?:cm|mm|inch(?:es)?))?)"
    r"|(?:x{0,3}[sl]|m)(?![\w'-]))(?!\s?(?:%|€|eur|years|ans|anni|jahre))"
    r"(?: (?:in|en|for|pour|di|per|nei|bei|für) [^\W\d_]{3,})?",
    "DATE": rf"(?:\d{{1,2}}(?:st|nd|rd|th|er|\.|º|°)?(?: of| de| di)? ?{MONTH}\b"
    rf"|{MONTH} \d{{1,2}}\b|(?:in|en|im|a|ad|au mois de) {MONTH}\b|\d{{1,2}}[./]\d{{1,2}}\b)"
    r"(?:,? \d{4}\b)?",
    "CLAUSE": r"[^,.;:!?\n]{2,120}",
    "SENTENCE": r"[^.;!?\n]{3,250}",
    "ADDRESS": r"(?P<kept>[^;!?\n]{4,160}?)(?=[;!?\n]|\. |\.?$)",
    "NUMBER": r"(?P<kept>\+?\d[\d ()./-]{6,}\d)",
    "MAIL": r"(?P<kept>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
    "WORDS": r"(?P<kept>(?-i:[A-ZÀ-Þ][\w'.-]*"
    r"(?: (?:(?:de|di|da|du|von|van|der|la|le) )?[A-ZÀ-Þ][\w'.-]*){0,4}))",
}
NAMED = re.compile("|".join(PARTS))
APOSTROPHES = str.maketrans("’‘`´ʼ", "'''''")


@dataclass(frozen=True, slots=True)
class Told:
    """One thing of a message: what kind it is, and the client's words for it."""

    kind: Memory.Kind
    text: str
    start: int = 0  # in the message


@cache
def patterns() -> tuple[tuple[Memory.Kind, re.Pattern[str]], ...]:
    """In the file's order; those of all languages, because a client may mix them."""
    tables = tomllib.loads(PATTERNS.read_text(encoding="utf-8"))
    return tuple(
        (Memory.Kind(kind), compiled(line.strip()))
        for kind, languages in tables.items()
        for lines in languages.values()
        for line in lines.splitlines()
        if line.strip()
    )


def compiled(line: str) -> re.Pattern[str]:
    whole = NAMED.sub(lambda found: PARTS[found[0]], line)
    return re.compile(rf"(?<!\w)(?:{whole})", re.IGNORECASE)


def recognised(message: str) -> list[Told]:
    """What the message tells, in its order; nothing twice.

    What is to be remembered in so many words is kept under what it is, where that is known.
    """
    text = message[:LONGEST].translate(APOSTROPHES)
    found: list[tuple[int, int, Told]] = []
    for kind, pattern in patterns():
        for match in pattern.finditer(text):
            start, end = span(match)
            if any(begin < end and start < finish for begin, finish, _ in found):
                continue
            kept = message[start:end].strip(" ,")[:KEPT]
            if kept:
                found.append((start, end, Told(finer(kind, text[start:end]), kept, start)))
    return [told for _, _, told in sorted(found, key=lambda each: each[0])][:MOST]


def span(match: re.Match[str]) -> tuple[int, int]:
    """Of what is kept."""
    return match.span("kept" if "kept" in match.re.groupindex else 0)


def finer(kind: Memory.Kind, text: str) -> Memory.Kind:
    if kind != Memory.Kind.OTHER:
        return kind
    inner = (each for each, pattern in patterns() if each != kind and pattern.search(text))
    return next(inner, kind)
