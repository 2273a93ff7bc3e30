"""A model that asks for tools, against a provider on this machine."""

import json
from dataclasses import replace

import pytest
from django.conf import settings as configured
from redis.asyncio import Redis

from archive.viewer import Viewer
from concierge.answering.answer import answer
from concierge.answering.converse import CALLS, LEISURE, TOOLS, Converse
from concierge.answering.turn import Delta, Done, Evidence, Reply, Restart, Step, Turn, Voice
from concierge.answering.verify import UnsupportedError
from concierge.llm.allowance import Allowance
from concierge.llm.breaker import Breaker
from concierge.llm.errors import EmptyError
from concierge.llm.openai import OpenAI
from concierge.llm.protocol import Endpoint
from concierge.llm.upstream import Upstream
from tests.answering.test_verify import EVIDENCE
from tests.discretion import PLAIN
from tests.fake_provider import Script, free
from tests.provider_wires import Wanted, offered, results

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("patient")]
HERON = "Ottoline Vane drew the Heron in March 1934"
HOUSE = Voice("Maison", contact="+33 1 00 00 00 00")


def wants(name, key=None, **arguments):
    return Wanted(name, (json.dumps(arguments),), key)


LOOK = wants("search_archive", query="who drew the heron")
BAGS = wants("search_products", query="a bag")


@pytest.fixture
def turn(brand):
    return Turn(HOUSE, "Who drew the heron?", Viewer.reading(brand.pk), kind="heritage")


@pytest.fixture
async def rung(served_provider, provider):
    model = OpenAI(Endpoint("openai", "gpt-5-mini", "k", served_provider.openai_url))
    async with Redis.from_url(configured.REDIS_URL) as redis:
        yield Converse(
            model, Upstream(Breaker(redis), lambda spent: None, allow=free, discretion=PLAIN)
        )
    await model.aclose()


async def parts(rung, turn, evidence=EVIDENCE):
    return [part async for part in rung.answer(turn, evidence)]


def steps(found):
    return [(p.rung, p.outcome, p.reason) for p in found if isinstance(p, Step)]


async def test_what_a_tool_found_is_cited_by_its_new_number(rung, provider, turn, archive):
    provider.will(Script("", wants=(LOOK,)), Script(f"{HERON} [3]."))
    *shown, reply = await parts(rung, turn)
    assert isinstance(reply, Reply)
    assert reply.text == f"{HERON} [1]."
    assert reply.citations[0].source.passage_id == archive["heron"].pk
    assert steps(shown) == [("search_archive", "answered", "3 new, 0 known")]


async def test_the_second_call_is_told_what_was_asked_for_and_found(rung, provider, turn, archive):
    provider.will(Script("", wants=(LOOK,)), Script(f"{HERON} [3]."))
    await parts(rung, turn)
    first, second = (request.body for request in provider.requests)
    assert (
        offered(first) == offered(second) == ["search_archive", "search_products", "offer_person"]
    )
    (told,) = results(second).values()
    assert '<source number="3" title="The Heron"' in told
    assert second["messages"][: len(first["messages"])] == first["messages"]


async def test_a_usual_turn_needs_no_tool_and_one_call(rung, provider, turn, archive):
    provider.will(Script("The heron was drawn by Adèle Sérance in 1934 [1]."))
    found = await parts(rung, turn)
    assert steps(found) == []
    assert len(provider.requests) == 1


async def test_words_before_a_tool_are_taken_back(rung, provider, turn, archive):
    provider.will(Script("Let me look.", wants=(LOOK,)), Script(f"{HERON} [3]."))
    *shown, reply = await parts(rung, turn)
    place = shown.index(Restart(TOOLS))
    assert all(isinstance(part, Delta) for part in shown[:place])
    standing = "".join(part.text for part in shown[place:] if isinstance(part, Delta))
    assert standing == reply.text
    assert "Let me look" not in reply.text


async def test_pieces_a_tool_found_are_cards_and_others_are_not(rung, provider, turn, shelf):
    said = "The Relais 30 is €2,450, in stock. The Submarine [P9] is in stock too."
    provider.will(Script("", wants=(BAGS,)), Script(said))
    *_, reply = await parts(rung, replace(turn, question="Which bags do you have?", kind="pieces"))
    assert reply.product_ids == (shelf["relais 30"].pk,)
    assert "Submarine" not in reply.text


async def test_after_two_rounds_the_model_must_answer(rung, provider, turn, archive, shelf):
    fire = wants("search_archive", query="the fire")
    provider.will(Script("", wants=(LOOK,)), Script("", wants=(fire,)), Script(f"{HERON} [3]."))
    found = await parts(rung, turn)
    assert found[-1].citations
    assert [bool(offered(request.body)) for request in provider.requests] == [True, True, False]


async def test_a_model_that_only_asks_for_tools_is_not_asked_for_ever(
    rung, provider, turn, archive
):
    provider.will(*[Script("", wants=(LOOK,))] * 9)
    with pytest.raises(EmptyError):
        await parts(rung, turn)
    assert len(provider.requests) == 3


