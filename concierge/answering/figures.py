"""The numbers in a text, read so that 1,250 and 1 250 and "forty-seven" and 47 are the same."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from concierge.answering.folding import folded
from concierge.answering.lexicon import FOLDER, concepts_of, kinds
from concierge.answering.spelled import LANGUAGES, Spelled, spelled

SPACES = "\u00a0\u202f "
NUMBER = re.compile(
    rf"(?<![\d.,])(?P<grouped>\d{{1,3}}(?:[.,'’{SPACES}]\d{{3}})+(?!\d)|\d+)"
    r"(?P<decimals>[.,]\d{1,4}(?!\d))?"
    r"(?P<suffix>s\b|(?:st|nd|rd|th|er|e|ème|º|ª)\b)?",
    re.IGNORECASE,
)
CENTURY = re.compile(r"[\s.]*(?:century|siècle|secolo|jahrhundert)", re.IGNORECASE)
ROMAN = re.compile(r"\b(?P<roman>[XVI]{1,6})(?:e|ème|th)?\b(?=\s*(?:siècle|secolo|century))")
ROMANS = {"I": 1, "V": 5, "X": 10}
ENUMERATION = re.compile(r"(?m)^\s*\d{1,2}[.)]\s")
SHORT_RANGE = re.compile(r"\b(?P<century>[12]\d)\d\d\s?[-–—/]\s?(?P<last>\d\d)\b(?!\d)")
DECADE_BEFORE = re.compile(r"\b(?:années|anni)\s*$", re.IGNORECASE)
AFTER = re.compile(
    r"(?P<stop>\. )?[\s\u00a0\u202f-]{0,2}"
    r"(?P<word>[%€$£¥]|°\s?[cC]\b|°|[^\W\d_]+)(?:\s+(?P<more>\w+))?"
)
BEFORE = re.compile(r"(?P<word>[€$£¥]|[^\W\d_]+)[\s\u00a0\u202f]?$")
PER_CENT = re.compile(r"\b(?:pour|per) $")
YEAR = re.compile(r"1\d{3}|20\d\d")
CURRENCY = re.compile(r"[€$£¥]|EUR|USD|GBP|CHF|JPY")
CENTURIES = (18, 19, 20)  # of which "the twenties" may be
LAST_DAY = 31
ALSO_WORDS = frozenset(
    {"neuf", "neuve", "sei", "acht", "second", "seconde", "both"}
)  # "new", "are"
ONE = "1"  # in words it is an article as often as a number

Known = frozenset[str]  # numbers in their plain form: "1250", "0.5"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a statement: what it may be read as, or the years it speaks of."""

    readings: Known
    parts: Known  # "12 100" may also be two numbers
    years: tuple[tuple[int, int], ...] = ()
    unit: str = ""  # what it counts, where that is one of lexicon/units.toml or a month
    start: int = 0
    end: int = 0
    in_words: bool = False

    def stands_in(self, known: Known) -> bool:
        if self.readings & known or (self.parts and self.parts <= known):
            return True
        return any(
            first <= int(year) <= last
            for first, last in self.years
            for year in known
            if year.isdigit()
        )


def figures(text: str, language: str = "") -> Iterator[Figure]:
    """The numbers of a statement: in digits, as Roman centuries and, of `language`, in words.

    The numbers of a list's items are not meant, nor is "one" unless it counts a unit.
    """
    text = ENUMERATION.sub(lambda match: " " * len(match.group()), text)
    for match in NUMBER.finditer(text):
        unit = _unit(text, match.start(), match.end())
        readings, years = frozenset(_readings(match)), _years(match, text)
        yield Figure(readings, _parts(match), years, unit, match.start(), match.end())
    for match in ROMAN.finditer(text):
        century = _roman(match["roman"])
        if century:
            years = (((century - 1) * 100, century * 100),)
            yield Figure(Known([str(century)]), Known(), years, "", *match.span())
    for number in spelled(text, language):
        if number.value == 100 and PER_CENT.search(text, 0, number.start):
            continue
        figure = _in_words(number, text)
        word = text[number.start : number.end].casefold()
        if (figure.readings == {ONE} or word in ALSO_WORDS) and not figure.unit:
            continue
        if figure.readings != {ONE} or not number.ordinal:
            yield figure


@lru_cache(maxsize=20_000)
def of_word(word: str, language: str = "") -> tuple[Figure, ...]:
    """The same of one word, as it is heard."""
    return tuple(figures(word, language))


@lru_cache(maxsize=20_000)
def known(text: str, language: str = "") -> Known:
    """Every number `text` holds, in digits or in words, in each of its readings.

    Words are read in `language`, or in every language there is when it is not known.
    """
    return frozenset(counted(text, language))


