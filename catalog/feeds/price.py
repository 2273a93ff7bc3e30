"""Prices as feeds write them, read once and exactly, or refused with the reason."""

import re
from dataclasses import dataclass
from decimal import Decimal

from catalog.feeds.product import RowError

# ISO 4217, the currencies in use.
CURRENCIES = frozenset(
    re.findall(
        r"\w+",
        """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP
        BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP
        GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES
        KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU
        MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON
        RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND
        TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR
        ZMW ZWG
        """,
    )
)
THREE_DECIMALS = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))
SYMBOLS = {"€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "zł": "PLN", "₺": "TRY", "₽": "RUB"}
SYMBOLS |= {"US$": "USD", "CA$": "CAD", "C$": "CAD", "A$": "AUD", "AU$": "AUD", "HK$": "HKD"}
SYMBOLS |= {"FR": "CHF", "SFR": "CHF", "R$": "BRL", "₪": "ILS", "₫": "VND", "฿": "THB"}
# Several currencies share these: the brand's own when it is one of them, else the first.
SHARED = {
    "$": ("USD", "CAD", "AUD", "NZD", "HKD", "SGD", "MXN", "TWD"),
    "¥": ("JPY", "CNY"),
    "KR": ("SEK", "NOK", "DKK", "ISK"),
}
FREE = frozenset(("free", "gratuit", "gratis", "kostenlos"))
ON_REQUEST = frozenset(
    (
        *("on request", "price on request", "price upon request", "poa"),
        *("sur demande", "prix sur demande", "auf anfrage", "preis auf anfrage", "su richiesta"),
    )
)
LIMIT = Decimal(10) ** 12  # what the column holds
SHAPE = re.compile(r"(?P<before>[^\d.,+-]*)(?P<sign>[+-]?)(?P<number>[\d.,]+)(?P<after>[^\d.,]*)")
GROUPED = {",": re.compile(r"\d{1,3}(,\d{2,3})*,\d{3}"), ".": re.compile(r"\d{1,3}(\.\d{3})+")}


@dataclass(frozen=True, slots=True)
class Price:
    """`amount` is None when the price is told on request."""

    amount: Decimal | None
    currency: str


def read_price(text: str, currency: str) -> Price:
    """The price in `text`, in `currency` unless the text names another.

    Reads 1,290.00, 1.290,00 €, 1'290.00, EUR 49.95, 49.95, Free. An empty price is one on
    request. Raises RowError for one that is negative, absurd, or can be read two ways.
    """
    words = re.sub(r"(?<=[A-Za-z])\.", "", " ".join(text.split()))
    if not words or words.casefold() in ON_REQUEST:
        return Price(None, currency)
    if words.casefold() in FREE:
        return Price(Decimal(0), currency)
    # Blanks and apostrophes part thousands: 1 290,00 and 1'290.00.
    shape = SHAPE.fullmatch(re.sub(r"(?<=\d)[\s'’](?=\d{3}(?!\d))", "", words))
    if shape is None:
        raise RowError(f'the price "{words[:40]}" cannot be read')
    named = (shape["before"] + shape["after"]).strip(" \t-–−")
    found = read_currency(named, currency)
    amount = number(shape["number"].rstrip(",."), found)
    if shape["sign"] == "-" or shape["before"].strip().endswith(("−", "–")):
        raise RowError(f'the price "{words[:40]}" is negative')
    return Price(in_cents(amount, words), found)


def read_currency(text: str, default: str) -> str:
    """The ISO code that `text` names by code or symbol; `default` for none. Raises RowError."""
    name = text.strip().strip(".").upper()
    if not name:
        return default
    if name in CURRENCIES:
        return name
    if name in SHARED:
        return default if default in SHARED[name] else SHARED[name][0]
    if name in SYMBOLS or text.strip() in SYMBOLS:
        return SYMBOLS.get(name) or SYMBOLS[text.strip()]
    raise RowError(f'"{text.strip()[:20]}" is not a currency')


def number(text: str, currency: str) -> Decimal:
    """The number in `text`, whichever of comma and point its decimals follow. Raises RowError."""
    last = max(text.rfind(","), text.rfind("."))
    if last < 0:
        return decimal(text, text)
    mark, other = text[last], "," if text[last] == "." else "."
    whole, decimals = text[:last], text[last + 1 :]
    if other in whole and mark not in whole:
        if not GROUPED[other].fullmatch(whole):
            raise RowError(f'the price "{text[:40]}" cannot be read')
        return decimal(f"{whole.replace(other, '')}.{decimals}", text)
    alone = mark not in whole
    if alone and (len(decimals) != 3 or whole in {"", "0"} or currency in THREE_DECIMALS):
        return decimal(f"{whole or '0'}.{decimals}", text)
    if alone and mark == "." and len(whole) <= 3:
        meant = f"{whole}{decimals}.00 or {whole}.{decimals[:2]}"
        raise RowError(f'the price "{text}" can be read two ways: write {meant}')
    if not GROUPED[mark].fullmatch(text):
        raise RowError(f'the price "{text[:40]}" cannot be read')
    return decimal(text.replace(mark, ""), text)


def decimal(digits: str, text: str) -> Decimal:
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", digits):
        raise RowError(f'the price "{text[:40]}" cannot be read')
    return Decimal(digits)


def in_cents(amount: Decimal, words: str) -> Decimal:
    """`amount` with two decimals, exactly. Raises RowError when it has more or is absurd."""
    if amount >= LIMIT:
        raise RowError(f'the price "{words[:40]}" is too large to be one')
    exact = amount.quantize(Decimal("0.01"))
    if exact != amount:
        raise RowError(f'the price "{words[:40]}" has more than two decimals')
    return exact


def reduced(price: Price, before: Price) -> Decimal | None:
    """What `price` was before a reduction, or None if `before` is not a higher price like it."""
    if price.amount is None or before.amount is None or before.currency != price.currency:
        return None
    return before.amount if before.amount > price.amount else None
