"""Prices as feeds write them."""

from decimal import Decimal

import pytest

from catalog.feeds.price import CURRENCIES, Price, read_price, reduced
from catalog.feeds.product import RowError


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("49.95", "49.95", "EUR"),
        ("49.95 EUR", "49.95", "EUR"),
        ("EUR 49.95", "49.95", "EUR"),
        ("1,290.00", "1290.00", "EUR"),
        ("1.290,00 €", "1290.00", "EUR"),
        ("1 290,00 €", "1290.00", "EUR"),
        ("1\u202f290,00\u00a0€", "1290.00", "EUR"),
        ("CHF 1'290.00", "1290.00", "CHF"),
        ("Fr. 1’290.–", "1290.00", "CHF"),
        ("1,290", "1290.00", "EUR"),
        ("1.290.000", "1290000.00", "EUR"),
        ("12,90", "12.90", "EUR"),
        ("0.5", "0.50", "EUR"),
        (".5", "0.50", "EUR"),
        ("120000 JPY", "120000.00", "JPY"),
        ("¥120,000", "120000.00", "JPY"),
        ("$49.95", "49.95", "USD"),
        ("£2,150.00", "2150.00", "GBP"),
        ("2.150 KWD", "2.15", "KWD"),
        ("1290.0000", "1290.00", "EUR"),
        ("Free", "0", "EUR"),
        ("0", "0.00", "EUR"),
        ("+10", "10.00", "EUR"),
    ],
)
def test_a_price_is_read_exactly(text, amount, currency):
    assert read_price(text, "EUR") == Price(Decimal(amount), currency)


@pytest.mark.parametrize("text", ["", "  ", "Price on request", "sur demande"])
def test_no_price_is_one_on_request(text):
    assert read_price(text, "EUR") == Price(None, "EUR")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-5.00", "negative"),
        ("−5.00", "negative"),
        ("abc", "cannot be read"),
        ("1.2.3", "cannot be read"),
        ("10 - 20", "cannot be read"),
        ("12,34,56.00", "cannot be read"),
        ("NaN", "cannot be read"),
        ("1e5", "cannot be read"),
        ("١٢", "cannot be read"),
        ("1.290", "two ways"),
        ("49.955", "two ways"),
        ("49.9555", "more than two decimals"),
        ("2.155 KWD", "more than two decimals"),
        ("1000000000000", "too large"),
        ("9" * 400, "too large"),
        ("5 XYZ", "not a currency"),
        ("5 EURO", "not a currency"),
    ],
)
def test_a_doubtful_price_is_refused_with_the_reason(text, reason):
    with pytest.raises(RowError, match=reason):
        read_price(text, "EUR")


def test_a_dollar_is_the_brands_own_where_that_is_a_dollar():
    assert read_price("$5", "CAD").currency == "CAD"


def test_every_currency_is_three_capitals():
    assert len(CURRENCIES) > 150
    assert all(len(code) == 3 and code.isupper() for code in CURRENCIES)


@pytest.mark.parametrize(
    ("price", "before", "shown"), [("50", "80", "80"), ("50", "50", None), ("50", "", None)]
)
def test_a_comparison_is_kept_only_above_the_price(price, before, shown):
    found = reduced(read_price(price, "EUR"), read_price(before, "EUR"))
    assert found == (Decimal(shown) if shown else None)


def test_prices_in_two_currencies_are_not_compared():
    assert reduced(read_price("50 EUR", "EUR"), read_price("80 USD", "EUR")) is None
