"""What a call may cost is reserved before it and settled after it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import close_old_connections, transaction
from django.utils import timezone

from concierge.llm import budget
from concierge.llm.errors import BudgetSpentError
from concierge.llm.models import Budget, Call, Price, Reservation, Spending
from concierge.llm.protocol import Endpoint, Payer, Prompt, Said, Usage

pytestmark = pytest.mark.django_db
ENDPOINT = Endpoint("openai", "m")
CENT = Decimal("0.01")


@pytest.fixture(autouse=True)
def _prices():
    """A token of an answer costs a cent, a token of a prompt nothing."""
    day = timezone.now().date() - timedelta(days=1)
    nothing = {"input": 0, "cached": 0, "stored": 0}
    Price.objects.create(model="m", output=10_000, valid_from=day, **nothing)


@pytest.fixture(autouse=True)
def budgets(settings):
    settings.LLM_BUDGETS = {
        "visitor_day": "100",
        "address_day": "100",
        "day": "100",
        "month": "100",
        "installation_day": "100",
        "known_share": "0.3",
    }
    return settings.LLM_BUDGETS


@pytest.fixture
def payer(brand):
    return Payer(brand.pk, visitor="ada", tier="client")


def asking(payer, cents=100):
    return Prompt("", (Said("user", "Who?"),), max_tokens=cents, payer=payer)


def reserve(payer, cents=100):
    return budget.reserve(ENDPOINT, asking(payer, cents))


def taken():
    return {each.scope.partition(":")[0]: each.reserved for each in Spending.objects.all()}


def spent():
    return {each.scope.partition(":")[0]: each.spent for each in Spending.objects.all()}


def test_a_call_is_reserved_from_every_scope_of_its_payer(payer):
    reserve(replace(payer, tier="new", address="somewhere"))
    scopes = ("address", "brand", "installation", "month", "visitor")
    assert taken() == dict.fromkeys(scopes, 1)


def test_what_no_visitor_asks_is_reserved_nowhere(brand):
    assert budget.reserve(ENDPOINT, asking(None)) is None
    assert budget.reserve(ENDPOINT, asking(Payer(brand.pk))) is None
    assert taken() == {}


@pytest.mark.parametrize(
    ("name", "scope"),
    [
        ("visitor_day", "visitor"),
        ("address_day", "address"),
        ("day", "brand"),
        ("month", "month"),
        ("installation_day", "installation"),
    ],
)
def test_a_budget_that_is_spent_refuses_and_takes_nothing_from_the_others(
    payer, budgets, name, scope
):
    budgets[name] = "1.50"
    budgets["known_share"] = "0"
    payer = replace(payer, tier="known", address="somewhere")
    reserve(payer)
    before = taken()
    with pytest.raises(BudgetSpentError, match=scope):
        reserve(payer)
    assert taken() == before
    assert Reservation.objects.count() == 1


def test_a_call_dearer_than_its_whole_budget_is_refused_at_once(payer, budgets):
    budgets["visitor_day"] = "0.99"
    with pytest.raises(BudgetSpentError):
        reserve(payer)
    assert taken() == {}


def test_what_was_reserved_is_settled_with_what_it_cost(payer):
    reservation = reserve(payer)
    budget.settle(reservation, 3 * CENT)
    assert set(taken().values()) == {0}
    assert set(spent().values()) == {3 * CENT}


def test_a_call_that_was_not_made_is_given_back(payer):
    budget.give_back(reserve(payer))
    assert set(taken().values()) == set(spent().values()) == {0}
    assert not Reservation.objects.exists()


def test_a_reservation_is_settled_once(payer):
    reservation = reserve(payer)
    assert budget.settle(reservation, CENT) is not None
    assert budget.settle(reservation, CENT) is None
    assert set(spent().values()) == {CENT}


def test_a_call_that_cost_more_than_was_reserved_is_counted_as_it_was(payer):
    budget.settle(reserve(payer), 2 * 100 * CENT)
    assert set(spent().values()) == {2}


def test_what_the_console_says_of_a_brand_stands_before_the_settings(brand, payer):
    Budget.objects.create(brand=brand, day=1, visitor_day=50)
    reserve(payer)
    with pytest.raises(BudgetSpentError, match="brand"):
        reserve(payer)
    assert budget.caps_of(brand.pk).month == 100


def test_a_budget_of_nothing_lets_no_call_be_made(brand, payer):
    Budget.objects.create(brand=brand, day=0)
    with pytest.raises(BudgetSpentError):
        reserve(payer, cents=1)


def test_new_visitors_leave_a_share_to_those_known_and_these_to_those_signed_in(payer):
    new, known = replace(payer, tier="new"), replace(payer, tier="known")
    reserve(new, 7000)
    with pytest.raises(BudgetSpentError):
        reserve(new, 1)
    reserve(known, 1500)
    with pytest.raises(BudgetSpentError):
        reserve(known, 1)
    reserve(payer, 1500)
    with pytest.raises(BudgetSpentError):
        reserve(payer, 1)


def test_an_address_holds_its_visitors_and_not_those_signed_in(payer, budgets):
    budgets["address_day"] = "1"
    reserve(replace(payer, visitor="bot 1", tier="new", address="hotel"))
    with pytest.raises(BudgetSpentError, match="address"):
        reserve(replace(payer, visitor="bot 2", tier="new", address="hotel"))
    reserve(replace(payer, visitor="guest", tier="client", address="hotel"))


def test_one_brand_s_spending_leaves_another_s(payer, other_brand, budgets):
    budgets["day"] = "1"
    reserve(payer)
    reserve(Payer(other_brand.pk, visitor="eve", tier="client"))


def test_no_more_is_reserved_than_a_token_a_byte_can_cost(payer):
    dear = Price.objects.get(model="m")
    dear.input, dear.stored = 100_000, 200_000
    dear.save()
    prompt = Prompt("é" * 50, (Said("user", "Who?"),), max_tokens=0, payer=payer)
    bound = budget.most(budget.rate_of("m"), prompt)
    assert bound == Decimal("0.2") * (100 + 4 + 2 * budget.FRAMING)


def test_tokens_nobody_told_are_counted_from_the_words(payer):
    prompt = Prompt("x" * 90, (Said("user", "y" * 10),), max_tokens=5, payer=payer)
    assert budget.counted(prompt, 31) == Usage(34, 11)


def test_a_call_whose_process_died_is_counted_in_full_after_a_while(payer, brand):
    reserve(payer)
    assert budget.sweep() == 0
    later = timezone.now() + budget.OVERDUE + timedelta(seconds=1)
    assert budget.sweep(later) == 1
    assert budget.sweep(later) == 0
    assert set(spent().values()) == {1}
    assert set(taken().values()) == {0}
    call = Call.objects.get()
    assert (call.outcome, call.cost, call.brand) == ("lost", 1, brand)


def test_the_ledger_knows_a_visitor_by_a_fingerprint_alone(payer):
    reserve(payer)
    assert Reservation.objects.get().visitor == budget.pseudonym("ada") != "ada"


def test_a_forgotten_visitor_leaves_no_fingerprint(payer, brand):
    reservation = reserve(payer)
    known_as = budget.pseudonym("ada")
    Call.objects.create(provider="p", model="m", purpose="answer", outcome="ok", visitor=known_as)
    budget.forget_visitor("ada")
    assert not Call.objects.filter(visitor=known_as).exists()
    assert not Spending.objects.filter(scope__startswith="visitor").exists()
    assert budget.settle(reservation, CENT) == ""
    assert spent()["brand"] == CENT


def test_old_spending_is_forgotten(payer):
    reserve(payer)
    assert budget.forget_old(timezone.now() + budget.VISITORS_KEPT) == 0
    assert budget.forget_old(timezone.now() + timedelta(days=3)) == 1
    assert budget.forget_old(timezone.now() + timedelta(days=70)) == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scope", ["visitor_day", "installation_day"])
def test_fifty_at_once_never_pass_a_cap(payer, budgets, scope):
    budgets[scope] = "20"

    def one(number):
        close_old_connections()
        visitor = "ada" if scope == "visitor_day" else f"visitor {number}"
        try:
            return reserve(replace(payer, visitor=visitor)) is not None
        except BudgetSpentError:
            return False
        finally:
            close_old_connections()

    with ThreadPoolExecutor(10) as pool:
        allowed = list(pool.map(one, range(50)))
    assert sum(allowed) == 20 == Reservation.objects.count()
    assert taken()["installation"] == taken()["brand"] == taken()["month"] == 20


@pytest.mark.django_db(transaction=True)
def test_reserving_and_settling_at_once_loses_no_cent(payer):
    def one(number):
        close_old_connections()
        try:
            with transaction.atomic():
                budget.settle(reserve(payer, 10), CENT)
        finally:
            close_old_connections()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(40)))
    assert set(spent().values()) == {40 * CENT}
    assert set(taken().values()) == {0}
