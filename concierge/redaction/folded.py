"""A text without case and accents, and where each of its characters came from."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

WORDS = re.compile(r"[a-z0-9]+")
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
COLLAPSED = re.compile(r"(?<=[a-z])(ae|oe|ue)(?=[a-z])")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` in small letters without accents; `starts[i]` is its i-th character's original."""

    text: str
    starts: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]`, not empty, stands in the original."""
        return self.starts[start], self.starts[end - 1] + 1


def folded(text: str) -> Folded:
    if text.isascii():
        return Folded(text.lower(), range(len(text)))
    said: list[str] = []
    starts: list[int] = []
    for place, character in enumerate(text):
        for each in bare(character):
            said.append(each)
            starts.append(place)
    return Folded("".join(said), tuple(starts))


@lru_cache(maxsize=4096)
def bare(character: str) -> str:
    if character.isascii():
        return character.lower()
    if unicodedata.category(character) == "Cf":
        return ""
    parts = unicodedata.normalize("NFKD", character.casefold())
    kept = "".join(each for each in parts if not unicodedata.combining(each))
    return {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "’": "'", "ʼ": "'"}.get(kept, kept)


def fold(text: str) -> str:
    return folded(text).text


def squeezed(text: str) -> str:
    """Its letters and digits alone, folded: equal for what differs in how it is set out."""
    return "".join(each for each in fold(text) if each.isalnum())


def spellings(name: str) -> set[str]:
    """Folded, as it is written with and without the two-letter forms of German vowels."""
    plain, wide = fold(name), fold(name.translate(UMLAUTS))
    return {plain, wide, COLLAPSED.sub(lambda pair: pair[0][0], plain)}