@pytest.mark.parametrize(("calls", "asked"), [(3, 3), (2, 2), (1, 1)])
async def test_no_round_spends_the_last_call_of_the_turn(
    rung, provider, turn, archive, calls, asked
):
    way = replace(rung.upstream, allowance=Allowance(60, calls=calls))
    provider.will(*[Script("", wants=(LOOK,))] * (asked - 1), Script(f"{HERON} [3]."))
    with_sources = replace(EVIDENCE, query="heron")
    if asked == 1:
        provider.scripts.clear()
        provider.will(Script("The heron was drawn by Adèle Sérance in 1934 [1]."))
    *_, reply = await parts(replace(rung, upstream=way), turn, with_sources)
    assert isinstance(reply, Reply)
    assert len(provider.requests) == asked
    assert not offered(provider.requests[-1].body)


async def test_without_time_for_a_second_call_no_tool_is_offered(rung, provider, turn):
    way = replace(rung.upstream, allowance=Allowance(LEISURE - 1))
    provider.will(Script("The heron was drawn by Adèle Sérance in 1934 [1]."))
    await parts(replace(rung, upstream=way), turn)
    assert not offered(provider.requests[0].body)


async def test_the_same_call_is_answered_from_the_first(rung, provider, turn, archive):
    again = wants("search_archive", "b", query="who drew the heron")
    provider.will(Script("", wants=(LOOK, again)), Script(f"{HERON} [3]."))
    found = await parts(rung, turn)
    assert [reason for _, _, reason in steps(found)] == ["3 new, 0 known", "again"]
    one, two = results(provider.requests[1].body).values()
    assert one == two


async def test_no_more_calls_are_answered_than_a_round_may_have(rung, provider, turn, archive):
    many = [wants("search_archive", f"c{n}", query=f"heron {n}") for n in range(CALLS + 2)]
    provider.will(Script("", wants=tuple(many)), Script(f"{HERON} [3]."))
    found = await parts(rung, turn)
    assert [reason for _, _, reason in steps(found)][CALLS:] == ["too_many"] * 2
    assert len(results(provider.requests[1].body)) == CALLS + 2


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted("search_archive", ('{"query": ',)),
        Wanted("search_archive", ('{"query": "x", "audience": "atelier"}',)),
        Wanted("read_everything", ("{}",)),
    ],
)
async def test_a_call_that_cannot_be_read_does_not_lose_the_answer(rung, provider, turn, wanted):
    said = "The heron was drawn by Adèle Sérance in 1934 [1]."
    provider.will(Script("", wants=(wanted,)), Script(said))
    *shown, reply = await parts(rung, turn)
    assert reply.text == said
    assert [outcome for _, outcome, _ in steps(shown)] == ["failed"]


async def test_no_step_has_the_words_of_a_call(rung, provider, turn, archive):
    secret = Wanted("my card is 4111 1111", ('{"query": "my card is 4111 1111"}',))
    provider.will(Script("", wants=(secret, LOOK)), Script(f"{HERON} [3]."))
    found = await parts(rung, turn)
    assert [name for name, _, _ in steps(found)] == ["tool", "search_archive"]
    assert "4111" not in str(steps(found))


async def test_an_offered_person_is_named_under_the_answer(rung, provider, turn):
    said = "The heron was drawn by Adèle Sérance in 1934 [1]."
    provider.will(Script("", wants=(wants("offer_person", reason="A torn hem"),)), Script(said))
    *shown, reply = await parts(rung, turn)
    assert reply.person
    assert reply.text.startswith(said)
    assert HOUSE.contact in reply.text
    assert "".join(part.text for part in shown if isinstance(part, Delta)) == reply.text


async def test_tools_do_not_make_an_unsupported_answer_one(rung, provider, turn, archive):
    said = "The house was founded in Lyon by two brothers [3]."
    provider.will(Script("", wants=(LOOK,)), Script(said))
    with pytest.raises(UnsupportedError):
        await parts(rung, turn)


async def test_a_whole_turn_with_a_tool_tells_its_steps(provider, brand, archive):
    provider.will(Script("Wait.", wants=(LOOK,)), Script(f"{HERON} [1]."))
    turn = Turn(HOUSE, "Who drew the Heron?", Viewer.reading(brand.pk))
    *_, last = [event async for event in answer(turn)]
    assert isinstance(last, Done)
    assert (last.reply.kind, last.reply.text) == ("heritage", f"{HERON} [1].")
    assert [step.rung for step in last.reply.steps] == ["search_archive", "openai"]
    assert last.reply.prompt_version.startswith("answer-")


async def test_the_last_rung_still_stands_under_a_model_that_only_asks(provider, brand, archive):
    provider.will(*[Script("", wants=(LOOK,))] * 9)
    turn = Turn(HOUSE, "Who drew the Heron?", Viewer.reading(brand.pk))
    *_, last = [event async for event in answer(turn)]
    assert last.reply.rung == "extractive"
    assert last.reply.citations
    assert len(provider.requests) == 3


async def test_a_tool_of_another_kinds_is_not_run(rung, provider, turn, shelf):
    said = "The heron was drawn by Adèle Sérance in 1934 [1]."
    provider.will(Script("", wants=(BAGS,)), Script(said))
    found = await parts(rung, replace(turn, kind="care"))
    assert steps(found) == [("search_products", "failed", "unknown_tool")]


async def test_no_evidence_and_no_tool_is_no_answer(rung, provider, turn):
    provider.will(Script("", wants=(wants("offer_person", reason="x"),)), Script("[none]"))
    with pytest.raises(Exception, match=r"^$") as raised:
        await parts(rung, turn, Evidence("q"))
    assert raised.value.reason == "not_in_archive"
