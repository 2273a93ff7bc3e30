"""Numbers written in words, in English, French, Italian and German: "vingt et un" is 21.

Every number up to MOST, and its ordinal up to a hundred, is spelled once and looked up; the rules
of spelling are each language's common ones, so that nothing has to be parsed.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from concierge.answering.folding import folded

MOST = 2100
ROUND = 1000  # further multiples of it that are known, up to a hundred of them
TOKEN = re.compile(r"[^\W\d_]+")
JOINS = re.compile(r"[\s\u00a0\u202f\u2010\u2011-]+")  # what may part the words of a number
LANGUAGES = ("en", "fr", "it", "de")


def listed(words: str) -> list[str]:
    return words.split()


EN_UNITS = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
EN_TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")
EN_ORDINALS = dict(
    zip(
        listed("one two three five eight nine twelve"),
        listed("first second third fifth eighth ninth twelfth"),
        strict=True,
    )
)
FR_UNITS = listed(
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze "
    "seize dix-sept dix-huit dix-neuf"
)
FR_TENS = listed("vingt trente quarante cinquante soixante")
IT_UNITS = listed(
    "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici "
    "quindici sedici diciassette diciotto diciannove"
)
IT_TENS = listed("venti trenta quaranta cinquanta sessanta settanta ottanta novanta")
IT_ORDINALS = listed("primo secondo terzo quarto quinto sesto settimo ottavo nono decimo")
DE_UNITS = listed(
    "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn "
    "fünfzehn sechzehn siebzehn achtzehn neunzehn"
)
DE_TENS = listed("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig")
DE_ORDINALS = {1: "erst", 3: "dritt", 7: "siebt", 8: "acht"}
# Words for a quantity that are no numerals.
QUANTITIES = {
    "en": "dozen 12, half a dozen 6, half dozen 6, score 20, a hundred 100, a thousand 1000, "
    "both 2, pair 2, couple 2, twice 2, thrice 3, once 1, two dozen 24, "
    "three dozen 36, fortnight 14",
    "fr": "dizaine 10, douzaine 12, demi douzaine 6, quinzaine 15, vingtaine 20, trentaine 30, "
    "quarantaine 40, cinquantaine 50, soixantaine 60, centaine 100, millier 1000, paire 2, une 1",
    "it": "decina 10, dozzina 12, mezza dozzina 6, ventina 20, trentina 30, quarantina 40, "
    "cinquantina 50, centinaio 100, migliaio 1000, paio 2, una 1, un 1",
    "de": "zweimal 2, dreimal 3, einmal 1, dutzend 12, halbes dutzend 6, paar 2, eins 1, eine 1, "
    "einen 1, einem 1, einer 1, eines 1",
}
# The tens of years: "the twenties", "les années vingt", "gli anni venti", "die zwanziger Jahre".
DECADES = {
    "en": [word.removesuffix("y") + "ies" for word in EN_TENS],
    "fr": [f"années {w}" for w in [*FR_TENS, "soixante dix", "quatre vingt", "quatre vingt dix"]],
    "it": [f"anni {word}" for word in IT_TENS],
    "de": [f"{word}er" for word in DE_TENS],
}


def english(n: int) -> Iterator[str]:
    if n < 100:
        yield from english_small(n)
    elif n < 1000:
        for rest in english(n % 100) if n % 100 else ("",):
            yield f"{EN_UNITS[n // 100]} hundred {rest}".strip()
            yield f"{EN_UNITS[n // 100]} hundred and {rest}"
    else:
        yield from english_thousands(n)
        yield from english_year(n)


def english_small(n: int) -> Iterator[str]:
    if n < 20:
        yield EN_UNITS[n]
    else:
        unit = f" {EN_UNITS[n % 10]}" if n % 10 else ""
        yield EN_TENS[n // 10 - 2] + unit


def english_thousands(n: int) -> Iterator[str]:
    for rest in english(n % 1000) if n % 1000 else ("",):
        for thousands in english(n // 1000):
            yield f"{thousands} thousand {rest}".strip()
            if n % 1000 < 100:
                yield f"{thousands} thousand and {rest}"


def english_year(n: int) -> Iterator[str]:
    if 1100 <= n < MOST and n % 100 >= 10:  # nineteen thirty-four
        for rest in english(n % 100):
            for century in english(n // 100):
                yield f"{century} {rest}"
                yield f"{century} hundred and {rest}"
    elif 1100 <= n < 2000 and n % 100 == 0:
        yield f"{EN_UNITS[n // 100]} hundred"


def french(n: int) -> Iterator[str]:
    if n < 100:
        yield french_small(n)
    elif n < 1000:
        hundreds = f"{FR_UNITS[n // 100]} cent" if n >= 200 else "cent"
        if n % 100 == 0:
            yield f"{hundreds}s" if n >= 200 else hundreds
        else:
            yield from (f"{hundreds} {rest}" for rest in french(n % 100))
    else:
        for thousands in ("",) if n < 2000 else french(n // 1000):
            for rest in french(n % 1000) if n % 1000 else ("",):
                yield f"{thousands} mille {rest}".strip()
    if 1100 <= n < 2000:
        for century in french(n // 100):
            for rest in french(n % 100) if n % 100 else ("",):
                yield f"{century} cent {rest}".strip()
                yield f"{century} cents" if not rest else f"{century} cent {rest}"


def french_small(n: int) -> str:
    if n < 20:
        return FR_UNITS[n]
    if n < 70:
        ten, unit = FR_TENS[n // 10 - 2], n % 10
        return f"{ten} et un" if unit == 1 else f"{ten} {FR_UNITS[unit]}" if unit else ten
    if n < 80:
        return "soixante et onze" if n == 71 else f"soixante {FR_UNITS[n - 60]}"
    return "quatre vingts" if n == 80 else f"quatre vingt {FR_UNITS[n - 80]}"


def italian(n: int) -> Iterator[str]:
    if n < 20:
        yield IT_UNITS[n]
    elif n < 100:
        ten, unit = IT_TENS[n // 10 - 2], n % 10
        stem = ten[:-1] if unit in (1, 8) else ten
        yield stem + (IT_UNITS[unit] if unit else "")
        if unit in (1, 3):
            yield stem + ("un" if unit == 1 else "tré")
    elif n < 1000:
        hundreds = (IT_UNITS[n // 100] if n >= 200 else "") + "cento"
        yield from (hundreds + rest for rest in (italian(n % 100) if n % 100 else ("",)))
    else:
        for thousands in ("mille",) if n < 2000 else (f"{t}mila" for t in italian(n // 1000)):
            yield from (thousands + rest for rest in (italian(n % 1000) if n % 1000 else ("",)))


def german(n: int) -> Iterator[str]:
    if n < 20:
        yield DE_UNITS[n]
    elif n < 100:
        unit = f"{DE_UNITS[n % 10]}und" if n % 10 else ""
        yield unit + DE_TENS[n // 10 - 2]
    elif n < 1000:
        for hundreds in {DE_UNITS[n // 100], "" if n < 200 else DE_UNITS[n // 100]}:
            for rest in german(n % 100) if n % 100 else ("",):
                yield f"{hundreds}hundert{rest}"
    else:
        for thousands in ("ein", "") if n < 2000 else german(n // 1000):
            yield from (f"{thousands}tausend{r}" for r in (german(n % 1000) if n % 1000 else ("",)))
    if 1100 <= n < 2000:
        for rest in german(n % 100) if n % 100 else ("",):
            yield f"{DE_UNITS[n // 100]}hundert{rest}"


def english_ordinal(n: int) -> Iterator[str]:
    for word in english(n):
        *before, last = word.split()
        plain = last.removesuffix("y") + "ieth" if last.endswith("y") else f"{last}th"
        yield " ".join([*before, EN_ORDINALS.get(last, plain)])


def french_ordinal(n: int) -> Iterator[str]:
    if n < 2:
        yield from ("premier", "première", "premiers", "premières")
        return
    for word in french(n):
        stem = word.removesuffix("s") if n == 80 else word
        stem = stem.removesuffix("e") if stem[-1] == "e" else stem
        stem = {"cinq": "cinqu", "neuf": "neuv"}.get(stem, stem)
        yield from (f"{stem}ième", f"{stem}ièmes")
    if n == 2:
        yield from ("second", "seconde")


def italian_ordinal(n: int) -> Iterator[str]:
    if n <= 10:
        yield from (IT_ORDINALS[n - 1][:-1] + ending for ending in "oaie")
        return
    for word in italian(n):
        yield from (f"{word[:-1] if n % 10 != 3 else word}esim{ending}" for ending in "oaie")


def german_ordinal(n: int) -> Iterator[str]:
    for word in german(n):
        stem = DE_ORDINALS.get(n) or (f"{word}t" if n < 20 else f"{word}st")
        yield from (stem + ending for ending in ("e", "en", "er", "es", "em"))


SPELLINGS: dict[str, tuple[Callable[[int], Iterator[str]], Callable[[int], Iterator[str]]]] = {
    "en": (english, english_ordinal),
    "fr": (french, french_ordinal),
    "it": (italian, italian_ordinal),
    "de": (german, german_ordinal),
}


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number in words, `text[start:end]`; of a decade, `value` is 20 to 90, or 1820 to 1990."""

    value: int
    start: int
    end: int
    ordinal: bool = False
    decade: bool = False


