"""A withdrawal changes the very next provider call: asked, queued or in the middle of a turn."""

import asyncio
import json
import uuid

import pytest

from archive.embedding import EmbeddingError
from archive.threads import in_thread
from concierge.answering.leaving import discreet
from concierge.answering.way import way_of
from concierge.chat.ask import Question, accept
from concierge.chat.write import begin, turn_of, write
from concierge.clients.asking import asking
from concierge.clients.consent import give, withdraw
from concierge.clients.models import Consent, Visitor
from concierge.llm.errors import ConsentError
from concierge.llm.protocol import Prompt, Said
from concierge.llm.registry import models
from tests.fake_provider import Gate, Script
from tests.provider_wires import Wanted

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = "Ottoline drew the kingfisher on the terrace in May [1]."


def ask(brand, person, text="Who drew the kingfisher?", talk=None, **given):
    question = Question(talk or uuid.uuid4(), text, uuid.uuid4(), **given)
    return accept(brand, person, question)[0]


async def refuse(person):
    await in_thread(withdraw)(person, "serve", place="privacy")


async def written(answer):
    await write(answer.pk)
    await in_thread(answer.refresh_from_db)()
    return answer


async def test_the_first_question_is_the_dated_yes(brand, person, embedded, provider):
    provider.will(Script(text=FIRST))
    answer = await written(await in_thread(ask)(brand, person))
    assert (answer.state, answer.rung) == ("complete", "openai")
    row = await in_thread(Consent.objects.get)()
    assert (row.purpose, row.version, row.place) == ("serve", 1, "composer")
    assert row.conversation == answer.conversation_id


async def test_without_a_yes_nothing_leaves_the_house(brand, person, embedded, provider):
    answer = await written(await in_thread(ask)(brand, person, place=""))
    assert (answer.state, answer.rung) == ("complete", "extractive")
    assert ("openai", "skipped", "consent") in [
        (step["rung"], step["outcome"], step["reason"]) for step in answer.steps
    ]
    assert not provider.requests


async def test_sending_after_a_withdrawal_is_no_new_yes(brand, person, embedded, provider):
    await refuse(person)
    answer = await written(await in_thread(ask)(brand, person))
    assert (answer.state, answer.rung) == ("complete", "extractive")
    assert not provider.requests


async def test_a_withdrawal_holds_for_a_turn_already_queued(brand, person, embedded, provider):
    gate = Gate()
    provider.will(Script(text=FIRST, gate=gate))
    first = await in_thread(ask)(brand, person)
    second = await in_thread(ask)(brand, person, talk=first.conversation_id)
    task = begin(first.pk)
    await asyncio.to_thread(gate.reached.wait, 10)
    await refuse(person)
    gate.release()
    await task
    for row in (first, second):
        await in_thread(row.refresh_from_db)()
    assert (first.rung, second.rung) == ("openai", "extractive")
    assert second.state == "complete"
    assert len(provider.requests) == 1


async def test_a_withdrawal_holds_between_two_calls_of_one_turn(brand, person, embedded, provider):
    gate = Gate()
    look = Wanted("search_archive", (json.dumps({"query": "who drew the kingfisher"}),), None)
    provider.will(Script("Let me look.", wants=(look,), gate=gate), Script(text=FIRST))
    answer = await in_thread(ask)(brand, person)
    task = begin(answer.pk)
    await asyncio.to_thread(gate.reached.wait, 10)
    await refuse(person)
    gate.release()
    await task
    await in_thread(answer.refresh_from_db)()
    assert (answer.state, answer.rung) == ("complete", "extractive")
    assert "went wrong" not in answer.text
    assert len(provider.requests) == 1


async def test_a_yes_given_again_is_heard_by_the_next_turn(brand, person, embedded, provider):
    await refuse(person)
    await in_thread(give)(person, "serve", place="privacy")
    provider.will(Script(text=FIRST))
    answer = await written(await in_thread(ask)(brand, person))
    assert answer.rung == "openai"


async def test_a_forgotten_client_s_turn_makes_no_call(brand, person, embedded, provider):
    answer = await in_thread(ask)(brand, person)

    def turn():
        row = (
            type(answer)
            .objects.select_related("conversation__brand", "conversation__visitor", "question")
            .get(pk=answer.pk)
        )
        return turn_of(row)

    way = await way_of(await in_thread(turn)())
    await in_thread(Visitor.objects.filter(pk=person.pk).delete)()
    [model] = await models()
    with pytest.raises(ConsentError):
        async for _ in way.ask(model, Prompt("s", (Said("user", "q"),), 10)):
            pass
    assert not provider.requests


async def test_a_wording_that_was_not_shown_is_not_agreed_to(brand, visitor, embedded, provider):
    page = await in_thread(visitor.get)("/maison/")
    assert 'name="agreed" value="1"' in page.content.decode()
    sent = {"conversation": uuid.uuid4(), "client_key": uuid.uuid4(), "text": "Who drew it?"}
    await in_thread(visitor.post)("/maison/messages/", sent | {"agreed": "7"})
    assert not await in_thread(Consent.objects.exists)()
    assert not provider.requests


@pytest.mark.parametrize(("of_house", "leaves"), [(True, True), (False, False)])
def test_without_a_yes_no_question_leaves_to_be_embedded(person, of_house, leaves):
    token = asking.set(person.pk.hex)
    try:
        if leaves:
            assert discreet(["A square"], of_house=of_house) == ["A square"]
        else:
            with pytest.raises(EmbeddingError, match="does not allow"):
                discreet(["A square"], of_house=of_house)
            give(person, "serve", place="privacy")
            assert discreet(["A square"], of_house=of_house) == ["A square"]
    finally:
        asking.reset(token)
