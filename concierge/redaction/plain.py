"""A text as recognisers read it: ordinary digits and letters, nothing that cannot be seen.

Full-width digits, spaces of no width inside an address and the like hide nothing from a reader, and
must hide nothing from us.
"""

import re
import unicodedata
from dataclasses import dataclass

# What an ordinary text of a western language has nothing of: then it is read as it stands.
ODD = re.compile(r"[\u00a0\u00ad\u0300-\u036f\u0600-\u06ff\u0900-\u0dff\u1680-\u20ff\u2100-\uffff]")
SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
DASHES = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")


@dataclass(frozen=True, slots=True)
class Plain:
    """`text` to be read, and for each of its characters the place in the original, and its end."""

    text: str
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]`, not empty, stands in the original."""
        if not self.starts:
            return start, end
        return self.starts[start], self.ends[end - 1]


def plain(text: str) -> Plain:
    if not ODD.search(text):
        return Plain(text)
    said: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, character in enumerate(text):
        for each in ordinary(character):
            if said and unicodedata.combining(each):
                joined = unicodedata.normalize("NFC", said[-1] + each)
                said[-1] = joined if len(joined) == 1 else said[-1]
                ends[-1] = place + 1
                continue
            said.append(each)
            starts.append(place)
            ends.append(place + 1)
    return Plain("".join(said), tuple(starts), tuple(ends))


def ordinary(character: str) -> str:
    """As a keyboard has it; empty for what is not seen."""
    if character.isascii():
        return character
    if SPACES.match(character):
        return " "
    if DASHES.match(character):
        return "-"
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    if category == "Nd":
        return str(unicodedata.digit(character))
    return unicodedata.normalize("NFKC", character)
