"""Whatever befalls a provider, and wherever in its answer, a whole answer is what is left.

The whole matrix, at fifty places and through the product's own search, is `bench.faults`.
"""

from dataclasses import replace

import pytest
from django.conf import settings

from concierge.answering.converse import Converse
from concierge.answering.ladder import climb
from concierge.answering.turn import Done, Restart
from concierge.llm.allowance import MOST_CALLS, Allowance
from concierge.llm.anthropic import Anthropic
from concierge.llm.breaker import Breaker, connected
from concierge.llm.deadlines import Deadlines
from concierge.llm.openai import OpenAI
from concierge.llm.protocol import Endpoint
from concierge.llm.upstream import Upstream
from tests.answering.test_converse import SENTENCE, TURN
from tests.answering.test_ladder import LAST, Quoted
from tests.answering.test_verify import EVIDENCE
from tests.discretion import PLAIN
from tests.fake_provider import FakeProvider, Script, free
from tests.provider_faults import AT_ONCE, FAULTS, NOWHERE

WORDS = len(Script(SENTENCE).said({}))
PLACES = [
    (fault, at) for fault in FAULTS for at in ([0] if fault in AT_ONCE else [0, 4, WORDS - 1])
]
SHORT = Deadlines(first_token=1.0, idle=0.5)  # for those that are waited for
FORMATS = {"chat": "responses", "responses": "messages", "messages": "chat"}
REASONS = {
    "429 short": "rate_limited",
    "429 long": "rate_limited",
    "500 once": "server_error",
    "500 always": "server_error",
    "late": "timeout_first_token",
    "utf8": "bad_response",
    "json": "bad_response",
    "html": "bad_response",
    "enormous": "bad_response",
}


@pytest.fixture(scope="module")
def servers():
    with FakeProvider() as first, FakeProvider() as second:
        yield first, second


@pytest.fixture
def first(servers):
    servers[0].requests.clear()
    servers[0].scripts.clear()
    return servers[0]


@pytest.fixture
def second(servers):
    servers[1].requests.clear()
    servers[1].scripts.clear()
    return servers[1]


def model(name, api, url):
    if api == "messages":
        return Anthropic(Endpoint(name, "claude-haiku-4-5", "k", url))
    return OpenAI(Endpoint(name, "gpt-5-mini", "k", f"{url}/v1", api))


@pytest.fixture(params=FORMATS)
async def climbed(request, first, second):
    """Climbs past two providers, of which those named are befallen by the fault."""

    async def climbed(fault, *faulty):
        gone = faulty if fault == "refused" else ()
        deadlines = SHORT if fault in {"silent", "late"} else Deadlines()
        urls = {"first": first.url, "second": second.url} | dict.fromkeys(gone, NOWHERE)
        apis = {"first": request.param, "second": FORMATS[request.param]}
        models = [model(name, apis[name], urls[name]) for name in urls]
        breaker = Breaker(connected(settings.REDIS_URL))
        way = Upstream(
            breaker, lambda spent: None, deadlines, Allowance(60), allow=free, discretion=PLAIN
        )
        ladder = [*(Converse(each, way) for each in models), Quoted()]
        *events, last = [event async for event in climb(TURN, EVIDENCE, ladder, way)]
        for each in (*models, breaker):
            await each.aclose()
        assert isinstance(last, Done)
        return events, last.reply

    return climbed


def script(fault, at):
    return replace(FAULTS[fault](at), text=SENTENCE)


def shown(events):
    """What stands on the page at the end."""
    restarts = [at for at, event in enumerate(events) if isinstance(event, Restart)]
    return "".join(event.text for event in events[restarts[-1] + 1 if restarts else 0 :])


@pytest.mark.parametrize(("fault", "at"), PLACES)
async def test_what_befalls_one_provider_leaves_a_whole_answer(climbed, first, second, fault, at):
    first.will(script(fault, at))
    if fault in {"429 short", "500 always"}:
        first.will(script(fault, at))
    first.otherwise = second.otherwise = Script(SENTENCE)
    events, reply = await climbed(fault, "first")
    assert reply.text == shown(events) == SENTENCE
    assert reply.rung == ("first" if fault == "500 once" else "second")
    assert reply.steps[0].outcome == "failed"
    assert reply.steps[0].reason == REASONS.get(fault, reply.steps[0].reason)
    assert len(first.requests) + len(second.requests) <= MOST_CALLS


@pytest.mark.parametrize("climbed", ["chat"], indirect=True)
@pytest.mark.parametrize(("fault", "at"), [place for place in PLACES if place[0] != "500 once"])
async def test_what_befalls_both_leaves_the_archives_words(climbed, first, second, fault, at):
    for each in (first, second):
        each.will(*[script(fault, at)] * MOST_CALLS)
    events, reply = await climbed(fault, "first", "second")
    assert reply.text == shown(events) == LAST.text
    assert len(first.requests) + len(second.requests) <= MOST_CALLS
