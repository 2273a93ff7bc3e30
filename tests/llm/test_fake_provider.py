"""The stand-in is only worth what the SDKs themselves make of it."""

import anthropic
import openai
import pytest

from tests.fake_provider import Script


@pytest.fixture
async def openai_client(provider):
    async with openai.AsyncOpenAI(api_key="k", base_url=provider.openai_url) as client:
        yield client


async def test_its_chat_completions_are_read_by_the_sdk(provider, openai_client):
    provider.will(Script("The heron."))
    messages = [{"role": "user", "content": "What?"}]
    async with openai_client.chat.completions.stream(model="m", messages=messages) as stream:
        completion = await stream.get_final_completion()
    assert completion.choices[0].message.content == "The heron."
    assert completion.choices[0].finish_reason == "stop"


async def test_its_responses_are_read_by_the_sdk(provider, openai_client):
    provider.will(Script("The heron."))
    async with openai_client.responses.stream(model="m", input="What?") as stream:
        words = [event.delta async for event in stream if event.type.endswith("text.delta")]
        response = await stream.get_final_response()
    assert ("".join(words), response.status) == ("The heron.", "completed")


async def test_its_messages_are_read_by_the_sdk(provider):
    provider.will(Script("The heron."))
    async with anthropic.AsyncAnthropic(api_key="k", base_url=provider.url) as client:
        messages = [{"role": "user", "content": "What?"}]
        async with client.messages.stream(model="m", messages=messages, max_tokens=9) as stream:
            message = await stream.get_final_message()
    assert message.content[0].text == "The heron."
    assert (message.stop_reason, message.usage.output_tokens) == ("end_turn", 20)


async def test_its_errors_are_read_by_the_sdk(provider, openai_client):
    provider.will(Script(status=429))
    with pytest.raises(openai.RateLimitError):
        await openai_client.with_options(max_retries=0).responses.create(model="m", input="What?")
