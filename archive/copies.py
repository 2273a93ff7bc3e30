"""Passages that say the same, word for word or nearly, shown once."""

import re
from collections.abc import Sequence
from functools import cached_property

from archive.passages import Read

SHINGLE = 5  # words that follow one another
ALIKE = 0.9  # of two passages' shingles are shared: then one is a copy of the other
WORD = re.compile(r"\w+")
NUMBER = re.compile(r"\d+")

Shingles = frozenset[tuple[str, ...]]
Found = Sequence[tuple[Read, float]]  # passages with their documents and scores, best first


def shown_once(found: Found) -> list[tuple[Read, float]]:
    """`found` without near-copies of what comes before; of equals the newer document stays.

    Texts that differ in a number are never taken for copies: a price, a year or a size is what
    sets two notices of the same form apart.
    """
    kept: list[tuple[Read, float]] = []
    seen: list[Wording] = []
    for passage, score in found:
        own = Wording(passage.text)
        place = next((at for at, each in enumerate(seen) if own.is_copy_of(each)), None)
        if place is None:
            kept.append((passage, score))
            seen.append(own)
        elif score == kept[place][1] and newness(passage) > newness(kept[place][0]):
            kept[place] = passage, score
    return kept


class Wording:
    """How a text is put; taken apart where another has the same numbers."""

    def __init__(self, text: str) -> None:
        self.text, self.numbers = text, NUMBER.findall(text)

    @cached_property
    def shingles(self) -> Shingles:
        return shingles(self.text)

    def is_copy_of(self, other: "Wording") -> bool:
        return self.numbers == other.numbers and alike(self.shingles, other.shingles)


def newness(passage: Read) -> tuple[str, int]:
    """By date; undated documents are older than any, and of the same day the later brought in."""
    return passage.date, passage.document_id


def shingles(text: str) -> Shingles:
    words = WORD.findall(text.casefold())
    runs = zip(*(words[start:] for start in range(SHINGLE)), strict=False)
    return frozenset(runs) or frozenset({tuple(words)})


def alike(one: Shingles, other: Shingles) -> bool:
    return len(one & other) >= ALIKE * len(one | other)
