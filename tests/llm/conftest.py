"""A provider on this machine, models that speak to it, and a breaker under the test's own clock."""

from collections.abc import AsyncIterator, Iterator

import pytest
from django.conf import settings
from redis.asyncio import Redis

from concierge.llm.anthropic import Anthropic
from concierge.llm.breaker import Breaker
from concierge.llm.openai import OpenAI
from concierge.llm.protocol import Endpoint, Prompt, Said
from tests.fake_provider import FakeProvider


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def running_provider() -> Iterator[FakeProvider]:
    with FakeProvider() as provider:
        yield provider


@pytest.fixture
def provider(running_provider: FakeProvider) -> FakeProvider:
    running_provider.requests.clear()
    running_provider.scripts.clear()
    return running_provider


@pytest.fixture
async def redis() -> AsyncIterator[Redis]:
    async with Redis.from_url(settings.REDIS_URL) as connection:
        yield connection


@pytest.fixture
def breaker(redis: Redis, clock: Clock) -> Breaker:
    return Breaker(redis, clock)


@pytest.fixture
def prompt() -> Prompt:
    return Prompt(
        system="Speak for the house.",
        messages=(Said("user", "Hello"), Said("assistant", "Good day"), Said("user", "Who?")),
        max_tokens=300,
        reference="answer-7",
    )


@pytest.fixture(params=["chat", "responses", "messages"])
async def model(request, provider) -> AsyncIterator[OpenAI | Anthropic]:
    """Each way of speaking to a provider in turn."""
    if request.param == "messages":
        made = Anthropic(Endpoint("anthropic", "claude-haiku-4-5", "a-key", provider.url))
    else:
        endpoint = Endpoint("openai", "gpt-5-mini", "a-key", provider.openai_url, request.param)
        made = OpenAI(endpoint)
    yield made
    await made.aclose()
