"""What a client gets when providers fail, and what is noted of it."""

import asyncio
from dataclasses import dataclass, replace

import pytest
from django.conf import settings

from concierge.answering.converse import Converse
from concierge.answering.ladder import WEAK, Extractive, climb, rungs
from concierge.answering.turn import Delta, Done, Evidence, Reply, Restart
from concierge.llm import ledger
from concierge.llm.allowance import MOST_CALLS, Allowance
from concierge.llm.anthropic import Anthropic
from concierge.llm.breaker import FAILURES, Breaker, connected
from concierge.llm.deadlines import FIRST_TOKEN, Deadlines
from concierge.llm.models import Call
from concierge.llm.openai import OpenAI
from concierge.llm.protocol import Endpoint
from concierge.llm.upstream import Upstream
from tests.answering.test_converse import SENTENCE, TURN
from tests.answering.test_verify import EVIDENCE
from tests.discretion import PLAIN
from tests.fake_provider import FakeProvider, Script, free

MANY = 200  # turns at once
LAST = Reply("> In the archive's own words [1]", rung="quoted")
SILENT = Reply("The archive does not say.", rung="quoted", refused=True)


@dataclass(frozen=True)
class Quoted:
    """A last rung that needs no database: it quotes what it is given, or says there is nothing."""

    name: str = "quoted"
    calls_upstream: bool = False

    async def answer(self, turn, evidence):
        reply = LAST if evidence.sources and evidence.support >= WEAK else SILENT
        yield Delta(reply.text)
        yield reply


@pytest.fixture(scope="module")
def servers():
    with FakeProvider() as openai, FakeProvider() as anthropic:
        yield openai, anthropic


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


@pytest.fixture
async def models(first, second):
    models = (
        OpenAI(Endpoint("openai", "gpt-5-mini", "k", first.openai_url)),
        Anthropic(Endpoint("anthropic", "claude-haiku-4-5", "k", second.url)),
    )
    yield models
    for model in models:
        await model.aclose()


@pytest.fixture
async def way():
    breaker = Breaker(connected(settings.REDIS_URL))
    yield Upstream(breaker, lambda spent: None, allow=free, discretion=PLAIN)
    await breaker.aclose()


@pytest.fixture
def ladder(models, way):
    return (*(Converse(model, way) for model in models), Quoted())


async def climbed(ladder, evidence=EVIDENCE, way=None, turn=TURN):
    """The events before the last, and the reply of the last. Without a `way`, in no hurry."""
    way = way or Upstream(Breaker(connected(settings.REDIS_URL)), discretion=PLAIN)
    *events, last = [event async for event in climb(turn, evidence, ladder, way)]
    assert isinstance(last, Done)
    return events, last.reply


def steps(reply):
    return [(step.rung, step.outcome, step.reason) for step in reply.steps]


async def test_the_first_model_answers_when_it_can(first, second, ladder):
    first.will(Script(SENTENCE))
    _, reply = await climbed(ladder)
    assert (reply.text, reply.rung) == (SENTENCE, "openai")
    assert steps(reply) == [("openai", "answered", "")]
    assert second.requests == []


async def test_the_second_answers_when_the_first_is_down(first, second, ladder):
    first.will(Script(status=500))
    second.will(Script(SENTENCE))
    events, reply = await climbed(ladder)
    assert (reply.text, reply.rung) == (SENTENCE, "anthropic")
    assert steps(reply) == [("openai", "failed", "server_error"), ("anthropic", "answered", "")]
    assert all(isinstance(event, Delta) for event in events)


async def test_the_archive_answers_when_both_are_down(first, second, ladder):
    first.will(Script(status=429))
    second.will(Script(status=529))
    _, reply = await climbed(ladder)
    assert reply.text == LAST.text
    assert steps(reply) == [
        ("openai", "failed", "rate_limited"),
        ("anthropic", "failed", "overloaded"),
        ("quoted", "answered", ""),
    ]
    assert (len(first.requests), len(second.requests)) == (1, 1)


async def test_words_already_shown_are_taken_back(first, second, ladder):
    first.will(Script(SENTENCE, fault="cut", after=3))
    second.will(Script(SENTENCE))
    events, reply = await climbed(ladder)
    restart = events.index(Restart("cut"))
    assert "".join(event.text for event in events[:restart]) == "The heron was"
    assert "".join(event.text for event in events[restart + 1 :]) == reply.text


async def test_nothing_is_taken_back_when_nothing_was_shown(first, second, ladder):
    first.will(Script(fault="html"))
    second.will(Script(SENTENCE))
    events, reply = await climbed(ladder)
    assert not any(isinstance(event, Restart) for event in events)
    assert reply.steps[0].reason == "bad_response"


async def test_an_unsupported_answer_falls_to_the_next_rung(first, second, ladder):
    first.will(Script("The house was founded in Lyon by two brothers [1]."))
    second.will(Script(SENTENCE))
    events, reply = await climbed(ladder)
    assert Restart("unsupported") in events
    assert steps(reply)[0] == ("openai", "failed", "unsupported")
    assert reply.rung == "anthropic"


