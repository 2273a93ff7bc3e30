import asyncio
import io
import json
import logging
import uuid

import psycopg
import pytest
from asgiref.sync import SyncToAsync
from django.conf import settings as configured
from django.db import connection, connections
from psycopg.conninfo import make_conninfo

from archive.threads import in_thread
from catalog.models import Product
from concierge.answering.turn import Reply
from concierge.chat import hold, stream
from concierge.chat.ask import Question, accept
from concierge.chat.tasks import finish_orphans
from concierge.chat.write import begin, drain, let_go, taken, turn_of, write
from concierge.clients.asking import asking
from concierge.clients.consent import give
from concierge.clients.models import Purpose
from concierge.gaps.models import Gap
from concierge.llm.ledger import settled
from concierge.llm.models import Call
from concierge.operations.logs import JsonFormatter
from tests.fake_provider import Gate, Script
from tests.tables import lost

pytestmark = pytest.mark.django_db(transaction=True)


def ask(brand, person, text: str, conversation_id: uuid.UUID | None = None):
    sent = Question(conversation_id or uuid.uuid4(), text, uuid.uuid4())
    return accept(brand, person, sent)[0]


@pytest.fixture
def greeting(brand, person):
    return ask(brand, person, "Hello")


async def there(answer):
    """Where its first attempt is streamed."""
    return await in_thread(stream.attempt_at)(answer, 1)


async def fresh(row):
    await in_thread(row.refresh_from_db)()
    return row


async def test_an_answer_is_written_to_its_end(greeting):
    assert await write(greeting.pk)
    assert (await fresh(greeting)).state == "complete"
    assert "welcome to Maison" in greeting.text
    kinds = [event.kind for event in await stream.read(await there(greeting), after=0)]
    assert kinds == ["block", "done"]


async def test_once_it_is_written_nobody_is_the_asker_any_more(brand, person, embedded):
    answer = await in_thread(ask)(brand, person, "Who drew the kingfisher?")
    assert await write(answer.pk)
    assert asking.get() == ""


async def test_an_answer_that_another_writes_is_left_alone(greeting):
    await in_thread(hold.claim)(greeting.pk)
    assert not await write(greeting.pk)
    assert (await fresh(greeting)).state == "streaming"


async def test_questions_are_answered_in_the_order_they_were_asked(greeting, brand, person):
    second = await in_thread(ask)(brand, person, "Thank you", greeting.conversation_id)
    third = await in_thread(ask)(brand, person, "Goodbye", greeting.conversation_id)
    await begin(third.pk)
    assert (await fresh(third)).state == "pending"
    await begin(greeting.pk)
    finished = [(await fresh(row)).finished for row in (greeting, second, third)]
    assert finished == sorted(finished)


async def test_the_words_of_a_model_are_shown_as_they_come(brand, person, embedded, provider):
    gate = Gate()
    text = "The kingfisher was drawn by Ottoline on the terrace in May [1]."
    provider.will(Script(text=text, gate=gate))
    answer = await in_thread(ask)(brand, person, "Who drew the kingfisher?")
    task = begin(answer.pk)
    await asyncio.to_thread(gate.reached.wait, 10)
    gate.release()
    await task
    row = await fresh(answer)
    assert (row.state, row.rung) == ("complete", "openai")
    citation = await in_thread(row.citations.get)()
    assert citation.cited_text in embedded.text


@pytest.fixture
def no_citations():
    """A database that has lost its table of citations."""
    with lost("chat_citation"):
        yield


async def test_a_failing_turn_apologises(no_citations, brand, person, embedded):
    answer = await in_thread(ask)(brand, person, "Who drew the kingfisher?")
    await write(answer.pk)
    assert (await fresh(answer)).state == "failed"
    assert answer.text.startswith("I am sorry")
    kinds = [event.kind for event in await stream.read(await there(answer), after=0)]
    assert kinds[-1] == "done"


async def test_no_log_line_has_the_words_of_a_conversation(no_citations, brand, person, embedded):
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonFormatter())
    logging.getLogger().addHandler(handler)
    try:
        failing = await in_thread(ask)(brand, person, "Who drew the kingfisher for xanthippe?")
        await write(failing.pk)
    finally:
        logging.getLogger().removeHandler(handler)
    told = [json.loads(line) for line in written.getvalue().splitlines()]
    assert [line["error"] for line in told if line["event"] == "answer failed"]
    assert "xanthippe" not in written.getvalue().lower()


async def test_a_process_that_is_superseded_stops_writing(brand, person, embedded, provider):
    gate = Gate()
    provider.will(Script(text="The kingfisher was drawn by Ottoline in May [1].", gate=gate))
    answer = await in_thread(ask)(brand, person, "Who drew the kingfisher?")
    task = asyncio.create_task(write(answer.pk))
    await asyncio.to_thread(gate.reached.wait, 10)
    await in_thread(hold.release)(await fresh(answer))
    successor = await in_thread(hold.claim)(answer.pk)
    gate.release()
    assert not await task
    await fresh(answer)
    assert (answer.state, answer.attempts, answer.text) == ("streaming", successor.attempts, "")


