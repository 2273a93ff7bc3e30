"""Prices in a question: "under 2,000 EUR", "entre 100 et 300 €", "about 500", "€1.5k".

A number is a price when a currency stands beside it, or when words say that it is a limit and
nothing after it says of what else. "Carré 90", "N° 5", "since 1934" and "100 ml" are none.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from catalog.conditions.conditions import Price

ABOUT = Decimal("0.15")  # how far from "about 500" a price may be, as a share

SIGNS = {
    "€": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "pound": "GBP",
    "pounds": "GBP",
    "livres": "GBP",
    "sterling": "GBP",
    "sterline": "GBP",
    "pfund": "GBP",
    "¥": "JPY",
    "yen": "JPY",
    "yens": "JPY",
    "dollar": "USD",
    "dollars": "USD",
    "dollari": "USD",
    "$": "USD",
    "us$": "USD",
    "francs": "CHF",
    "franken": "CHF",
    "fr.": "CHF",
}
CODES = "EUR|USD|GBP|CHF|JPY|CNY|HKD|SGD|AUD|CAD|AED|SEK|DKK|NOK|KRW|PLN|INR|BRL|MXN|SAR|QAR"
DOLLARS = {"USD", "CAD", "AUD", "NZD", "HKD", "SGD"}  # a bare "$" is the house's own of these
MONEY = rf"(?:us\$|[€£¥$]|(?:{CODES}|{'|'.join(s for s in SIGNS if s.isalpha())})\b|fr\.)"
DIGITS = r"\d{1,3}(?:[ .,'’\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
THOUSANDS = r"(?:\s?(?:k|mille|mila|thousand|tausend)\b)?"


def amount(tag: str) -> str:
    before, after = rf"(?:(?P<b{tag}>{MONEY})\s?)?", rf"(?:\s?(?P<a{tag}>{MONEY}))?"
    return rf"{before}(?P<n{tag}>{DIGITS})(?P<k{tag}>{THOUSANDS}){after}"


UPPER = (
    r"under|below|beneath|less than|lower than|cheaper than|up to|no more than|not more than"
    r"|at most|maximum(?: of)?|max\.?|not over|not above|not exceeding|within"
    r"|(?:my |a )?budget (?:is|of)|moins de|moins cher que|jusqu['’]?à|jusqu a|pas plus de"
    r"|au plus|maximum de|inférieure?s? à|en dessous de|sous|budget de|meno di|fino a|sotto i?"
    r"|al massimo|non più di|massimo|unter|bis zu|weniger als|höchstens|maximal|nicht mehr als"
    r"|nicht über|günstiger als"
)
LOWER = (
    r"over|above|more than|at least|upwards of|starting (?:at|from)|minimum(?: of)?|not under"
    r"|no less than|not less than|plus de|au moins|à partir de|supérieure?s? à|au[- ]dessus de"
    r"|minimum de|più di|almeno|oltre|a partire da|non meno di|über|mehr als|mindestens|ab"
)
NEAR = (
    r"about|around|roughly|approximately|near|some|environ|autour de|aux alentours de|vers"
    r"|circa|intorno a|attorno a|etwa|ungefähr|rund|um die"
)
EXACT = r"for|pour|per|für"
# After a bare number: the end, or a small word. Anything else says what the number counts.
END = (
    r"(?=\s*(?:$|[.,;:!?)]|(?:for|in|and|or|please|that|with|to|as|each|pour|en|et|ou|svp|avec"
    r"|per|in|e|o|con|für|und|oder|mit|bitte|do|from|made)\b))"
)
BETWEEN = re.compile(
    rf"(?:\b(?:between|entre|tra|fra|zwischen|from|de|da|von)\s+)(?:les? |i )?{amount('1')}"
    rf"\s*(?:and|to|et|e|à|a|und|bis|–|-)\s*{amount('2')}",
    re.IGNORECASE,
)
SPAN = re.compile(rf"{amount('1')}\s*(?:to|à|a|bis|–|-)\s*{amount('2')}", re.IGNORECASE)
ONE = re.compile(
    rf"(?:\b(?:(?P<upper>{UPPER})|(?P<lower>{LOWER})|(?P<near>{NEAR})|(?P<exact>{EXACT}))\s+)?"
    rf"{amount('1')}(?P<end>{END})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A price and the stretch of the question that says it."""

    price: Price
    start: int
    end: int


