"""Tools offered, asked for and answered in every wire format."""

import pytest

from concierge.llm import errors, toolcalls
from concierge.llm.openai import cache_key
from concierge.llm.protocol import Called, Prompt, Result, Said, Tool, ToolCall, Usage
from tests.fake_provider import Script
from tests.llm.test_adapters import failure, heard
from tests.provider_wires import Wanted, offered, results

SEARCH = Tool(
    "search_archive",
    "Looks in the archive.",
    {"type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]},
)
FACTS = Tool("product_facts", "What the rows have.", {"type": "object"})
HERON = Wanted("search_archive", ('{"que', 'ry": "h\u00e9ron"}'), "call_a")
PRICE = Wanted("product_facts", ("{", "}"), "call_b")
CALLS = (
    ToolCall("call_a", "search_archive", '{"query": "h\u00e9ron"}'),
    ToolCall("call_b", "product_facts", "{}"),
)
ASKED = Prompt("Rules.", (Said("user", "The heron?"),), 300, tools=(SEARCH, FACTS))


def answering(*messages, tools=(SEARCH, FACTS)):
    return Prompt("Rules.", (Said("user", "The heron?"), *messages), 300, tools=tools)


def called(parts):
    return [part for part in parts if isinstance(part, ToolCall)]


async def test_the_prompts_tools_are_offered(model, provider):
    provider.will(Script("Yes."))
    await heard(model, ASKED)
    body = provider.requests[0].body
    assert offered(body) == ["search_archive", "product_facts"]
    assert "Looks in the archive." in str(body["tools"])
    assert "'required': ['query']" in str(body["tools"])


async def test_without_tools_none_are_spoken_of(model, provider, prompt):
    provider.will(Script("Yes."))
    await heard(model, prompt)
    assert not {"tools", "tool_choice"} & set(provider.requests[0].body)


async def test_parallel_calls_come_whole_and_in_order_after_the_words(model, provider):
    provider.will(Script("Let me look.", wants=(HERON, PRICE)))
    parts = await heard(model, ASKED)
    assert "".join(part for part in parts if isinstance(part, str)) == "Let me look."
    assert called(parts) == list(CALLS)
    assert Usage(100, 20) in parts


async def test_a_call_needs_no_words_before_it(model, provider):
    provider.will(Script("", wants=(HERON,)))
    assert [part for part in await heard(model, ASKED) if not isinstance(part, Usage)] == [CALLS[0]]


async def test_a_call_without_arguments_has_an_empty_object(model, provider):
    provider.will(Script("", wants=(Wanted("product_facts", ()),)))
    assert called(await heard(model, ASKED)) == [ToolCall("call_1", "product_facts", "{}")]


async def test_arguments_that_are_no_json_are_given_as_they_are(model, provider):
    provider.will(Script("", wants=(Wanted("product_facts", ('{"sku": ',)),)))
    assert [call.arguments for call in called(await heard(model, ASKED))] == ['{"sku": ']


@pytest.mark.parametrize(
    "wanted", [Wanted(""), Wanted("search_archive", id="")], ids=["name", "id"]
)
async def test_a_call_without_name_or_id_is_a_bad_response(model, provider, wanted):
    provider.will(Script("", wants=(wanted,)))
    words, raised = await failure(model, ASKED)
    assert (words, type(raised)) == ([], errors.BadResponseError)


@pytest.mark.parametrize(
    "wants",
    [
        (Wanted("search_archive", ("x" * (toolcalls.ARGUMENTS_LIMIT + 1),)),),
        (Wanted("search_archive"),) * (toolcalls.CALLS_LIMIT + 1),
    ],
    ids=["arguments", "calls"],
)
async def test_calls_beyond_the_limits_are_a_bad_response(model, provider, wants):
    provider.will(Script("", wants=wants))
    _, raised = await failure(model, ASKED)
    assert isinstance(raised, errors.BadResponseError)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("cut", errors.CutError),
        ("drop", errors.CutError),
        ("json", errors.BadResponseError),
        ("utf8", errors.BadResponseError),
        ("overloaded", errors.OverloadedError),
        ("length", errors.LengthError),
    ],
)
async def test_a_call_broken_in_its_arguments_is_not_given(model, provider, fault, error):
    provider.will(Script("", wants=(HERON,), fault=fault, after=2))
    parts, raised = await failure(model, ASKED)
    assert (parts, type(raised)) == ([], error)


