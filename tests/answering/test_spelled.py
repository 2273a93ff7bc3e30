"""Numbers in words, in four languages, and what they count."""

import pytest

from concierge.answering.figures import counted, figures, known
from concierge.answering.spelled import spelled


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "twenty-one", [21]),
        ("en", "two hundred and twelve blocks and sixty-eight dyes", [212, 68]),
        ("en", "in nineteen thirty-four", [1934]),
        ("en", "sixty-four thousand francs", [64000]),
        ("en", "half a dozen, a dozen, twice", [6, 12, 2]),
        ("fr", "vingt et un", [21]),
        ("fr", "quatre-vingt-dix-neuf et soixante et onze", [99, 71]),
        ("fr", "deux cent cinquante planches, douze cents francs", [250, 1200]),
        ("fr", "mille neuf cent trente-quatre", [1934]),
        ("fr", "une douzaine, le dix-huitième", [1, 12, 18]),
        ("it", "ventuno, quarantotto, trecentododici", [21, 48, 312]),
        ("it", "millenovecentotrentaquattro, il dodicesimo", [1934, 12]),
        ("de", "einundzwanzig, zweihundertzwölf", [21, 212]),
        ("de", "neunzehnhundertvierunddreißig, das dritte", [1934, 3]),
    ],
)
def test_numbers_in_words_are_read_in_their_language(language, text, values):
    assert [number.value for number in spelled(text, language)] == values


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "one thing that one likes"),
        ("fr", "un sac neuf"),
        ("it", "lei sei una"),
        ("xx", "two"),
    ],
)
def test_words_that_are_numbers_by_accident_are_not_asked_for(language, text):
    assert list(figures(text, language)) == []


@pytest.mark.parametrize(
    ("language", "text", "unit"),
    [
        ("en", "at 30 °C", "degree"),
        ("en", "30 cm wide", "centimetre"),
        ("en", "one week", "week"),
        ("en", "two working days", "day"),
        ("en", "four hundred euros", "money"),
        ("en", "€420", "money"),
        ("en", "EUR 420", "money"),
        ("en", "the 16 June", "june"),
        ("en", "May 16", "may"),
        ("fr", "le 16 juin", "june"),
        ("de", "am 20. September", "september"),
        ("it", "dodici per cento", "percent"),
    ],
)
def test_a_number_keeps_what_it_counts(language, text, unit):
    (figure,) = figures(text, language)
    assert figure.unit == unit


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "in the thirties"),
        ("en", "in the nineteen-thirties"),
        ("en", "in the 1930s"),
        ("fr", "dans les années trente"),
        ("fr", "dans les années 1930"),
        ("fr", "au XXe siècle"),
        ("it", "negli anni trenta"),
        ("de", "in den dreißiger Jahren"),
        ("en", "in the twentieth century"),
    ],
)
def test_decades_and_centuries_hold_their_years(language, text):
    (figure,) = figures(text, language)
    assert figure.stands_in(frozenset({"1934"}))
    assert not figure.stands_in(frozenset({"1899"}))


def test_a_short_range_has_its_last_year_whole():
    assert {"1940", "1944"} <= known("from 1940–44")


def test_a_number_is_known_with_its_units():
    assert counted("20 cm, and 20 degrees", "en")["20"] == {"centimetre", "degree"}
