"""The numbers in a text, read so that 1,250 and 1 250 and "forty-seven" and 47 are the same."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

SPACES = "\u00a0\u202f "
NUMBER = re.compile(
    rf"(?<![\d.,])(?P<grouped>\d{{1,3}}(?:[.,'’{SPACES}]\d{{3}})+(?!\d)|\d+)"
    r"(?P<decimals>[.,]\d{1,4}(?!\d))?"
    r"(?P<suffix>s\b|(?:st|nd|rd|th|er|e|ème|º|ª)\b)?"
    r"(?P<century>\s+(?:century|siècle|secolo|jahrhundert))?",
    re.IGNORECASE,
)
ENUMERATION = re.compile(r"(?m)^\s*\d{1,2}[.)]\s")


def listed(words: str) -> list[str]:
    return words.split()


UNITS = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")
ORDINALS = listed(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
SPELLED: dict[str, int] = {
    **{word: number for number, word in enumerate(UNITS)},
    **{word: number for number, word in enumerate(ORDINALS, start=1)},
    **{word: number for number, word in zip(range(20, 100, 10), TENS, strict=True)},
    **{
        f"{ten}-{unit}": 20 + 10 * place + number
        for place, ten in enumerate(TENS)
        for words in (UNITS, ["zeroth", *ORDINALS])
        for number, unit in enumerate(words[:10])
        if number
    },
}
SPELLED_WORD = re.compile(r"\b[a-z]+(?:-[a-z]+)?\b", re.IGNORECASE)

Known = frozenset[str]  # numbers in their plain form: "1250", "0.5"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a statement: what it may be read as, or the years it speaks of."""

    readings: Known
    parts: Known  # "12 100" may also be two numbers
    years: tuple[int, int] | None = None

    def stands_in(self, known: Known) -> bool:
        if self.readings & known or (self.parts and self.parts <= known):
            return True
        if not self.years:
            return False
        first, last = self.years
        return any(year.isdigit() and first <= int(year) <= last for year in known)


def figures(text: str) -> Iterator[Figure]:
    """The numbers written in digits in `text`; the numbers of a list's items are not meant."""
    for match in NUMBER.finditer(ENUMERATION.sub(" ", text)):
        yield Figure(frozenset(_readings(match)), _parts(match), _years(match))


def known(text: str) -> Known:
    """Every number `text` holds, in digits or in English words, in each of its readings."""
    found = {SPELLED[word] for word in _spelled(text)}
    numbers = {str(number) for number in found}
    for match in NUMBER.finditer(text):
        numbers.update(_readings(match))
        numbers.update(_parts(match))
    return frozenset(numbers)


def _spelled(text: str) -> Iterator[str]:
    for match in SPELLED_WORD.finditer(text):
        word = match.group().lower()
        if word in SPELLED:
            yield word


def _readings(match: re.Match[str]) -> Iterator[str]:
    grouped, decimals = match["grouped"], match["decimals"] or ""
    whole = re.sub(r"\D", "", grouped)
    yield _plain(whole + decimals.replace(",", "."))
    if not decimals and re.fullmatch(r"\d+[.,]\d{3}", grouped):  # 1.250 is also 1.25
        yield _plain(grouped.replace(",", "."))


def _parts(match: re.Match[str]) -> Known:
    parts = re.split(rf"[{SPACES}]", match["grouped"])
    return frozenset(_plain(part) for part in parts if part.isdigit()) if parts[1:] else Known()


def _years(match: re.Match[str]) -> tuple[int, int] | None:
    number = match["grouped"]
    if not number.isdigit():
        return None
    value = int(number)
    if match["century"] and 1 <= value <= 30:
        return (value - 1) * 100, value * 100
    if (match["suffix"] or "").lower() == "s" and value % 10 == 0 and value >= 1000:
        return value, value + (99 if value % 100 == 0 else 9)
    return None


def _plain(number: str) -> str:
    return format(Decimal(number).normalize(), "f")