@lru_cache(maxsize=20_000)
def counted(text: str, language: str = "") -> dict[str, frozenset[str]]:
    """The same, with the units that each number counts there; "" where it counts none."""
    text = ENUMERATION.sub(lambda match: " " * len(match.group()), text)
    found: dict[str, set[str]] = {}

    def note(readings: Known, unit: str) -> None:
        for reading in readings:
            found.setdefault(reading, set()).add(unit)

    for match in NUMBER.finditer(text):
        unit = _unit(text, match.start(), match.end())
        note(frozenset(_readings(match)) | _parts(match), unit)
    for match in SHORT_RANGE.finditer(text):
        note(Known([match["century"] + match["last"]]), "")
    for code in [language] if language in LANGUAGES else LANGUAGES:
        for number in spelled(text, code):
            figure = _in_words(number, text)
            decades = Known(str(first) for first, _ in figure.years)
            note(figure.readings | decades, figure.unit)
    return {number: frozenset(units) for number, units in found.items()}


def counts(figure: Figure) -> str:
    """What a number counts; a bare number of four digits is a year."""
    is_year = any(YEAR.fullmatch(reading) for reading in figure.readings)
    return figure.unit or ("date" if is_year or figure.years else "")


def is_price(figure: Figure) -> bool:
    return figure.unit == "money"


def _in_words(number: Spelled, text: str) -> Figure:
    if number.decade:
        first = number.value
        firsts = (first,) if first > 100 else tuple(century * 100 + first for century in CENTURIES)
        years = tuple((first, first + 9) for first in firsts)
        return Figure(Known(), Known(), years, "", number.start, number.end, in_words=True)
    years = ()
    if number.ordinal and CENTURY.match(text, number.end):
        years = (((number.value - 1) * 100, number.value * 100),)
    unit = _unit(text, number.start, number.end)
    readings = Known([str(number.value)])
    return Figure(readings, Known(), years, unit, number.start, number.end, in_words=True)


def _unit(text: str, start: int, end: int) -> str:
    """What the number at `text[start:end]` counts: a unit, a month beside it, or money."""
    before = BEFORE.search(text, max(0, start - 15), start)
    if before and CURRENCY.fullmatch(before["word"]):
        return "money"
    after = AFTER.match(text, end)
    if after and after["stop"]:
        return unit_of(after["word"], months_only=True)
    if after:
        both = f"{after['word']} {after['more']}" if after["more"] else ""
        unit = unit_of(both) or unit_of(after["word"]) or unit_of(after["more"] or "")
        if unit:
            return unit
    digits = text[start:end]
    is_day = digits.isdigit() and int(digits) <= LAST_DAY
    return unit_of(before["word"], months_only=True) if before and is_day else ""


@lru_cache(maxsize=20_000)
def unit_of(word: str, *, months_only: bool = False) -> str:
    """The unit or month that a word, or two, names; empty for any other."""
    for language in LANGUAGES:
        for concept in concepts_of(word, language) if word else ():
            if kinds()[concept].group == "month" and word[0].isupper() >= (language == "en"):
                return concept
    if months_only:
        return ""
    exact, stems = units()
    plain = folded(word.replace(" ", "")) if word.startswith("°") else folded(word)
    if plain in exact:
        return exact[plain]
    for length in range(3, len(plain) + 1):
        if plain[:length] in stems:
            return stems[plain[:length]]
    return ""


@cache
def units() -> tuple[dict[str, str], dict[str, str]]:
    """The words for units, and the beginnings of words for them."""
    exact: dict[str, str] = {}
    stems: dict[str, str] = {}
    rows = tomllib.loads((FOLDER / "units.toml").read_text(encoding="utf-8"))
    for unit, words in rows.items():
        for word in words.split():
            form = folded(word.replace("_", " "))
            (stems if form.endswith("*") else exact)[form.removesuffix("*")] = unit
    return exact, stems


def _readings(match: re.Match[str]) -> Iterator[str]:
    grouped, decimals = match["grouped"], match["decimals"] or ""
    whole = re.sub(r"\D", "", grouped)
    yield _plain(whole + decimals.replace(",", "."))
    if not decimals and re.fullmatch(r"\d+[.,]\d{3}", grouped):  # 1.250 is also 1.25
        yield _plain(grouped.replace(",", "."))


def _parts(match: re.Match[str]) -> Known:
    parts = re.split(rf"[{SPACES}]", match["grouped"])
    return frozenset(_plain(part) for part in parts if part.isdigit()) if parts[1:] else Known()


def _years(match: re.Match[str], text: str) -> tuple[tuple[int, int], ...]:
    number = match["grouped"]
    if not number.isdigit():
        return ()
    value = int(number)
    if 1 <= value <= 30 and CENTURY.match(text, match.end()):
        return (((value - 1) * 100, value * 100),)
    if value % 10:
        return ()
    before = DECADE_BEFORE.search(text[: match.start()])
    if value >= 1000 and (before or (match["suffix"] or "").lower() in ("s", "er")):
        return ((value, value + (99 if value % 100 == 0 else 9)),)
    if 20 <= value <= 90 and (before or (match["suffix"] or "").lower() == "s"):
        return tuple((c * 100 + value, c * 100 + value + 9) for c in CENTURIES)
    return ()


def _roman(letters: str) -> int:
    values = [ROMANS[letter] for letter in letters]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-one if one < after else one for one, after in pairs)


def _plain(number: str) -> str:
    return format(Decimal(number).normalize(), "f")
