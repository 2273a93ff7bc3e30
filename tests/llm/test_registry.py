"""Which models a house has follows from its settings alone."""

import asyncio

import pytest

from concierge.llm import registry
from concierge.llm.anthropic import Anthropic
from concierge.llm.openai import OpenAI
from concierge.llm.upstream import upstream

OPENAI = {"adapter": "concierge.llm.openai.OpenAI", "api_key": "k", "model": "gpt-5-mini"}
ANTHROPIC = {"adapter": "concierge.llm.anthropic.Anthropic", "api_key": "k", "model": "claude"}


@pytest.fixture
def configure(settings):
    def configure(order, **providers):
        settings.LLM_ORDER, settings.LLM_PROVIDERS = order, providers

    return configure


async def test_models_come_in_the_settings_order(configure):
    configure(["anthropic", "openai"], openai=OPENAI, anthropic=ANTHROPIC)
    assert [type(model) for model in await registry.models()] == [Anthropic, OpenAI]


async def test_a_provider_without_a_key_is_left_out(configure):
    configure(["openai", "anthropic"], openai={**OPENAI, "api_key": ""}, anthropic=ANTHROPIC)
    assert [model.endpoint.provider for model in await registry.models()] == ["anthropic"]


async def test_a_server_of_the_houses_own_needs_no_key(configure):
    local = {**OPENAI, "api_key": "", "base_url": "http://127.0.0.1:1/v1", "model": "local"}
    configure(["openai"], openai=local)
    assert [model.endpoint.model for model in await registry.models()] == ["local"]


async def test_without_any_provider_there_are_no_models(configure):
    configure([])
    assert await registry.models() == ()


async def test_a_provider_that_cannot_be_made_is_left_out(configure, caplog):
    configure(["gone", "openai"], gone={**OPENAI, "adapter": "no.such.Adapter"}, openai=OPENAI)
    assert [model.endpoint.provider for model in await registry.models()] == ["openai"]
    assert "model_not_made" in caplog.text


async def test_a_loop_keeps_its_clients(configure):
    configure(["openai"], openai=OPENAI)
    assert await registry.models() == await registry.models()
    assert (await upstream()).breaker is (await upstream()).breaker


def test_a_loop_that_ends_closes_its_clients(configure):
    configure(["openai"], openai=OPENAI)
    (first,) = asyncio.run(registry.models())
    (second,) = asyncio.run(registry.models())
    assert first is not second
    assert first.client.is_closed()
    assert second.client.is_closed()
