"""One question to one model: in time, counted by the breaker and written down."""

import asyncio
from contextlib import aclosing
from dataclasses import replace

import pytest

from archive.threads import in_thread
from concierge.llm import errors, ledger
from concierge.llm.breaker import FAILURES
from concierge.llm.deadlines import Deadlines
from concierge.llm.models import Budget, Call, Reservation, Spending
from concierge.llm.price import rate_of
from concierge.llm.protocol import Endpoint, Payer, Usage
from concierge.llm.upstream import Upstream
from tests.discretion import PLAIN
from tests.fake_provider import Gate, Script, free

SHORT = 0.05  # seconds


@pytest.fixture
def calls():
    return []


@pytest.fixture
def upstream(breaker, calls):
    return Upstream(breaker, calls.append, allow=free, discretion=PLAIN)


async def asked(upstream, model, prompt):
    return "".join([words async for words in upstream.ask(model, prompt)])


async def test_a_whole_answer_is_given_and_written_down(upstream, model, provider, prompt, calls):
    provider.will(Script("The heron."))
    assert await asked(upstream, model, prompt) == "The heron."
    (spent,) = calls
    assert (spent.provider, spent.model) == (model.endpoint.provider, model.endpoint.model)
    assert (spent.outcome, spent.reference, spent.purpose) == ("ok", "answer-7", "answer")
    assert spent.usage == Usage(100, 20)
    assert 0 <= spent.first_token_ms <= spent.total_ms


async def test_an_empty_answer_is_a_failure(upstream, model, provider, prompt, calls):
    provider.will(Script(fault="empty"))
    with pytest.raises(errors.EmptyError):
        await asked(upstream, model, prompt)
    assert [spent.outcome for spent in calls] == ["empty"]


@pytest.mark.parametrize(
    ("script", "deadlines", "error"),
    [
        (
            Script("One two", fault="silent"),
            Deadlines(first_token=SHORT),
            errors.FirstTokenTimeoutError,
        ),
        (
            Script("One two", fault="silent", after=1),
            Deadlines(idle=SHORT),
            errors.IdleTimeoutError,
        ),
        (
            Script("One two", fault="silent", after=1),
            Deadlines(whole=SHORT),
            errors.WholeTimeoutError,
        ),
    ],
    ids=["first token", "idle", "whole"],
)
async def test_a_silent_provider_runs_out_of_time(
    breaker, calls, model, provider, prompt, script, deadlines, error
):
    provider.will(script)
    with pytest.raises(error):
        await asked(
            Upstream(breaker, calls.append, deadlines, allow=free, discretion=PLAIN), model, prompt
        )
    assert [spent.outcome for spent in calls] == [error.reason]


async def test_a_client_who_leaves_is_written_down(upstream, model, provider, prompt, calls):
    provider.will(Script("One two", gate=Gate(), after=1))
    async with aclosing(upstream.ask(model, prompt)) as words:
        await anext(words)
    assert [spent.outcome for spent in calls] == ["cancelled"]


async def left(upstream, model, prompt):
    """Ask, and go away after the first word."""
    async with aclosing(upstream.ask(model, prompt)) as words:
        await anext(words)


async def test_a_client_who_leaves_is_no_failure_of_the_providers(
    upstream, breaker, model, provider, prompt
):
    provider.will(*[Script("One two", fault="silent", after=1)] * FAILURES)
    for _ in range(FAILURES):
        await left(upstream, model, prompt)
    await breaker.admit(model.endpoint.provider)


async def test_a_client_who_leaves_is_no_success_either(upstream, model, provider, prompt):
    failing = [Script(status=500)] * (FAILURES - 1)
    provider.will(*failing, Script("One two", fault="silent", after=1), Script(status=500))
    for _ in failing:
        with pytest.raises(errors.ServerFaultError):
            await asked(upstream, model, prompt)
    await left(upstream, model, prompt)
    with pytest.raises(errors.ServerFaultError):
        await asked(upstream, model, prompt)
    with pytest.raises(errors.CircuitOpenError):
        await asked(upstream, model, prompt)


