"""Prices as a page shows them, in the language of the brand."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

NO_DECIMALS = frozenset(
    (
        *("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW"),
        *("PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"),
    )
)
SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$"}  # unmistakable; others go by their code
# Thousands, decimals, and whether the currency comes before the number. A narrow no-break blank
# parts French thousands, a no-break one the currency.
STYLES = {
    "en": (",", ".", True),
    "fr": ("\u202f", ",", False),
    "it": (".", ",", False),
    "de": (".", ",", False),
    "es": (".", ",", False),
    "pt": (".", ",", False),
    "nl": (".", ",", True),
}
FROM = {"en": "from", "fr": "à partir de", "it": "da", "de": "ab", "es": "desde"}
FROM |= {"pt": "a partir de", "nl": "vanaf"}
ON_REQUEST = {
    "en": "Price on request",
    "fr": "Prix sur demande",
    "it": "Prezzo su richiesta",
    "de": "Preis auf Anfrage",
    "es": "Precio a consultar",
    "pt": "Preço sob consulta",
    "nl": "Prijs op aanvraag",
}
FREE = {
    "en": "Free of charge",
    "fr": "Offert",
    "it": "Gratuito",
    "de": "Kostenlos",
    "es": "Gratis",
    "pt": "Grátis",
    "nl": "Gratis",
}
NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class PriceRange:
    """The lowest and the highest price of a product, in one ISO 4217 currency.

    Without them the price is told on request, if the product is `offered` at all.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    currency: str = ""
    offered: bool = True

    def display(self, language: str) -> str:
        """One price, "from" the lowest when they differ, on request, or "" for nothing to buy."""
        if self.low is None:
            return on_request(language) if self.offered else ""
        if self.low == self.high:
            return label(self.low, self.currency, language)
        low = display(self.low, self.currency, language)
        return f"{FROM.get(base(language), FROM['en'])} {low}"


def display(amount: Decimal, currency: str, language: str) -> str:
    """`amount` for a page: €2,150 in English, 2 150 € in French; cents only where there are any.

    A language that is not known is written as English is.
    """
    thousands, point, before = STYLES.get(base(language), STYLES["en"])
    step = Decimal(1) if currency in NO_DECIMALS else Decimal("0.01")
    exact = amount.quantize(step, ROUND_HALF_UP)
    whole, _, cents = f"{abs(exact):,.{-int(step.as_tuple().exponent)}f}".partition(".")
    number = whole.replace(",", thousands) + (f"{point}{cents}" if cents.strip("0") else "")
    sign = "−" if exact < 0 else ""
    symbol = SYMBOLS.get(currency, currency)
    if not before:
        return f"{sign}{number}{NO_BREAK}{symbol}"
    gap = NO_BREAK if symbol == currency or base(language) == "nl" else ""
    return f"{sign}{symbol}{gap}{number}"


def label(amount: Decimal | None, currency: str, language: str) -> str:
    """One price in words where figures would be odd: on request for none, free for nothing."""
    if amount is None:
        return on_request(language)
    free = FREE.get(base(language), FREE["en"])
    return display(amount, currency, language) if amount else free


def on_request(language: str) -> str:
    return ON_REQUEST.get(base(language), ON_REQUEST["en"])


def base(language: str) -> str:
    """The language without its country: "fr" of "fr-CH"."""
    return language.replace("_", "-").split("-", maxsplit=1)[0].lower()
