"""What tokens cost, by the table and the day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from concierge.llm import price
from concierge.llm.models import Price
from concierge.llm.protocol import Usage

pytestmark = pytest.mark.django_db
MILLION = 1_000_000


def priced(model, dollars, valid_from, output=10):
    return Price.objects.create(
        model=model, input=dollars, cached=1, stored=5, output=output, valid_from=valid_from
    )


def test_a_listed_model_is_written_to_the_table_when_it_is_first_asked_for():
    assert not Price.objects.exists()
    assert price.rate_of("gpt-5-mini").output == 2
    row = Price.objects.get(model="gpt-5-mini")
    assert (row.valid_from, row.stored) == (date(2026, 11, 5), row.input)


def test_a_dated_name_costs_what_its_undated_one_does():
    usage = Usage(MILLION, MILLION)
    assert price.rate_of("claude-haiku-4-5-20251001").cost(usage) == 6
    assert price.rate_of("gpt-5-mini-2025-08-07") == price.rate_of("gpt-5-mini")


def test_a_dated_name_with_a_price_of_its_own_costs_that():
    priced("qwen-2026-01-01", 7, date(2026, 1, 1))
    priced("qwen", 3, date(2026, 2, 1))
    assert price.rate_of("qwen-2026-01-01").input == 7


def test_tokens_read_from_and_written_to_a_cache_have_their_own_prices():
    priced("m", 4, date(2026, 1, 1))
    rate = price.rate_of("m")
    assert rate.cost(Usage(MILLION, 0, MILLION)) == 1
    assert rate.cost(Usage(MILLION, 0, 0, MILLION)) == 5
    assert rate.cost(Usage(4 * MILLION, 0, MILLION, MILLION)) == 1 + 5 + 2 * 4


def test_a_price_holds_from_its_day_until_the_next():
    priced("m", 4, date(2026, 1, 1))
    priced("m", 2, date(2026, 6, 1))
    days = [date(2025, 12, 31), date(2026, 5, 31), date(2026, 6, 1)]
    found = [price.rate_of("m", day) for day in days]
    assert [each and each.input for each in found] == [None, 4, 2]


def test_a_model_without_a_price_has_no_cost():
    assert price.rate_of("qwen3:8b") is None


def test_a_model_without_a_price_is_counted_as_the_dearest_in_force():
    priced("dear", 900, date(2026, 1, 1), output=1)
    priced("was dearer", 5000, date(2026, 1, 1))
    priced("was dearer", 1, date(2026, 2, 1))
    found = price.stand_in(date(2026, 11, 20))
    assert (found.input, found.output) == (900, 25)


def test_what_the_house_has_written_is_not_written_over():
    priced("gpt-5", 99, date(2026, 11, 5))
    price.seed()
    assert price.rate_of("gpt-5").input == 99


def test_amounts_are_rounded_up_to_a_millionth():
    assert price.rate_of("gpt-5-nano").cost(Usage(1, 0)) == Decimal("0.000001")


def test_tomorrow_s_price_is_not_today_s():
    tomorrow = date.today() + timedelta(days=2)
    priced("m", 4, tomorrow)
    assert price.rate_of("m") is None
