"""Prices are read from questions as people write them, and other numbers are left alone."""

from decimal import Decimal

import pytest

from catalog.conditions.amounts import told
from catalog.conditions.conditions import Price


def price(question, own="EUR"):
    found = told(question, own)
    return found and (found.price.low, found.price.high, found.price.currency)


@pytest.mark.parametrize(
    ("question", "low", "high"),
    [
        ("under 2,000 EUR", None, 2000),
        ("moins de 200 €", None, 200),
        ("no more than 150", None, 150),
        ("unter 1.290,50 €", None, Decimal("1290.5")),
        ("up to 2 000 € please", None, 2000),
        ("under 2k", None, 2000),
        ("a gift for 50 euros", None, 50),
        ("fino a 300 euro", None, 300),
        ("at least €1,000", 1000, None),
        ("à partir de 1'290 €", 1290, None),
        ("between 100 and 300", 100, 300),
        ("Entre 1000 et 1500 €", 1000, 1500),
        ("100-300 €", 100, 300),
        ("tra 1.000 e 2.000 euro", 1000, 2000),
        ("about 500", 425, 575),
        ("a €1.5k bag", 1275, 1725),
    ],
)
def test_a_price_is_read_as_it_is_written(question, low, high):
    assert price(question) == (low, high, "EUR")


@pytest.mark.parametrize(
    "question",
    [
        "N° 5",
        "carré 90",
        "since 1934",
        "100 ml of scent",
        "from 1926 to 1934",
        "between 1926 and 1934",
        "more than 24 colours",
        "over 90 cm",
        "a scarf printed in 24 colours",
        "Relais 30",
        "about 1934",
    ],
)
def test_a_number_that_is_no_price_is_none(question):
    assert price(question) is None


@pytest.mark.parametrize(
    ("question", "own", "currency"),
    [
        ("under $200", "EUR", "USD"),
        ("under $200", "CAD", "CAD"),
        ("less than 150 pounds", "EUR", "GBP"),
        ("moins de 300 CHF", "EUR", "CHF"),
        ("under 200", "GBP", "GBP"),
    ],
)
def test_the_currency_is_the_named_one_else_the_houses(question, own, currency):
    assert price(question, own)[2] == currency


@pytest.mark.parametrize(
    ("question", "strictly"), [("under 200", True), ("up to 200", False), ("plus de 200", True)]
)
def test_under_leaves_the_limit_out_and_up_to_does_not(question, strictly):
    assert told(question, "EUR").price.strictly is strictly


def test_the_words_of_the_price_are_told_apart_from_the_rest():
    question = "Relais 30 under 2500 in black"
    found = told(question, "EUR")
    assert question[found.start : found.end] == "under 2500"


def test_the_last_limit_said_is_the_one_meant():
    assert told("under 300, no, under 500", "EUR").price == Price(
        None, Decimal(500), "EUR", strictly=True, named=False
    )
