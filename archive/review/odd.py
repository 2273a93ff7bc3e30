"""Characters that no text should have: not decoded, or showing nothing to anybody."""

import unicodedata
from dataclasses import dataclass

from archive.ingestion.mend import MISREAD

REPLACEMENT = "\ufffd"
SHOWN = 3  # places of each
AROUND = 40  # characters on either side
# Controls, private marks, halves of a pair, and code points that mean nothing.
CATEGORIES = ("Cc", "Co", "Cs", "Cn")


@dataclass(frozen=True, slots=True)
class Extract:
    """Some words of a text, and what in them is meant."""

    before: str
    meant: str
    after: str


@dataclass(frozen=True, slots=True)
class Odd:
    what: str  # U+FFFD REPLACEMENT CHARACTER, or "misread letters"
    count: int
    places: tuple[Extract, ...]


def odd(text: str) -> list[Odd]:
    """The most frequent first."""
    found = [signs(text, sign) for sign in set(text) if is_odd(sign)]
    matches = list(MISREAD.finditer(text))
    if matches:
        places = tuple(extract(text, *match.span()) for match in matches[:SHOWN])
        found.append(Odd("Letters read in the wrong alphabet", len(matches), places))
    return sorted(found, key=lambda each: -each.count)


def is_odd(sign: str) -> bool:
    if sign in "\n\t":
        return False
    return sign == REPLACEMENT or unicodedata.category(sign) in CATEGORIES


def signs(text: str, sign: str) -> Odd:
    places: list[Extract] = []
    at = -1
    while len(places) < SHOWN and (at := text.find(sign, at + 1)) >= 0:
        places.append(extract(text, at, at + 1))
    name = unicodedata.name(sign, "without a name").capitalize()
    return Odd(f"U+{ord(sign):04X}, {name}", text.count(sign), tuple(places))


def extract(text: str, start: int, end: int) -> Extract:
    before, after = text[max(start - AROUND, 0) : start], text[end : end + AROUND]
    return Extract(" ".join(before.split(" ")), text[start:end], " ".join(after.split(" ")))
