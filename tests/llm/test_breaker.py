"""A provider that keeps failing is left alone for a while, by every process."""

import asyncio

import pytest
from django.conf import settings

from concierge.llm.breaker import (
    COOL_DOWN,
    FAILURES,
    LONGEST_REST,
    MOMENT,
    Admission,
    Breaker,
    connected,
)
from concierge.llm.errors import (
    CircuitOpenError,
    RateLimitedError,
    ServerFaultError,
    TooLongError,
)

ADMITTED = Admission("openai")
MANY = 200  # turns at once
AMPLE = 20.0  # seconds for Redis: what many do at once is asked here, not how soon


async def fail(breaker, times=FAILURES, error=None):
    for _ in range(times):
        await breaker.failed(ADMITTED, error or ServerFaultError())


async def admitted(breaker):
    """Whether a caller is let through now."""
    try:
        return await breaker.admit("openai")
    except CircuitOpenError:
        return None


async def test_it_stays_closed_below_its_limit(breaker):
    await fail(breaker, FAILURES - 1)
    await breaker.admit("openai")


async def test_it_opens_after_as_many_failures_in_a_row(breaker):
    await fail(breaker)
    with pytest.raises(CircuitOpenError):
        await breaker.admit("openai")


async def test_an_answer_between_failures_begins_the_count_again(breaker):
    await fail(breaker, FAILURES - 1)
    await breaker.worked(ADMITTED)
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
    await breaker.worked(await breaker.admit("openai"))
    assert not (await breaker.admit("openai")).is_trial


async def test_a_trial_that_fails_opens_it_for_another_cool_down(breaker, clock):
    await fail(breaker)
    clock.now += COOL_DOWN
    trial = await breaker.admit("openai")
    clock.now += 5
    await breaker.failed(trial, ServerFaultError())
    clock.now += COOL_DOWN - 1
    with pytest.raises(CircuitOpenError):
        await breaker.admit("openai")
    clock.now += 1
    await breaker.admit("openai")


async def test_without_redis_it_stands_aside(clock, tmp_path):
    breaker = Breaker(connected(f"unix://{tmp_path}/none.sock"), clock)
    await fail(breaker)
    await breaker.worked(ADMITTED)
    await breaker.admit("openai")


async def test_a_redis_that_does_not_answer_is_not_waited_for(clock):
    silent = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1")
    port = silent.sockets[0].getsockname()[1]
    breaker = Breaker(connected(f"redis://127.0.0.1:{port}"), clock)
    async with asyncio.timeout(5):
        assert await admitted(breaker)
    await breaker.aclose()
    silent.close()


async def test_a_trial_whose_caller_died_is_followed_by_another(breaker, clock):
    await fail(breaker)
    clock.now += COOL_DOWN
    await breaker.admit("openai")
    clock.now += COOL_DOWN
    assert (await breaker.admit("openai")).is_trial


async def test_a_trial_refused_for_its_prompt_closes_it(breaker, clock):
    await fail(breaker)
    clock.now += COOL_DOWN
    await breaker.failed(await breaker.admit("openai"), TooLongError())
    assert not (await breaker.admit("openai")).is_trial


async def test_an_answer_begun_before_it_opened_does_not_close_it(breaker):
    early = await breaker.admit("openai")
    await fail(breaker)
    await breaker.worked(early)
    assert not await admitted(breaker)


async def test_failures_that_come_late_do_not_keep_it_open_for_longer(breaker, clock):
    await fail(breaker)
    clock.now += COOL_DOWN - 1
    await fail(breaker)
    clock.now += 1
    assert await admitted(breaker)


async def test_a_provider_is_left_alone_for_as_long_as_it_asks(breaker, clock):
    await breaker.failed(ADMITTED, RateLimitedError(retry_after=60))
    clock.now += 59
    assert not await admitted(breaker)
    clock.now += 1
    assert await admitted(breaker)


async def test_it_is_not_left_alone_for_ever_because_it_asks(breaker, clock):
    await breaker.failed(ADMITTED, RateLimitedError(retry_after=86_400))
    clock.now += LONGEST_REST
    assert await admitted(breaker)


async def test_a_provider_busy_for_a_moment_is_asked_again(breaker):
    await breaker.failed(ADMITTED, RateLimitedError(retry_after=MOMENT))
    assert await admitted(breaker)


async def test_of_many_that_ask_at_once_it_lets_one_try(clock):
    breakers = [Breaker(connected(settings.REDIS_URL, AMPLE), clock) for _ in range(4)]
    await asyncio.gather(*(fail(each, MANY // 4) for each in breakers))
    clock.now += COOL_DOWN
    let_in = await asyncio.gather(*(admitted(breakers[n % 4]) for n in range(MANY)))
    assert sum(each is not None for each in let_in) == 1
    for each in breakers:
        await each.aclose()


async def test_many_at_once_are_all_asked_of_redis(clock, caplog):
    breaker = Breaker(connected(settings.REDIS_URL, AMPLE), clock)
    await asyncio.gather(*(breaker.admit("openai") for _ in range(MANY)))
    await asyncio.gather(*(fail(breaker, 1) for _ in range(MANY)))
    assert not await admitted(breaker)
    assert "breaker_stood_aside" not in caplog.text
    await breaker.aclose()
