"""Passages that say the same, word for word or nearly, shown once."""

import re
from collections.abc import Sequence

from archive.models import Passage

SHINGLE = 5  # words that follow one another
ALIKE = 0.9  # of two passages' shingles are shared: then one is a copy of the other
WORD = re.compile(r"\w+")
NUMBER = re.compile(r"\d+")

Found = Sequence[tuple[Passage, float]]  # passages with their documents and scores, best first


def shown_once(found: Found) -> list[tuple[Passage, float]]:
    """`found` without near-copies of what comes before; of equals the newer document stays.

    Texts that differ in a number are never taken for copies: a price, a year or a size is what
    sets two notices of the same form apart.
    """
    kept: list[tuple[Passage, float]] = []
    seen: list[tuple[list[str], frozenset[str]]] = []
    for passage, score in found:
        numbers, own = NUMBER.findall(passage.text), shingles(passage.text)
        same = (at for at, each in enumerate(seen) if numbers == each[0] and alike(own, each[1]))
        place = next(same, None)
        if place is None:
            kept.append((passage, score))
            seen.append((numbers, own))
        elif score == kept[place][1] and newness(passage) > newness(kept[place][0]):
            kept[place] = passage, score
    return kept


def newness(passage: Passage) -> tuple[str, int]:
    """By date; undated documents are older than any, and of the same day the later brought in."""
    return passage.document.date, passage.document_id


def shingles(text: str) -> frozenset[str]:
    words = WORD.findall(text.casefold())
    starts = range(max(len(words) - SHINGLE + 1, 1))
    return frozenset(" ".join(words[start : start + SHINGLE]) for start in starts)


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * len(one | other)
