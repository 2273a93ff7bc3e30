"""Prices as they are written in a language."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, get_currency_precision, get_currency_symbol

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
    locale = locale_of(language)
    exact = amount.quantize(Decimal(1).scaleb(-get_currency_precision(currency)), ROUND_HALF_UP)
    pattern = locale.currency_formats["standard"].pattern
    if get_currency_symbol(currency, locale).isalpha():
        pattern = pattern.replace("¤#", "¤\u00a0#")  # CHF 1,290 as CLDR has it
    if exact == exact.to_integral_value():
        pattern = pattern.replace(".00", "")
    return str(format_currency(exact, currency, pattern, locale, currency_digits=False))


def locale_of(language: str) -> Locale:
    try:
        return Locale.parse(base(language))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


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