Entry = tuple[int, bool, bool]  # value, ordinal, decade


@cache
def spellings(language: str) -> tuple[dict[tuple[str, ...], Entry], dict[str, int]]:
    """The words of every number and what they mean; by first word, how many there may be."""
    cardinal, ordinal = SPELLINGS[language]
    known: dict[tuple[str, ...], Entry] = {}
    for n in [*range(MOST + 1), *range(3 * ROUND, 101 * ROUND, ROUND)]:
        for spelling in cardinal(n):
            known.setdefault(words_of(spelling), (n, False, False))
    for n in range(1, 101):
        for spelling in ordinal(n):
            known.setdefault(words_of(spelling), (n, True, False))
    for row in QUANTITIES[language].split(","):
        spelling, _, value = row.strip().rpartition(" ")
        known.setdefault(words_of(spelling), (int(value), False, False))
    for n, spelling in zip(range(20, 100, 10), DECADES[language], strict=False):
        known[words_of(spelling)] = (n, False, True)
        if language == "en":
            for century in (18, 19):
                written = words_of(f"{EN_UNITS[century]} {spelling}")
                known[written] = (century * 100 + n, False, True)
    longest: dict[str, int] = {}
    for words in known:
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return known, longest


def words_of(spelling: str) -> tuple[str, ...]:
    return tuple(folded(word) for word in TOKEN.findall(spelling))


@lru_cache(maxsize=8192)
def spelled(text: str, language: str) -> tuple[Spelled, ...]:
    """The numbers in words of `text`, read in `language`, in order; the longest reading of each."""
    if language not in SPELLINGS:
        return ()
    known, longest = spellings(language)
    words = [folded(word) for word in TOKEN.findall(text)]
    if longest.keys().isdisjoint(words):
        return ()
    tokens = [(m.start(), m.end()) for m in TOKEN.finditer(text)]
    found: list[Spelled] = []
    at = 0
    while at < len(words):
        for length in range(longest.get(words[at], 0), 0, -1):
            run = tokens[at : at + length]
            entry = known.get(tuple(words[at : at + length]))
            if entry and len(run) == length and joined(text, run):
                found.append(Spelled(entry[0], run[0][0], run[-1][1], *entry[1:]))
                at += length - 1
                break
        at += 1
    return tuple(found)


def joined(text: str, tokens: list[tuple[int, int]]) -> bool:
    """Whether nothing but spaces and hyphens stands between the words."""
    return all(JOINS.fullmatch(text, one[1], two[0]) for one, two in pairwise(tokens))