FIRST = "Ottoline drew the kingfisher on the terrace in May [1]."


@pytest.fixture
def gate():
    gate = Gate()
    yield gate
    gate.release()


@pytest.fixture
async def spoken(brand, person, embedded, provider, gate):
    """(answer, the model's request) after the first sentence, with more to come."""
    provider.will(Script(text=f"{FIRST} It was printed in nine colours [1].", gate=gate))
    answer = await in_thread(ask)(brand, person, "Who drew the kingfisher?")
    task = begin(answer.pk)
    gate.allow(11)
    await asyncio.to_thread(gate.reached.wait, 10)
    async with asyncio.timeout(10):
        while "terrace in May" not in (await in_thread(stream.standing)(await there(answer))).html:
            pass
    yield answer, provider.requests[-1]
    gate.release()
    await task


async def ended(answer) -> None:
    """Wait until the process has let the stopped answer go."""
    async with asyncio.timeout(10):
        while (await fresh(answer)).is_settling:
            pass


async def test_a_stopped_answer_leaves_the_model_at_once(spoken):
    answer, request = spoken
    await in_thread(hold.stop)(answer.pk)
    await let_go(answer.pk)
    assert await asyncio.to_thread(request.left.wait, 5)
    await ended(answer)
    await settled()
    assert [call.outcome async for call in Call.objects.all()] == ["cancelled"]


async def test_a_stop_by_another_process_is_heard_of_at_the_next_write(spoken):
    answer, request = spoken
    await in_thread(hold.stop)(answer.pk)
    assert await asyncio.to_thread(request.left.wait, 5)


async def test_a_stopped_answer_keeps_what_was_said_with_its_sources(spoken):
    answer, _ = spoken
    await in_thread(hold.stop)(answer.pk)
    await let_go(answer.pk)
    await ended(answer)
    assert answer.state == "stopped"
    assert answer.text.startswith(FIRST)
    citation = await in_thread(answer.citations.get)()
    assert citation.cited_text == "Ottoline drew the kingfisher on the terrace in May."


@pytest.fixture
def database_away(transactional_db):
    """Cuts every connection to the test's database but this thread's, and lets no new one in."""
    connection.ensure_connection()
    name, own = connection.settings_dict["NAME"], connection.connection.info.backend_pid
    address = make_conninfo(configured.DATABASE_OWNER_URL, dbname="postgres")

    def told(allowed: str) -> None:
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {allowed}")
            if allowed == "false":
                server.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = %s AND pid <> %s",
                    [name, own],
                )

    yield told
    told("true")
    # A pool that was refused waits longer each time: the tests that follow begin with a new one.
    SyncToAsync.single_thread_executor.submit(connections.close_all).result()
    connection.close()
    connection.close_pool()


async def test_an_answer_outlives_a_database_that_was_away(spoken, gate, database_away):
    """Its words go on meanwhile."""
    answer, _ = spoken
    await asyncio.to_thread(database_away, "false")
    gate.release()
    async with asyncio.timeout(10):
        while "nine colours" not in (await in_thread(stream.standing)(await there(answer))).html:
            pass
    await asyncio.to_thread(database_away, "true")
    async with asyncio.timeout(30):
        while (await fresh(answer)).is_open:
            pass
    assert (answer.state, answer.attempts) == ("complete", 1)
    assert "nine colours" in answer.text


async def test_the_next_question_goes_on_after_a_stopped_answer(spoken, brand, person):
    answer, _ = spoken
    second = await in_thread(ask)(brand, person, "Thank you", answer.conversation_id)
    await in_thread(hold.stop)(answer.pk)
    await let_go(answer.pk)
    async with asyncio.timeout(10):
        while (await fresh(second)).state != "complete":
            pass


async def test_stopping_what_waits_its_turn_lets_the_next_one_pass(greeting, brand, person):
    second = await in_thread(ask)(brand, person, "Thank you", greeting.conversation_id)
    await in_thread(hold.stop)(greeting.pk)
    await let_go(greeting.pk)
    await drain(10)
    assert (await fresh(greeting)).text == ""
    assert (await fresh(second)).state == "complete"


async def test_a_whole_answer_stopped_before_it_was_kept_is_kept_as_stopped(greeting):
    """The stop came between the last word and its writing to the row."""
    row, *_ = await in_thread(taken)(greeting.pk)
    await in_thread(hold.stop)(greeting.pk)
    with pytest.raises(hold.Stopped):
        await in_thread(hold.complete)(row, Reply(text="Welcome."))
    await in_thread(hold.settle)(row, Reply(text="Welcome."))
    assert ((await fresh(greeting)).state, greeting.text) == ("stopped", "Welcome.")


