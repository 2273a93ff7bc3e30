"""A provider that keeps failing is left alone for a while, by every process."""

import pytest
from redis.asyncio import Redis

from concierge.llm.breaker import COOL_DOWN, FAILURES, Breaker
from concierge.llm.errors import CircuitOpenError, ServerFaultError, TooLongError


async def fail(breaker, times=FAILURES, error=None):
    for _ in range(times):
        await breaker.failed("openai", error or ServerFaultError())


async def test_it_stays_closed_below_its_limit(breaker):
    await fail(breaker, FAILURES - 1)
    await breaker.admit("openai")


async def test_it_opens_after_as_many_failures_in_a_row(breaker):
    await fail(breaker)
    with pytest.raises(CircuitOpenError):
        await breaker.admit("openai")


async def test_an_answer_between_failures_begins_the_count_again(breaker):
    await fail(breaker, FAILURES - 1)
    await breaker.worked("openai")
    await fail(breaker, FAILURES - 1)
    await breaker.admit("openai")


async def test_it_leaves_other_providers_alone(breaker):
    await fail(breaker)
    await breaker.admit("anthropic")


async def test_a_prompt_at_fault_is_not_counted(breaker):
    await fail(breaker, error=TooLongError())
    await breaker.admit("openai")


async def test_another_process_finds_it_open(breaker, redis, clock):
    await fail(breaker)
    with pytest.raises(CircuitOpenError):
        await Breaker(redis, clock).admit("openai")


async def test_one_caller_may_try_after_the_cool_down(breaker, clock):
    await fail(breaker)
    clock.now += COOL_DOWN
    await breaker.admit("openai")
    with pytest.raises(CircuitOpenError):
        await breaker.admit("openai")


async def test_a_trial_that_works_closes_it(breaker, clock):
    await fail(breaker)
    clock.now += COOL_DOWN
    await breaker.admit("openai")
    await breaker.worked("openai")
    await breaker.admit("openai")


async def test_a_trial_that_fails_opens_it_for_another_cool_down(breaker, clock):
    await fail(breaker)
    clock.now += COOL_DOWN
    await breaker.admit("openai")
    await fail(breaker, 1)
    clock.now += COOL_DOWN - 1
    with pytest.raises(CircuitOpenError):
        await breaker.admit("openai")
    clock.now += 1
    await breaker.admit("openai")


async def test_without_redis_it_stands_aside(clock, tmp_path):
    breaker = Breaker(Redis.from_url(f"unix://{tmp_path}/none.sock"), clock)
    await fail(breaker)
    await breaker.worked("openai")
    await breaker.admit("openai")
