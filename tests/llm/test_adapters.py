"""Every adapter against a server that speaks its wire format, well and badly."""

import asyncio
import logging
import socket
from contextlib import ExitStack, aclosing

import pytest

from concierge.llm import errors
from concierge.llm.anthropic import Anthropic
from concierge.llm.openai import OpenAI
from concierge.llm.protocol import Endpoint, Prompt, Said, Usage
from tests.fake_provider import Gate, Script


async def heard(model, prompt):
    return [part async for part in model.stream(prompt)]


async def failure(model, prompt):
    """The words and calls that came, and the error after them."""
    parts = []
    try:
        async for part in model.stream(prompt):
            parts += [] if isinstance(part, Usage) else [part]
    except errors.ProviderError as error:
        return parts, error
    pytest.fail("It should have failed.")


async def test_words_come_as_they_are_sent(model, provider, prompt):
    provider.will(Script("Un café au Héron."))
    words = [part for part in await heard(model, prompt) if isinstance(part, str)]
    assert words[0].startswith("Un ")
    assert "".join(words) == "Un café au Héron."


async def test_the_first_word_is_heard_before_the_second_is_sent(model, provider, prompt):
    gate = Gate()
    provider.will(Script("First second", gate=gate, after=1))
    async with aclosing(model.stream(prompt)) as parts:
        assert await anext(parts) == "First "
        gate.release()
        assert await anext(parts) == "second"


async def test_the_usage_is_told(model, provider, prompt):
    provider.will(Script("Yes."))
    assert (await heard(model, prompt))[-1] == Usage(input_tokens=100, output_tokens=20)


async def test_the_whole_prompt_is_sent_with_its_limit(model, provider, prompt):
    provider.will(Script("Yes."))
    await heard(model, prompt)
    body = provider.requests[0].body
    said = str(body.get("messages") or body.get("input"))
    assert all(text in said for text in ("Hello", "Good day", "Who?"))
    assert "Speak for the house." in str(body)
    limits = ("max_tokens", "max_completion_tokens", "max_output_tokens")
    assert [body[name] for name in limits if name in body] == [300]
    assert body["stream"] is True


async def test_the_key_is_sent_in_the_providers_header(model, provider, prompt):
    provider.will(Script("Yes."))
    await heard(model, prompt)
    headers = {name.lower(): value for name, value in provider.requests[0].headers.items()}
    assert "a-key" in (headers.get("authorization", "") + headers.get("x-api-key", ""))


async def test_a_second_answer_uses_the_same_connection(model, provider, prompt):
    provider.will(Script("One."), Script("Two."))
    await heard(model, prompt)
    connector = model.client._client._transport.client.connector
    assert len(connector._conns) == 1
    await heard(model, prompt)
    assert len(connector._conns) == 1


async def test_a_reader_who_leaves_closes_the_connection(model, provider, prompt):
    provider.will(Script("One two three", gate=Gate(), after=1))
    async with aclosing(model.stream(prompt)) as parts:
        await anext(parts)
    assert await asyncio.to_thread(provider.requests[0].left.wait, 5)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, errors.BadRequestError),
        (401, errors.UnauthorisedError),
        (404, errors.UnknownModelError),
        (413, errors.TooLongError),
        (429, errors.RateLimitedError),
        (500, errors.ServerFaultError),
        (503, errors.OverloadedError),
        (529, errors.OverloadedError),
    ],
)
async def test_a_status_becomes_its_error_after_one_request(model, provider, prompt, status, error):
    provider.will(Script(status=status))
    words, raised = await failure(model, prompt)
    assert (words, type(raised), len(provider.requests)) == ([], error, 1)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("2", 2), ("0.5", 0.5), ("Sat, 01 Jan 2000 00:00:00 GMT", 0), ("soon", None), ("", None)],
)
@pytest.mark.parametrize("status", [429, 503])
async def test_the_wait_a_provider_asks_for_is_told(
    model, provider, prompt, status, header, seconds
):
    provider.will(Script(status=status, retry_after=header))
    _, raised = await failure(model, prompt)
    assert raised.retry_after == seconds


async def test_nobody_answers_while_the_server_refuses(model, provider, prompt):
    provider.will(Script("Yes."))
    with provider.refusing():
        assert await failure(model, prompt) == ([], Matching(errors.RefusedError))
    assert "Yes." in await heard(model, prompt)


@pytest.mark.parametrize("text", ["a\x00b", "a\ud83db"])
async def test_what_cannot_be_stored_is_replaced(model, provider, prompt, text):
    provider.will(Script(chunks=(text,)))
    assert (await heard(model, prompt))[0] == "a\ufffdb"