async def test_a_process_that_ends_hands_its_answer_over_at_once(brand, person, embedded, provider):
    gate = Gate()
    provider.will(Script(text="The kingfisher was drawn by Ottoline in May [1].", gate=gate))
    answer = await in_thread(ask)(brand, person, "Who drew the kingfisher?")
    begin(answer.pk)
    await asyncio.to_thread(gate.reached.wait, 10)
    await drain(0)
    assert [row.pk for row in await in_thread(hold.orphans)()] == [answer.pk]
    gate.release()


async def test_a_process_that_ends_lets_its_answers_end_first(greeting):
    begin(greeting.pk)
    await drain(10)
    assert (await fresh(greeting)).state == "complete"


def test_the_scheduler_finishes_what_a_dead_process_left(greeting):
    hold.release(hold.claim(greeting.pk))
    finish_orphans()
    greeting.refresh_from_db()
    assert (greeting.state, greeting.attempts) == ("complete", 2)


def test_the_scheduler_gives_up_after_three_attempts_and_goes_on(greeting, brand, person):
    waiting = ask(brand, person, "Thank you", greeting.conversation_id)
    for _ in range(hold.MOST_ATTEMPTS):
        hold.release(hold.claim(greeting.pk))
    finish_orphans()
    greeting.refresh_from_db()
    waiting.refresh_from_db()
    assert (greeting.state, waiting.state) == ("failed", "complete")


def test_a_turn_is_told_what_was_said_before(answered, brand, person):
    further = ask(brand, person, "And when?", answered.conversation_id)
    turn = turn_of(hold.claim(further.pk))
    assert [exchange.role for exchange in turn.history] == ["client", "concierge"]
    assert turn.history[0].text == "Who drew the kingfisher?"
    assert turn.question == "And when?"


def test_a_turn_is_told_what_a_stopped_answer_said(held, brand, person):
    hold.stop(held.pk)
    hold.settle(held, Reply(text="Ottoline drew"))
    further = ask(brand, person, "And when?", held.conversation_id)
    turn = turn_of(hold.claim(further.pk))
    assert [exchange.text for exchange in turn.history][1:] == ["Ottoline drew"]


def test_a_turn_is_not_told_of_an_answer_stopped_before_its_first_word(pending, brand, person):
    hold.stop(pending.pk)
    further = ask(brand, person, "And when?", pending.conversation_id)
    turn = turn_of(hold.claim(further.pk))
    assert [exchange.role for exchange in turn.history] == ["client"]


def test_a_turn_is_not_told_of_answers_that_failed(held, brand, person):
    hold.fail(held)
    further = ask(brand, person, "And when?", held.conversation_id)
    turn = turn_of(hold.claim(further.pk))
    assert [exchange.role for exchange in turn.history] == ["client"]


def test_a_turn_knows_the_pieces_beside_the_last_answer(greeting, brand, person):
    held = hold.claim(greeting.pk)
    pieces = [Product.objects.create(brand=brand, key=key, title=key) for key in "ab"]
    hold.complete(held, Reply(text="Two.", product_ids=tuple(p.pk for p in pieces)))
    further = ask(brand, person, "In green?", held.conversation_id)
    turn = turn_of(hold.claim(further.pk))
    assert turn.shown == tuple(p.pk for p in pieces)


async def test_an_answer_is_written_though_nobody_can_be_told(greeting, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert await write(greeting.pk)
    assert (await fresh(greeting)).state == "complete"


async def test_what_was_asked_in_vain_is_filed_for_the_curators(brand, person, embedded):
    await in_thread(give)(person, Purpose.IMPROVE, place="page")
    answer = await in_thread(ask)(brand, person, "Do you have a shop in New York?")
    await write(answer.pk)
    assert (await fresh(answer)).refused
    gap = await Gap.objects.aget()
    assert (gap.question, gap.support) == ("Do you have a shop in New York?", answer.support)


async def test_what_was_answered_is_not_filed(brand, person, embedded):
    answer = await in_thread(ask)(brand, person, "Who drew the kingfisher?")
    await write(answer.pk)
    assert not (await fresh(answer)).refused
    assert answer.support > 0.5
    assert not await Gap.objects.aexists()


@pytest.fixture
def no_gaps():
    """A database that has lost its table of gaps."""
    with lost("gaps_gap"):
        yield


async def test_an_answer_stands_though_it_cannot_be_filed(no_gaps, brand, person, embedded):
    answer = await in_thread(ask)(brand, person, "Do you have a shop in New York?")
    assert await write(answer.pk)
    assert (await fresh(answer)).state == "complete"