async def test_results_are_sent_back_under_the_ids_of_their_calls(model, provider):
    provider.will(Script("Nine colours."))
    prompt = answering(Called(CALLS, "Let me look."), *map(Result, CALLS, ("In 1934", "390 EUR")))
    await heard(model, prompt)
    body = provider.requests[0].body
    assert results(body) == {"call_a": "In 1934", "call_b": "390 EUR"}
    assert "Let me look." in str(body)
    assert "h\u00e9ron" in str(body)


async def test_broken_arguments_are_sent_back_as_an_empty_object(model, provider):
    provider.will(Script("Yes."))
    call = ToolCall("call_a", "search_archive", '{"query": ')
    await heard(model, answering(Called((call,)), Result(call, "Not understood.")))
    assert '{"query": ' not in str(provider.requests[0].body)


async def test_calls_may_be_told_of_when_no_further_one_may_be_made(model, provider):
    provider.will(Script("Nine colours."))
    prompt = answering(Called(CALLS), *map(Result, CALLS, ("In 1934", "390 EUR")), tools=())
    await heard(model, prompt)
    body = provider.requests[0].body
    assert not body.get("tools") or body["tool_choice"] == {"type": "none"}


@pytest.mark.parametrize("model", ["messages"], indirect=True)
async def test_results_and_what_is_said_with_them_are_one_message_of_the_clients(model, provider):
    provider.will(Script("Yes."))
    results = map(Result, CALLS, ("In 1934", "390 EUR"))
    await heard(model, answering(Called(CALLS), *results))
    messages = provider.requests[0].body["messages"]
    assert [message["role"] for message in messages] == ["user", "assistant", "user"]
    assert [block["type"] for block in messages[1]["content"]] == ["tool_use", "tool_use"]
    assert [block["type"] for block in messages[2]["content"]] == ["tool_result", "tool_result"]


@pytest.mark.parametrize("model", ["messages"], indirect=True)
async def test_the_rules_and_the_older_messages_are_kept_by_the_provider(model, provider, prompt):
    provider.will(Script("Yes."))
    await heard(model, prompt)
    body = provider.requests[0].body
    assert "cache_control" in body["system"][-1]
    blocks = [block for message in body["messages"] for block in message["content"]]
    assert ["cache_control" in block for block in blocks] == [False, True, False]


@pytest.mark.parametrize("model", ["chat", "responses"], indirect=True)
async def test_requests_with_the_same_rules_share_a_cache(model, provider, prompt):
    provider.will(Script("Yes."), Script("Yes."))
    await heard(model, prompt)
    await heard(model, Prompt(prompt.system, (Said("user", "Another"),), 9))
    keys = [received.body["prompt_cache_key"] for received in provider.requests]
    assert keys == [cache_key(prompt)] * 2
    assert cache_key(ASKED) != cache_key(prompt)


async def test_tokens_read_from_a_cache_are_told(model, provider, prompt):
    provider.will(Script("Yes.", cached=60))
    assert Usage(100, 20, cached_tokens=60) in await heard(model, prompt)


@pytest.mark.parametrize("model", ["messages"], indirect=True)
async def test_tokens_put_into_a_cache_are_told(model, provider, prompt):
    provider.will(Script("Yes.", cached=20, stored=30))
    assert Usage(100, 20, cached_tokens=20, stored_tokens=30) in await heard(model, prompt)


def test_an_id_begins_another_call_even_at_the_same_place():
    calls = toolcalls.Calls()
    for key, arguments in (("a", '{"n": 1}'), ("b", '{"n": 2}')):
        calls.hear(0, key=key, name="search_archive", arguments=arguments)
    assert [(call.id, call.arguments) for call in calls.whole()] == [
        ("a", '{"n": 1}'),
        ("b", '{"n": 2}'),
    ]
