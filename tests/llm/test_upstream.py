"""One question to one model: in time, counted by the breaker and written down."""

from contextlib import aclosing

import pytest

from concierge.llm import errors, ledger
from concierge.llm.breaker import FAILURES
from concierge.llm.deadlines import Deadlines
from concierge.llm.models import Call
from concierge.llm.protocol import Endpoint, Usage
from concierge.llm.upstream import Upstream
from tests.fake_provider import Gate, Script

SHORT = 0.05  # seconds


@pytest.fixture
def calls():
    return []


@pytest.fixture
def upstream(breaker, calls):
    return Upstream(breaker, calls.append)


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
        await asked(Upstream(breaker, calls.append, deadlines), model, prompt)
    assert [spent.outcome for spent in calls] == [error.reason]


async def test_a_client_who_leaves_is_written_down(upstream, model, provider, prompt, calls):
    provider.will(Script("One two", gate=Gate(), after=1))
    async with aclosing(upstream.ask(model, prompt)) as words:
        await anext(words)
    assert [spent.outcome for spent in calls] == ["cancelled"]


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
    await asked(Upstream(breaker), model, prompt)
    await ledger.settled()
    call = await Call.objects.aget()
    assert (call.input_tokens, call.output_tokens, call.outcome) == (100, 20, "ok")
    assert call.cost == ledger.cost(model.endpoint.model, Usage(100, 20)) > 0


def test_a_dated_name_costs_what_its_undated_one_does():
    usage = Usage(1_000_000, 1_000_000)
    assert ledger.cost("claude-haiku-4-5-20251001", usage) == 6
    assert ledger.cost("gpt-5-mini-2025-08-07", usage) == ledger.cost("gpt-5-mini", usage)


def test_cached_tokens_cost_less():
    assert (
        ledger.cost("gpt-5-mini", Usage(1_000_000, 0, 1_000_000))
        == ledger.price_of("gpt-5-mini")["cached"]
    )


def test_tokens_put_into_a_cache_cost_what_the_provider_asks_for_them():
    stored = Usage(1_000_000, 0, stored_tokens=1_000_000)
    assert ledger.cost("claude-haiku-4-5", stored) == ledger.price_of("claude-haiku-4-5")["stored"]
    assert ledger.cost("gpt-5-mini", stored) == ledger.price_of("gpt-5-mini")["input"]


def test_a_model_without_a_price_has_no_cost():
    assert ledger.cost("qwen3:8b", Usage(10, 10)) is None


def test_unknown_settings_of_a_provider_are_left_to_its_adapter():
    made = Endpoint.of("local", {"adapter": "x.Y", "model": "m", "colour": "red"})
    assert made == Endpoint("local", "m")