def told(question: str, own: str) -> Told | None:
    """The price that `question` demands; `own` is the house's currency, meant where none is named.

    The last one, when several are said: "under 300. No, under 500".
    """
    for pattern in (BETWEEN, SPAN):
        for match in reversed(list(pattern.finditer(question))):
            if found := both(match, own, worded=pattern is BETWEEN):
                return Told(found, *match.span())
    for match in reversed(list(ONE.finditer(question))):
        if found := single(match, own):
            return Told(found, *match.span())
    return None


def both(match: re.Match[str], own: str, *, worded: bool) -> Price | None:
    currency = currency_of(match, "1", own) or currency_of(match, "2", own)
    ends = re.match(END, match.string[match.end() :], re.IGNORECASE)
    if not currency and not (worded and ends):
        return None
    low, high = number_of(match, "1"), number_of(match, "2")
    if match["k2"] and not match["k1"] and low < high / 1000:
        low *= 1000  # "1 to 2k"
    if low > high or (not currency and years(match)):
        return None
    return Price(low, high, currency or own, named=bool(currency))


def years(match: re.Match[str]) -> bool:
    """ "Between 1926 and 1934" are years when nothing says that they are money."""
    return all(re.fullmatch(r"1[89]\d\d|20[0-4]\d", match[f"n{tag}"]) for tag in "12")


def single(match: re.Match[str], own: str) -> Price | None:
    value, currency = number_of(match, "1"), currency_of(match, "1", own)
    limited = match["upper"] or match["lower"] or match["near"]
    if not currency and not (limited and match["end"] is not None):
        return None
    if not currency and match["near"] and years_alone(match):
        return None
    low: Decimal | None = value * (1 - ABOUT)
    high: Decimal | None = value * (1 + ABOUT)
    if match["upper"] or match["exact"]:
        low, high = None, value
    elif match["lower"]:
        low, high = value, None
    strictly = bool(STRICT.fullmatch(limited or ""))
    return Price(low, high, currency or own, strictly, named=bool(currency))


# Words that leave the limit itself out: a piece of 200 is not under 200.
STRICT = re.compile(
    r"under|below|beneath|less than|lower than|cheaper than|over|above|more than|moins de"
    r"|moins cher que|plus de|en dessous de|au[- ]dessus de|meno di|più di|oltre|sotto i?|sous"
    r"|unter|weniger als|über|mehr als|günstiger als",
    re.IGNORECASE,
)


def years_alone(match: re.Match[str]) -> bool:
    return bool(re.fullmatch(r"1[89]\d\d|20[0-4]\d", match["n1"]))


def number_of(match: re.Match[str], tag: str) -> Decimal:
    """2,000 and 2.000 and 2 000 and 2'000 are the same; of 1.5 and 1,50 the digits are a part."""
    digits = re.sub(r"[ '’\u00a0\u202f]", "", match[f"n{tag}"])
    whole, mark, part = digits.rpartition(max(",", ".", key=digits.rfind))
    if mark and len(part) == 3:
        whole, part = whole + part, ""
    number = Decimal(f"{re.sub('[.,]', '', whole if mark else digits)}.{part if mark else ''}0")
    return number * 1000 if match[f"k{tag}"] else number


def currency_of(match: re.Match[str], tag: str, own: str) -> str:
    """The ISO 4217 code that stands beside the number; empty when none does."""
    sign = (match[f"b{tag}"] or match[f"a{tag}"] or "").lower()
    if sign in {"$", "dollar", "dollars"} and own in DOLLARS:
        return own
    return SIGNS.get(sign, sign.upper())