@pytest.mark.parametrize(
    ("script", "error"),
    [
        (Script("One two three", fault="cut", after=2), errors.CutError),
        (Script("One two three", fault="json", after=2), errors.BadResponseError),
        (Script("One two three", fault="utf8", after=2), errors.BadResponseError),
        (Script("One two three", fault="error", after=2), errors.ServerFaultError),
        (Script("One two three", fault="overloaded", after=2), errors.OverloadedError),
        (Script("One two three", fault="enormous", after=2), errors.BadResponseError),
    ],
    ids=lambda value: getattr(value, "fault", ""),
)
async def test_an_answer_broken_in_the_middle_fails_after_its_words(
    model, provider, prompt, script, error
):
    provider.will(script)
    words, raised = await failure(model, prompt)
    assert ("".join(words), type(raised)) == ("One two ", error)


async def test_a_dropped_connection_fails_after_a_beginning_of_its_words(model, provider, prompt):
    """What had come and was not yet read goes with the connection."""
    provider.will(Script("One two three", fault="drop", after=2))
    words, raised = await failure(model, prompt)
    assert ("".join(words), type(raised)) in [
        (beginning, errors.CutError) for beginning in ("", "One ", "One two ")
    ]


async def test_a_page_instead_of_a_stream_is_a_bad_response(model, provider, prompt):
    provider.will(Script(fault="html"))
    assert await failure(model, prompt) == ([], Matching(errors.BadResponseError))


async def test_an_answer_that_reached_the_limit_is_not_whole(model, provider, prompt):
    provider.will(Script("One", fault="length"))
    assert await failure(model, prompt) == (["One"], Matching(errors.LengthError))


async def test_a_declined_answer_says_so(model, provider, prompt):
    provider.will(Script("One", fault="declined"))
    assert await failure(model, prompt) == (["One"], Matching(errors.DeclinedError))


async def test_overload_in_the_middle_is_named(provider, prompt):
    model = Anthropic(Endpoint("anthropic", "m", "k", provider.url))
    provider.will(Script("One two", fault="error", code="overloaded_error", after=1))
    assert await failure(model, prompt) == (["One "], Matching(errors.OverloadedError))
    await model.aclose()


async def test_a_prompt_too_long_is_the_prompts_fault(provider, prompt):
    model = OpenAI(Endpoint("openai", "m", "k", provider.openai_url))
    provider.will(Script(status=400, code="context_length_exceeded"))
    _, raised = await failure(model, prompt)
    assert isinstance(raised, errors.TooLongError)
    assert (raised.of_prompt, raised.permanent) == (True, True)
    await model.aclose()


@pytest.mark.parametrize("adapter", [OpenAI, Anthropic])
async def test_a_closed_port_is_refused(adapter, prompt):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    model = adapter(Endpoint("any", "m", "k", f"http://127.0.0.1:{port}"))
    assert await failure(model, prompt) == ([], Matching(errors.RefusedError))
    await model.aclose()


@pytest.mark.parametrize("adapter", [OpenAI, Anthropic])
async def test_a_server_that_does_not_take_the_connection_is_too_late(adapter, prompt):
    with ExitStack() as sockets:
        listener = sockets.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        for _ in range(2):  # fill the backlog: the next is left waiting
            waiting = sockets.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(address)
        endpoint = Endpoint("any", "m", "k", f"http://127.0.0.1:{address[1]}")
        model = adapter(endpoint, connect=0.05)
        assert await failure(model, prompt) == ([], Matching(errors.ConnectTimeoutError))
        await model.aclose()


async def test_responses_are_not_kept_by_the_provider(provider, prompt):
    model = OpenAI(Endpoint("openai", "m", "k", provider.openai_url, "responses"))
    provider.will(Script("Yes."))
    await heard(model, prompt)
    assert provider.requests[0].body["store"] is False
    await model.aclose()


async def test_no_prompt_or_answer_is_logged(model, provider, caplog):
    caplog.set_level(logging.DEBUG)
    provider.will(Script("An answer nobody else reads."), Script("A half", fault="cut", after=1))
    prompt = Prompt("sys", (Said("user", "My wedding is in June"),), 50)
    await heard(model, prompt)
    await failure(model, prompt)
    assert "wedding" not in caplog.text
    assert "nobody else" not in caplog.text


class Matching:
    """Equal to any error of this type."""

    def __init__(self, kind):
        self.kind = kind

    def __eq__(self, other):
        return type(other) is self.kind

    __hash__ = None
