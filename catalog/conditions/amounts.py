"""Prices in a question: "under 2,000 EUR", "entre 100 et 300 €", "about 500", "€1.5k".

A number is a price when a currency stands beside it, or when words say that it is a limit and
nothing after it says of what else. "Carré 90", "N° 5", "since 1934" and "100 ml" are none.
"""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from catalog.conditions.conditions import Price
from catalog.conditions.counting import in_digits

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
    before, after = rf"(?:(?P<b{tag}>{MONEY})\s?)?", rf"(?:\s*(?P<a{tag}>{MONEY}))?"
    return rf"{before}(?P<n{tag}>{DIGITS})(?P<k{tag}>{THOUSANDS}){after}"


UPPER = (
    r"under|below|beneath|less than|lower than|cheaper than|sub|up ?to|no(?:t)? (?:more|greater)"
    r" than|at (?:the )?most|max(?:imum|imal|imo|i)?(?: of| de| di| price)?\.?|not (?:over|above)"
    r"|not exceeding|within|until|till|capped at|(?:limit|ceiling|cap) of"
    r"|budget(?: is| of| de| di| von)?|moins de|moins cher que|jusqu['’]?(?:à|a|aux?)|jusqu a"
    r"|pas plus de|pas au[- ]dessus de|au (?:plus|maximum)|inférieure?s? à|en[- ]dessous de|sous"
    r"|meno di|fino a|sotto|al (?:massimo|di sotto di)|massimo|non (?:più di|oltre|sopra)|entro"
    r"|inferior[ei] a|unter|unterhalb von|bis(?: zu)?|weniger als|höchstens|nicht mehr als"
    r"|nicht über|günstiger als|billiger als|hasta|menos de|máximo|[=]?[<‹≤⩽][=]?"
)
LOWER = (
    r"over|above|beyond|more than|at (?:the )?least|upwards? of|starting (?:at|from)|from"
    r"|min(?:imum|imo|i)?(?: of| de| di| price)?\.?|not (?:under|below)|no(?:t)? less than"
    r"|not cheaper than|exceeding|north of|plus de|pas moins de|(?:au|à) (?:moins|minimum)"
    r"|à partir de|dès|supérieure?s? à|au[- ]dessus de|au[- ]delà de|più di|almeno|oltre|sopra"
    r"|al di sopra di|a partire da|dai|da|non meno di|non sotto|superior[ei] a|über|mehr als"
    r"|mindestens|nicht unter|nicht weniger als|ab|von|desde|más de|[=]?[>›≥⩾][=]?"
)
NEAR = (
    r"about|around|roughly|approximately|near|some|environ|autour de|aux alentours de|vers"
    r"|circa|intorno a|attorno a|etwa|ungefähr|rund|um die|~|≈"
)
EXACT = (
    r"exactly|precisely|exactement|précisément|esattamente|precisamente|genau|exakt"
    r"|exactamente|="
)
SPENT = r"for|pour|per|für|with|avec|con|mit|spend|have|j['’]ai|ho|habe"
# "2000 max", "1500 or more".
UPPER_AFTER = (
    r"max(?:imum|imal|imo|i)?\b\.?|tops|at (?:the )?most|(?:or|and) (?:less|under|below|cheaper)"
    r"|(?:et|ou) moins|au (?:plus|maximum)|o meno|al massimo|massimo|höchstens|oder weniger|máximo"
)
LOWER_AFTER = (
    r"min(?:imum|imo|i)?\b\.?|at (?:the )?least|(?:or|and) (?:more|over|above|up(?:wards?)?)"
    r"|upwards?|(?:et|ou) plus|au (?:moins|minimum)|o più|in su|almeno|mindestens"
    r"|(?:oder|und) mehr|aufwärts|\+"
)
# After a bare number: the end, or a small word. Anything else says what the number counts.
END = (
    r"(?=\s*(?:$|[.,;:!?)<>≤≥]|(?:for|in|and|or|please|that|with|to|as|each|pour|en|et|ou|svp"
    r"|avec|per|in|e|o|con|für|und|oder|mit|bitte|do|from|made|but|not|no|nor|without|except"
    r"|mais|pas|sans|sauf|ma|non|senza|tranne|aber|nicht|ohne|außer|which|who|over|above|under"
    r"|below|max|min)\b))"
)
DASH = r"(?:–|—|-)"
BETWEEN = re.compile(
    rf"(?:\b(?:between|entre|tra|fra|zwischen|from|de|da|dai|von)\s+)(?:les? |i )?{amount('1')}"
    rf"\s*(?:and|to|et|e|à|a|ai|und|bis|{DASH})\s*{amount('2')}",
    re.IGNORECASE,
)
SPAN = re.compile(rf"{amount('1')}\s*(?:to|à|a|bis|{DASH})\s*{amount('2')}", re.IGNORECASE)
ONE = re.compile(
    rf"(?:(?<!\w)(?:(?P<upper>{UPPER})|(?P<lower>{LOWER})|(?P<near>{NEAR})|(?P<exact>{EXACT})"
    rf"|(?P<spent>{SPENT}))(?:\s*:\s*|\s+|(?<![^\W\d])|(?=[€£¥$]))"
    rf"(?:(?:i|gli|les?|the|den|about|around|circa|environ|etwa)\s+)?)?"
    rf"{amount('1')}"
    rf"(?(upper)|(?(lower)|(?:\s*(?:(?P<most>{UPPER_AFTER})|(?P<least>{LOWER_AFTER}))(?!\w))?))"
    rf"(?P<end>{END})?",
    re.IGNORECASE,
)
# Of place and time too: without a currency, what they say must look like a price.
WEAK = re.compile(
    r"from|da|dai|von|dès|desde|bis|until|till|beyond|sub|within|entro", re.IGNORECASE
)
SMALL = 100  # below it a number without a currency or a clear limit is no price
JOINED = re.compile(
    r"\s*,?\s*(?:(?:and|but|et|mais|e|ma|und|aber|y|&)\b)?\s*(?:also|aussi|anche|auch)?\s*",
    re.IGNORECASE,
)
# The words directly before a bare price that leave it a price and set no limit.
BARE = (
    "a an the at of is it its un une le la les de du à au est uno una il lo di è ein eine einen"
    " einem der die das zu ist cost costs costing coûte coûtant coûtent costa costano kostet kosten"
    " price prices priced prix prezzo preis worth or and ou et o e oder und in en"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A price and the stretch of the question that says it."""

    price: Price
    start: int
    end: int


def told(question: str, own: str) -> Told | None:
    """The price that `question` demands; `own` is the house's currency, meant where none is named.

    The last one, when several are said: "under 300. No, under 500". A limit below and one above
    that are joined are both meant, though no price be within: "over 100 and under 50".
    """
    read = in_digits(question)
    found = found_in(read, own)
    if found is None or read == question:
        return found
    # The words of a number are longer than its digits, and are all of the price.
    padding = re.match(" *", read[found.end :])
    end = found.end + (padding.end() if padding else 0)
    return replace(found, end=found.start + len(question[found.start : end].rstrip()))


def found_in(question: str, own: str) -> Told | None:
    for pattern in (BETWEEN, SPAN):
        for match in reversed(list(pattern.finditer(question))):
            if price := both(match, own, worded=pattern is BETWEEN):
                return Told(price, *match.span())
    last: Told | None = None
    for match in reversed(list(ONE.finditer(question))):
        limit = single(match, own)
        if limit and last is None:
            last = Told(limit, *match.span())
        elif limit and last:
            joined = JOINED.fullmatch(question[match.end() : last.start])
            price = limited_twice(limit, last.price) if joined else None
            if price:
                return Told(price, match.start(), last.end)
    return last


def limited_twice(one: Price, other: Price) -> Price | None:
    """Both limits, of which one is below and the other above; none of two of the same side."""
    sides = [(each.low is not None, each.high is not None) for each in (one, other)]
    if sorted(sides) != [(False, True), (True, False)]:
        return None
    if one.named and other.named and one.currency != other.currency:
        return None
    low, high = (one, other) if one.low is not None else (other, one)
    named = one if one.named else other
    # "At least 100 and under 200": a limit too narrow shows nothing that is outside.
    strictly = one.strictly or other.strictly
    return Price(low.low, high.high, named.currency, strictly, named=named.named)


def both(match: re.Match[str], own: str, *, worded: bool) -> Price | None:
    currency = currency_of(match, "1", own) or currency_of(match, "2", own)
    ends = re.match(END, match.string[match.end() :], re.IGNORECASE)
    low, high = number_of(match, "1"), number_of(match, "2")
    if not currency and not (ends and (worded or min(low, high) >= SMALL)):
        return None
    if match["k2"] and not match["k1"] and low < high / 1000:
        low *= 1000  # "1 to 2k"
    if not currency and years(match):
        return None
    return Price(min(low, high), max(low, high), currency or own, named=bool(currency))


def years(match: re.Match[str]) -> bool:
    """ "Between 1926 and 1934" are years when nothing says that they are money."""
    return all(re.fullmatch(YEAR, match[f"n{tag}"]) for tag in "12")


def single(match: re.Match[str], own: str) -> Price | None:
    value, currency = number_of(match, "1"), currency_of(match, "1", own)
    said = match["upper"] or match["lower"] or match["near"] or match["most"] or match["least"]
    if not currency and not is_money(match, said, value):
        return None
    low: Decimal | None = value * (1 - ABOUT)
    high: Decimal | None = value * (1 + ABOUT)
    if match["upper"] or match["most"]:
        low, high = None, value
    elif match["lower"] or match["least"]:
        low, high = value, None
    elif match["spent"]:
        low, high = None, value
    elif match["exact"] or not (match["near"] or is_bare(match)):
        # A limit in words that are not known may be above or below: only the amount itself is
        # inside of both, and whatever else is nearest is shown with how far it is from it.
        low = high = value
    strictly = bool(STRICT.fullmatch(said or ""))
    return Price(low, high, currency or own, strictly, named=bool(currency))


def is_money(match: re.Match[str], said: str | None, value: Decimal) -> bool:
    """Whether a number beside no currency is a price, by the word of limit and what follows."""
    if match["most"] or match["least"]:
        return value >= SMALL or match["end"] is not None
    if not said or match["end"] is None:
        return False
    loose = bool(match["near"] or WEAK.fullmatch(said))
    return not (loose and re.fullmatch(YEAR, match["n1"])) and (
        value >= SMALL or not WEAK.fullmatch(said)
    )


def is_bare(match: re.Match[str]) -> bool:
    """Whether no word before the number could limit it: "a 1,500 euro bag"."""
    before = re.search(r"([^\W\d]+)\s*$", match.string[: match.start()])
    return before is None or before[1].lower() in BARE.split()


# Words that leave the limit itself out: a piece of 200 is not under 200.
STRICT = re.compile(
    r"under|below|beneath|less than|lower than|cheaper than|sub|over|above|beyond|more than"
    r"|exceeding|north of|moins de|moins cher que|plus de|en[- ]dessous de|au[- ]dessus de"
    r"|au[- ]delà de|meno di|più di|oltre|sotto|sopra|al di sotto di|al di sopra di|sous|unter"
    r"|unterhalb von|weniger als|über|mehr als|günstiger als|billiger als|inférieure?s? à"
    r"|supérieure?s? à|inferior[ei] a|superior[ei] a|menos de|más de|[<‹>›]",
    re.IGNORECASE,
)
YEAR = r"1[89]\d\d|20[0-4]\d"


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
