"""A model that does not come to an end is not listened to until it does."""

import pytest

from concierge.llm.errors import EndlessError
from concierge.llm.runaway import Runaway

SPOKEN = " ".join(
    f"In {year} the workshop printed {year % 97} squares." for year in range(1700, 2000)
)


def heard(words, max_tokens=2000):
    """How many characters were listened to."""
    runaway, length = Runaway(max_tokens), 0
    for word in words:
        runaway.heard(word)
        length += len(word)
    return length


def test_what_is_said_once_may_be_long():
    assert heard(SPOKEN.split(" ")) > 8000


@pytest.mark.parametrize("loop", ["and ", "the heron and the fern, ", "Il est né en 1934.\n", "鷺"])
def test_a_loop_is_noticed_within_a_few_hundred_characters(loop):
    with pytest.raises(EndlessError):
        heard([*SPOKEN[:300].split(" "), *[loop] * (600 // len(loop))])


def test_a_table_is_no_loop():
    rows = "\n".join(f"| Carré {n} | {n * 10} EUR | silk |" for n in range(40))
    assert heard(rows.split(" ")) > 500


def test_more_than_was_asked_for_is_not_taken():
    with pytest.raises(EndlessError):
        heard(SPOKEN.split(" "), max_tokens=200)


def test_one_enormous_word_is_not_taken():
    with pytest.raises(EndlessError):
        heard(["a" * 500_000])