async def test_a_model_that_finds_nothing_is_believed(first, second, ladder):
    first.will(Script("[none]"))
    events, reply = await climbed(ladder)
    assert reply.refused
    assert events == [Delta(SILENT.text)]
    assert steps(reply) == [
        ("openai", "refused", "not_in_archive"),
        ("anthropic", "skipped", "not_in_archive"),
        ("quoted", "refused", ""),
    ]
    assert second.requests == []


async def test_no_model_is_asked_when_nothing_was_found(first, second, ladder):
    _, reply = await climbed(ladder, replace(EVIDENCE, pieces=(), support=WEAK / 2))
    assert reply.refused
    assert steps(reply)[0] == ("openai", "skipped", "weak_support")
    assert first.requests == second.requests == []


async def test_a_model_is_asked_about_pieces_alone(first, ladder):
    first.will(Script("Lisière gloves [P2] are made to order."))
    _, reply = await climbed(ladder, replace(EVIDENCE, sources=(), support=0.0))
    assert (reply.rung, reply.product_ids) == ("openai", (502,))


async def test_an_open_circuit_is_passed_over(first, second, ladder):
    for _ in range(FAILURES):
        first.will(Script(status=500))
        second.will(Script(SENTENCE))
        await climbed(ladder)
    second.will(Script(SENTENCE))
    _, reply = await climbed(ladder)
    assert steps(reply)[0] == ("openai", "skipped", "circuit_open")
    assert (reply.rung, len(first.requests)) == ("anthropic", FAILURES)


@pytest.mark.parametrize(
    ("seconds", "asked", "reason"),
    [(60, MOST_CALLS, "calls_spent"), (0, 0, "time_spent")],
)
async def test_no_more_is_asked_than_a_turn_allows(first, models, way, seconds, asked, reason):
    rung = Converse(models[0], replace(way, allowance=Allowance(seconds)))
    first.will(*[Script(status=500)] * asked)
    _, reply = await climbed([rung] * (MOST_CALLS + 1) + [Quoted()])
    assert len(first.requests) == asked
    assert steps(reply)[-2:] == [("openai", "skipped", reason), ("quoted", "answered", "")]


async def test_rewriting_and_answering_share_one_allowance(first, models, way):
    way = replace(way, allowance=Allowance(60))
    first.will(*[Script(SENTENCE)] * MOST_CALLS)
    for left in (2, 1, 0):
        await climbed([Converse(models[0], way), Quoted()])
        assert way.calls_left == left


async def test_all_who_were_asking_when_a_provider_died_are_answered(first, models, way):
    first.otherwise = Script(SENTENCE, fault="drop", after=3)
    rung = Converse(models[0], way)
    replies = await asyncio.gather(*(climbed([rung, Quoted()]) for _ in range(MANY)))
    first.otherwise = Script(SENTENCE)
    assert {reply.text for _, reply in replies} == {LAST.text}
    _, reply = await climbed([rung, Quoted()])
    assert steps(reply)[0] == ("openai", "skipped", "circuit_open")


async def test_a_rung_that_breaks_does_not_lose_the_turn(caplog):
    class Broken:
        name, calls_upstream = "broken", True

        async def answer(self, turn, evidence):
            yield Delta("Some words")
            raise ZeroDivisionError

    events, reply = await climbed([Broken(), Quoted()])
    assert events == [Delta("Some words"), Restart("fault"), Delta(LAST.text)]
    assert steps(reply)[0] == ("broken", "failed", "fault")
    assert "rung_broke" in caplog.text


async def test_times_are_told(first, ladder):
    first.will(Script(SENTENCE))
    _, reply = await climbed(ladder)
    assert 0 <= reply.timings_ms["first_words"] <= reply.timings_ms["ladder"]


@pytest.fixture
def configured(settings, first, second):
    """A house with both providers, and nobody else's."""
    settings.LLM_ORDER = ["openai", "anthropic"]
    settings.LLM_PROVIDERS = {
        "openai": {
            "adapter": "concierge.llm.openai.OpenAI",
            "base_url": first.openai_url,
            "model": "gpt-5-mini",
        },
        "anthropic": {
            "adapter": "concierge.llm.anthropic.Anthropic",
            "api_key": "k",
            "base_url": second.url,
            "model": "claude-haiku-4-5",
        },
    }


async def test_a_house_climbs_its_providers_in_its_order(configured):
    assert [rung.name for rung in await rungs()] == ["openai", "anthropic", Extractive().name]


async def test_a_house_without_a_key_begins_with_the_archive(settings):
    settings.LLM_ORDER = []
    assert await rungs() == (Extractive(),)