async def test_an_open_circuit_sends_nothing(upstream, model, provider, prompt, calls):
    for _ in range(FAILURES):
        provider.will(Script(status=500))
        with pytest.raises(errors.ServerFaultError):
            await asked(upstream, model, prompt)
    with pytest.raises(errors.CircuitOpenError):
        await asked(upstream, model, prompt)
    assert (len(provider.requests), len(calls)) == (FAILURES, FAILURES)


async def test_an_answer_closes_the_circuit(upstream, breaker, redis, model, provider, prompt):
    provider.will(Script(status=500), Script("Yes."))
    with pytest.raises(errors.ServerFaultError):
        await asked(upstream, model, prompt)
    await asked(upstream, model, prompt)
    assert await redis.keys("concierge:breaker:*") == []


@pytest.mark.django_db(transaction=True)
async def test_the_ledger_keeps_what_a_call_cost(breaker, model, provider, prompt):
    provider.will(Script("Yes."))
    await asked(Upstream(breaker, discretion=PLAIN), model, prompt)
    await ledger.settled()
    call = await Call.objects.aget()
    assert (call.input_tokens, call.output_tokens, call.outcome) == (100, 20, "ok")
    rate = await in_thread(rate_of)(model.endpoint.model)
    assert call.cost == rate.cost(Usage(100, 20)) > 0


@pytest.fixture
def paid(prompt, brand):
    return replace(prompt, payer=Payer(brand.pk, visitor="ada"))


async def spent():
    await ledger.settled()
    rows = [row async for row in Spending.objects.all()]
    assert len(rows) == 4
    assert {row.reserved for row in rows} == {0}
    return {row.spent for row in rows}


@pytest.mark.django_db(transaction=True)
async def test_a_call_that_is_paid_for_is_reserved_and_then_settled(
    breaker, model, provider, paid, brand
):
    provider.will(Script("Yes.", gate=(gate := Gate())))
    asking = asyncio.create_task(asked(Upstream(breaker, discretion=PLAIN), model, paid))
    await asyncio.to_thread(gate.reached.wait, 10)
    held = await Reservation.objects.aget()
    assert held.amount > 0 == (await Spending.objects.afirst()).spent
    gate.release()
    await asking
    await ledger.settled()
    call = await Call.objects.aget()
    assert (call.brand_id, call.visitor, call.estimated) == (brand.pk, held.visitor, False)
    assert await spent() == {call.cost}
    assert 0 < call.cost < held.amount


@pytest.mark.django_db(transaction=True)
async def test_a_call_that_was_turned_away_costs_nothing(breaker, model, provider, paid):
    provider.will(Script(status=500))
    with pytest.raises(errors.ServerFaultError):
        await asked(Upstream(breaker, discretion=PLAIN), model, paid)
    assert await spent() == {0}


@pytest.mark.django_db(transaction=True)
async def test_a_call_that_broke_off_is_counted_by_its_words(breaker, model, provider, paid):
    provider.will(Script("One two three", fault="cut", after=2))
    with pytest.raises(errors.ProviderError):
        await asked(Upstream(breaker, discretion=PLAIN), model, paid)
    (cost,) = await spent()
    call = await Call.objects.aget()
    assert call.estimated
    assert cost == call.cost > 0
    assert call.output_tokens == 3


@pytest.mark.django_db(transaction=True)
async def test_a_spent_budget_sends_nothing(breaker, model, provider, paid, brand):
    await Budget.objects.acreate(brand=brand, visitor_day=0)
    with pytest.raises(errors.BudgetSpentError):
        await asked(Upstream(breaker, discretion=PLAIN), model, paid)
    await ledger.settled()
    assert (provider.requests, await Call.objects.acount()) == ([], 0)


@pytest.mark.django_db(transaction=True)
async def test_an_open_circuit_gives_back_what_was_reserved(breaker, model, provider, prompt, paid):
    for _ in range(FAILURES):
        provider.will(Script(status=500))
        with pytest.raises(errors.ServerFaultError):
            await asked(Upstream(breaker, discretion=PLAIN), model, prompt)
    with pytest.raises(errors.CircuitOpenError):
        await asked(Upstream(breaker, discretion=PLAIN), model, paid)
    assert await spent() == {0}


def test_unknown_settings_of_a_provider_are_left_to_its_adapter():
    made = Endpoint.of("local", {"adapter": "x.Y", "model": "m", "colour": "red"})
    assert made == Endpoint("local", "m")
