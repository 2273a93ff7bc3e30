"""What models cost, as whoever answers for it sees it."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from concierge.llm import costs
from concierge.llm.models import Budget, Call, Price, Spending

pytestmark = pytest.mark.django_db

PAGE, TABLE = "/admin/llm/call/cost/", "/admin/llm/call/cost.csv"
PRICES, BUDGETS = "/admin/llm/price/", "/admin/llm/budget/"


def call(brand=None, cost="0.5", days=0, **more):
    told = {"provider": "openai", "model": "gpt-5-mini", "purpose": "answer", "outcome": "ok"}
    row = Call.objects.create(brand=brand, cost=cost, **(told | more))
    Call.objects.filter(pk=row.pk).update(created=timezone.now() - timedelta(days=days))
    return row


def words(browser, address=PAGE):
    response = browser.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_page_without_a_call_says_that_nothing_was_spent(curator, brand):
    assert "No model was asked in these 28 days" in words(curator)


def test_days_models_purposes_and_outcomes_are_summed(brand):
    call(brand, input_tokens=100, output_tokens=7, first_token_ms=100, total_ms=900)
    call(brand, cost="0.25", model="claude", outcome="cut", first_token_ms=300, total_ms=1100)
    call(brand, cost=None, model="qwen", days=3)
    call(brand, cost="9", days=40)
    calls = costs.calls_of(28, None)
    totals = costs.totals(calls)
    assert (totals["calls"], totals["dollars"], totals["well"]) == (3, Decimal("0.75"), 2)
    assert (totals["input"], totals["output"], totals["unpriced"]) == (100, 7, 1)
    assert (totals["first_p50"], totals["total_p50"]) == (200, 900)
    assert [row["model"] for row in costs.by(calls, "model")] == ["gpt-5-mini", "claude", "qwen"]
    assert dict(costs.outcomes(calls)) == {"ok": 2, "cut": 1}
    assert costs.without_price(calls) == ["qwen"]


def test_a_day_without_a_call_is_a_day_of_nothing(brand):
    call(brand, days=2)
    days = costs.by_day(costs.calls_of(7, None), 7)
    assert [day["calls"] for day in days] == [0, 0, 0, 0, 1, 0, 0]


def test_the_page_shows_one_house_or_all(curator, brand, other_brand):
    call(brand, cost="1.2345")
    call(other_brand, cost="2")
    assert "$3.23" in words(curator)
    one = words(curator, f"{PAGE}?brand={brand.pk}&days=7")
    assert "$1.2345" in one
    assert "$3.23" not in one


def test_what_the_address_cannot_mean_is_left_aside(curator, brand):
    call(brand)
    assert "The last 28 days" in words(curator, f"{PAGE}?brand=x&days=9999")


def test_the_chart_says_the_same_in_words(curator, brand):
    call(brand, cost="1.5")
    page = words(curator)
    assert page.count("<rect x=") == 28
    assert "1.50 US dollars in 28 days; the dearest was" in page
    assert "The same as a table" in page


def test_a_model_without_a_price_is_named(curator, brand):
    call(brand, cost=None, model="qwen3:8b")
    assert "No price is known for qwen3:8b" in words(curator)


def test_budgets_stand_with_what_is_spent_and_under_way(curator, brand):
    today = timezone.now().date()
    Budget.objects.create(brand=brand, day=10)
    Spending.objects.create(
        scope=f"brand:{brand.pk}", since=today, cap=7, spent="8.5", reserved="0.5"
    )
    day = costs.standings([brand])[0]
    assert (day.cap, day.spent, day.reserved, day.share, day.is_near) == (
        10,
        Decimal("8.5"),
        Decimal("0.5"),
        90,
        True,
    )
    assert "90 % taken" in words(curator)


def test_the_file_has_a_row_for_each_day_model_purpose_and_outcome(curator, brand):
    call(brand, cost="0.5", first_token_ms=120)
    call(brand, cost="0.25", first_token_ms=140)
    call(brand, model="=HYPERLINK(1)")
    response = curator.get(TABLE)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert [(row["model"], row["calls"]) for row in rows] == [
        ("'=HYPERLINK(1)", "1"),
        ("gpt-5-mini", "2"),
    ]
    assert (rows[1]["dollars"], rows[1]["first_p50"]) == ("0.750000", "130")
    assert rows[1]["brand"] == "maison"


@pytest.mark.parametrize("address", [PAGE, TABLE])
def test_costs_are_for_those_who_may_see_them(advisor, address):
    assert advisor.get(address).status_code == 403
    assert Client().get(address).status_code == 302
    seer = User.objects.get(username="advisor")
    seer.user_permissions.add(Permission.objects.get(codename="view_call"))
    assert advisor.get(address).status_code == 200


@pytest.mark.parametrize("address", [PAGE, TABLE])
def test_costs_are_only_looked_at(curator, address):
    assert curator.post(address).status_code == 405


def test_prices_begin_with_the_list_that_comes_with_the_product(curator):
    assert "gpt-5-mini" in words(curator, PRICES)
    assert Price.objects.filter(changed_by=None).count() > 10


def test_a_new_price_is_a_row_that_bears_who_wrote_it(curator):
    sent = {"model": "gpt-5-mini", "valid_from": "2027-01-01", "input": "1", "cached": "0.1"}
    curator.post(f"{PRICES}add/", sent | {"stored": "1", "output": "4"})
    new, old = Price.objects.filter(model="gpt-5-mini")
    assert (new.output, new.changed_by.username) == (4, "curator")
    assert old.output == 2


@pytest.mark.parametrize("wrong", [{"input": "-1"}, {"valid_from": "2026-11-05"}, {"output": "x"}])
def test_a_price_that_cannot_be_is_told_and_not_kept(curator, wrong):
    curator.get(PRICES)
    sent = {"model": "gpt-5-mini", "valid_from": "2027-01-01", "input": "1", "cached": "0.1"}
    response = curator.post(f"{PRICES}add/", sent | {"stored": "1", "output": "4"} | wrong)
    assert response.status_code == 200
    assert Price.objects.filter(model="gpt-5-mini").count() == 1


def test_a_price_is_never_deleted(curator):
    curator.get(PRICES)
    price = Price.objects.first()
    assert curator.post(f"{PRICES}{price.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_brand_s_budget_is_set_in_the_console(curator, brand):
    assert "$50 a day" in words(curator, BUDGETS)
    curator.post(f"{BUDGETS}add/", {"brand": brand.pk, "day": "12.5", "visitor_day": "0"})
    budget = Budget.objects.get()
    assert (budget.day, budget.visitor_day, budget.month) == (Decimal("12.5"), 0, None)
    assert budget.changed_by.username == "curator"
    history = words(curator, f"{BUDGETS}{budget.pk}/history/")
    assert "Added" in history


def test_the_sidebar_leads_to_costs(curator, advisor, brand):
    assert PAGE in words(curator, "/admin/")
    assert PAGE not in words(advisor, "/admin/")


@pytest.mark.parametrize(
    ("amount", "said"),
    [("1.000000", "1.00"), ("0.125000", "0.125"), ("1200", "1,200.00"), ("0.000001", "0.000001")],
)
def test_a_price_is_listed_without_idle_noughts(curator, amount, said):
    named = {"cached": 0, "stored": 0, "output": 0, "valid_from": timezone.now().date()}
    Price.objects.create(model="zephyr", input=amount, **named)
    page = curator.get(PRICES, {"q": "zephyr"}).content.decode()
    assert f">{said}<" in "".join(page.split())
    assert "00000" not in page.split("zephyr", 1)[1].split("</table>")[0].replace(said, "")
