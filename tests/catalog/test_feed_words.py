"""Words of a feed made fit to keep."""

import pytest

from catalog.feeds.availability import read_availability
from catalog.feeds.product import RowError
from catalog.feeds.words import address, fitting, gtin, one_line, plain


def test_html_becomes_lines_of_plain_text():
    html = "<p>Silk&nbsp;twill,\n hemmed <b>by hand</b>.</p><ul><li>90 cm</li><li>65 g</li></ul>"
    assert plain(html) == "Silk twill, hemmed by hand.\n90 cm\n65 g"


def test_scripts_and_styles_are_not_words():
    assert plain("<style>p{}</style><p>Silk</p><script>alert(1)</script>") == "Silk"


def test_a_broken_declaration_in_html_is_passed_over():
    assert plain("<p>Silk <![CD9ATA[ twill</p><!doctype x> fine") == "Silk fine"


def test_text_with_a_less_than_sign_is_left_as_it_is():
    assert plain("Width < 5 cm & light") == "Width < 5 cm & light"


def test_what_a_database_cannot_hold_is_left_out():
    assert one_line("a\x00b\ud800c\x07") == "abc"


def test_letters_are_composed():
    assert one_line("Cafe\u0301") == "Caf\u00e9"


@pytest.mark.parametrize(
    "text", ["https://a.example/x.jpg?w=1", "http://a.example", "/static/x.svg"]
)
def test_an_address_that_may_stand_in_a_page_is_kept(text):
    assert address(f" {text} ") == text


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:image/png;base64,AA",
        "//evil.example/x",
        "/\\evil.example",
        "x.jpg",
        'https://a.example/"onload=',
        "https://a.example/x y",
        "https://a.example/" + "x" * 1000,
    ],
)
def test_an_address_that_may_not_is_dropped(text):
    assert address(text) == ""


def test_an_identifier_too_long_for_its_column_is_dropped_and_not_cut():
    assert fitting("x" * 121, 120) == ""


@pytest.mark.parametrize(("text", "kept"), [("0095205603217", 1), ("'12345678", 1), ("9.5E+12", 0)])
def test_a_trade_number_is_digits(text, kept):
    assert bool(gtin(text)) is bool(kept)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("in stock", "in_stock"),
        ("in_stock", "in_stock"),
        ("InStock", "in_stock"),
        ("https://schema.org/InStock", "in_stock"),
        ("http://schema.org/LimitedAvailability", "in_stock"),
        ("schema:OutOfStock", "out_of_stock"),
        ("Out of Stock", "out_of_stock"),
        ("SoldOut", "out_of_stock"),
        ("pre-order", "preorder"),
        ("PreOrder", "preorder"),
        ("backorder", "backorder"),
        ("MadeToOrder", "backorder"),
        ("Discontinued", "unavailable"),
    ],
)
def test_every_spelling_of_stock_is_known(text, word):
    assert read_availability(text) == word


@pytest.mark.parametrize(("text", "reason"), [("", "missing"), ("perhaps", "not known")])
def test_a_word_for_stock_that_says_nothing_is_refused(text, reason):
    with pytest.raises(RowError, match=reason):
        read_availability(text)