@pytest.mark.django_db(transaction=True)
async def test_both_calls_of_a_turn_are_in_the_ledger(configured, first, second):
    first.will(Script(SENTENCE, fault="cut", after=3))
    second.will(Script(SENTENCE))
    turn = replace(TURN, reference="answer-9")
    _ = [event async for event in climb(turn, EVIDENCE)]
    await ledger.settled()
    calls = Call.objects.filter(reference="answer-9").order_by("pk")
    assert [(c.provider, c.outcome) async for c in calls] == [
        ("openai", "cut"),
        ("anthropic", "ok"),
    ]


@pytest.mark.django_db(transaction=True)
async def test_without_providers_the_archive_is_quoted_or_silent(settings):
    settings.LLM_ORDER = []
    _, reply = await climbed(None, Evidence("heron"))
    assert reply.refused
    assert steps(reply) == [(Extractive().name, "refused", "")]


@pytest.fixture
def turn_way(way):
    """The way of one turn, with all its calls and all its time."""
    return replace(way, allowance=Allowance(60))


@pytest.fixture
def turn_ladder(models, turn_way):
    return (*(Converse(model, turn_way) for model in models), Quoted())


async def test_a_single_fault_is_tried_again_where_calls_are_left(
    first, second, turn_ladder, turn_way
):
    first.will(Script(status=500), Script(SENTENCE))
    _, reply = await climbed(turn_ladder, way=turn_way)
    assert reply.text == SENTENCE
    assert steps(reply) == [("openai", "failed", "server_error"), ("openai", "answered", "")]
    assert second.requests == []


async def test_a_second_attempt_never_takes_the_call_of_the_model_below(
    first, second, turn_ladder, turn_way
):
    turn_way.allowance.calls = 2
    first.will(Script(status=500))
    second.will(Script(SENTENCE))
    _, reply = await climbed(turn_ladder, way=turn_way)
    assert (reply.rung, len(first.requests)) == ("anthropic", 1)


async def test_providers_that_keep_failing_are_asked_three_times_in_all(
    first, second, turn_ladder, turn_way
):
    first.will(*[Script(status=500)] * 3)
    second.will(*[Script(status=500)] * 3)
    _, reply = await climbed(turn_ladder, way=turn_way)
    assert (len(first.requests), len(second.requests)) == (2, 1)
    assert [rung for rung, *_ in steps(reply)] == ["openai", "openai", "anthropic", "quoted"]


async def test_what_has_begun_to_speak_is_not_asked_again(first, second, turn_ladder, turn_way):
    first.will(Script(SENTENCE, fault="error", code="server_error", after=3))
    second.will(Script(SENTENCE))
    events, reply = await climbed(turn_ladder, way=turn_way)
    assert Restart("server_error") in events
    assert (reply.rung, len(first.requests)) == ("anthropic", 1)


async def test_without_time_for_it_nothing_is_tried_again(first, second, turn_ladder, turn_way):
    turn_way.allowance.until -= 58
    turn_way = replace(turn_way, deadlines=Deadlines(first_token=0))
    first.will(Script(status=500))
    second.will(Script(SENTENCE))
    _, reply = await climbed(turn_ladder, way=turn_way)
    assert (reply.rung, len(first.requests)) == ("anthropic", 1)


async def test_a_search_that_took_long_leaves_the_model_its_time(first, turn_ladder, turn_way):
    turn_way.allowance.until -= 90
    first.will(Script(SENTENCE))
    _, reply = await climbed(turn_ladder, way=turn_way)
    assert reply.rung == "openai"


async def test_the_last_model_may_think_for_all_of_the_time(configured, way):
    way = replace(way, allowance=Allowance(60))
    times = [rung.upstream.deadlines.first_token for rung in (await rungs(way))[:-1]]
    assert times == [FIRST_TOKEN, 60]


@dataclass(frozen=True)
class Torn:
    """An archive that cannot be read."""

    name: str = "quoted"
    calls_upstream: bool = False

    async def answer(self, turn, evidence):
        yield Delta("> Some wo")
        raise OSError


CONTACT = "concierge@maison.example"


@pytest.mark.parametrize(
    ("question", "apology"),
    [
        ("Who drew the heron?", "I am sorry"),
        ("Qui a dessiné le héron ?", "Je suis navré"),
        ("Chi ha disegnato l'airone per la casa?", "Mi dispiace"),
        ("Wer hat den Reiher für das Haus gezeichnet?", "Es tut mir leid"),
    ],
)
async def test_a_person_is_offered_when_the_archive_cannot_be_read(question, apology):
    turn = replace(TURN, question=question, brand=replace(TURN.brand, contact=CONTACT))
    events, reply = await climbed([Torn()], turn=turn)
    assert events == [Delta("> Some wo"), Restart("fault"), Delta(reply.text)]
    assert reply.text.startswith(apology)
    assert CONTACT in reply.text
    assert (reply.rung, reply.person) == ("person", True)
    assert steps(reply) == [("quoted", "failed", "fault"), ("person", "answered", "")]


async def test_a_house_without_a_contact_offers_none():
    _, reply = await climbed([Torn()])
    assert "again in a little while" in reply.text
    assert not reply.person
