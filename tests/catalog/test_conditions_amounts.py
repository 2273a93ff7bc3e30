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


@pytest.mark.parametrize(
    "question",
    [
        "foulard sotto 300 euro",
        "foulard sotto i 300 euro",
        "foulard < 300€",
        "‹ 300€",
        "≤300 €",
        "bag <300",
        "bis 300 Euro",
        "höchstens 300",
        "sub 300 euro",
        "budget 300 euros for a scarf",
        "300 max scarf",
        "max. 300",
        "300 euros or less",
        "fino a 300",
        "hasta 300 euros",
        "a scarf under 300 but not the heron",
        "under€300",
    ],
)
def test_a_limit_above_is_one_however_it_is_written(question):
    assert price(question) == (None, 300, "EUR")


@pytest.mark.parametrize(
    "question",
    [
        ">= 300",
        "> 300 €",
        "from 300 euros",
        "ab 300 €",
        "à partir de 300",
        "300€+",
        "300 or more",
        "pas moins de 300 €",
    ],
)
def test_a_limit_below_is_one_however_it_is_written(question):
    assert price(question) == (300, None, "EUR")


@pytest.mark.parametrize(
    "question", ["exactly 1700 euros", "genau 1700 Euro", "a bag somewhither 1700 euros"]
)
def test_an_exact_price_and_a_limit_not_understood_widen_nothing(question):
    assert price(question) == (1700, 1700, "EUR")


@pytest.mark.parametrize(
    ("question", "low", "high"),
    [
        ("between 2000 and 1000 euros", 1000, 2000),
        ("1000-1500 €", 1000, 1500),
        ("a bag 1000 – 1500", 1000, 1500),
        ("under 1500 and over 1400", 1400, 1500),
        ("above 1400€ and under 1500€", 1400, 1500),
        ("min 1400 max 1500", 1400, 1500),
        ("over 100 and under 50", 100, 50),
    ],
)
def test_two_bounds_are_both_kept(question, low, high):
    assert price(question) == (low, high, "EUR")


@pytest.mark.parametrize(
    ("question", "high"),
    [
        ("under two thousand", 2000),
        ("under fifteen hundred euros", 1500),
        ("moins de deux mille euros", 2000),
        ("moins de quatre-vingt-dix euros", 90),
        ("sotto duemila euro", 2000),
        ("unter zweitausendfünfhundert Euro", 2500),
    ],
)
def test_a_price_is_read_in_words(question, high):
    assert price(question) == (None, high, "EUR")


def test_the_words_of_a_number_are_all_of_the_price():
    question = "bags under two thousand in black"
    found = told(question, "EUR")
    assert question[found.start : found.end] == "under two thousand"


@pytest.mark.parametrize("question", ["the two cheapest", "a bag from 1934", "made from 2 skins"])
def test_a_number_that_limits_no_price_is_none(question):
    assert price(question) is None
