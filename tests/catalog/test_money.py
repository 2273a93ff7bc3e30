"""Prices as a page shows them."""

from decimal import Decimal

import pytest

from catalog.money import PriceRange, display


@pytest.mark.parametrize(
    ("amount", "currency", "language", "shown"),
    [
        ("2150", "EUR", "en", "€2,150"),
        ("2150.00", "EUR", "fr", "2\u202f150\u00a0€"),
        ("2150.5", "EUR", "fr-CH", "2\u202f150,50\u00a0€"),
        ("2150", "EUR", "it", "2.150\u00a0€"),
        ("1234567.89", "EUR", "de", "1.234.567,89\u00a0€"),
        ("49.95", "USD", "en-gb", "$49.95"),
        ("120000", "JPY", "en", "¥120,000"),
        ("120000.40", "JPY", "de", "120.000\u00a0¥"),
        ("1290", "CHF", "en", "CHF\u00a01,290"),
        ("1290", "EUR", "nl", "€\u00a01.290"),
        ("0", "EUR", "en", "€0"),
        ("-5", "EUR", "en", "-€5"),
        ("2150", "EUR", "xx", "€2,150"),
    ],
)
def test_an_amount_is_written_as_its_readers_write_it(amount, currency, language, shown):
    assert display(Decimal(amount), currency, language) == shown


@pytest.mark.parametrize(
    ("prices", "language", "shown"),
    [
        (PriceRange(Decimal(115), Decimal(115), "EUR"), "en", "€115"),
        (PriceRange(Decimal(115), Decimal(390), "EUR"), "en", "from €115"),
        (PriceRange(Decimal(115), Decimal(390), "EUR"), "fr", "à partir de 115\u00a0€"),
        (PriceRange(Decimal(0), Decimal(0), "EUR"), "en", "Free of charge"),
        (PriceRange(Decimal(0), Decimal(0), "EUR"), "fr", "Offert"),
        (PriceRange(Decimal(0), Decimal(90), "EUR"), "en", "from €0"),
        (PriceRange(), "de", "Preis auf Anfrage"),
        (PriceRange(), "xx", "Price on request"),
        (PriceRange(offered=False), "en", ""),
    ],
)
def test_a_range_says_no_more_than_is_known(prices, language, shown):
    assert prices.display(language) == shown
