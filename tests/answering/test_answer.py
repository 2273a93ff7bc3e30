import pytest

from archive.viewer import Viewer
from concierge.answering.answer import answer
from concierge.answering.turn import Delta, Done, Turn, Voice
from tests.fake_provider import Script
from tests.tables import lost

pytestmark = pytest.mark.django_db(transaction=True)


CONTACT = "concierge@maison.example"


async def events(brand, question):
    turn = Turn(Voice("Maison", contact=CONTACT), question, Viewer.reading(brand.pk))
    return [event async for event in answer(turn)]


async def test_the_last_event_is_the_whole_answer(brand, archive):
    *shown, last = await events(brand, "Who drew the Heron?")
    assert isinstance(last, Done)
    assert "".join(event.text for event in shown if isinstance(event, Delta)) == last.reply.text


async def test_the_times_of_each_part_are_told(brand, archive):
    *_, last = await events(brand, "Who drew the Heron?")
    assert {"retrieve", "answer"} <= last.reply.timings_ms.keys()


async def test_an_answer_tells_its_support_and_what_was_nearest(brand, archive):
    *_, last = await events(brand, "Who drew the Heron?")
    assert last.reply.support > 0.5
    assert last.reply.nearest == archive["heron"].pk


async def test_what_the_archive_does_not_tell_has_little_support(brand, archive):
    *_, last = await events(brand, "What is the boiling point of mercury?")
    assert (last.reply.refused, last.reply.support < 0.3) == (True, True)


async def test_a_misspelt_question_is_answered_as_it_was_meant(brand, archive):
    *_, meant = await events(brand, "Who drew the Heron?")
    *_, typed = await events(brand, "Who drew the Herron?")
    assert typed.reply.text == meant.reply.text
    assert typed.reply.citations


async def test_who_greets_before_asking_is_answered_as_who_does_not(brand, archive):
    *_, plain = await events(brand, "Who drew the Heron?")
    *_, greeted = await events(brand, "Hello, who drew the Heron?")
    assert greeted.reply.text == plain.reply.text
    assert greeted.reply.citations


async def test_small_talk_is_answered_without_the_archive(brand):
    *_, last = await events(brand, "Hello!")
    assert last.reply.rung == "courtesy"
    assert not last.reply.citations
    assert last.reply.support is None


async def test_what_the_archive_does_not_tell_a_person_may(brand, archive):
    *_, last = await events(brand, "What is the boiling point of mercury?")
    assert last.reply.person
    assert CONTACT in last.reply.text


def said(reply):
    return [(step.rung, step.outcome, step.reason) for step in reply.steps]


@pytest.fixture
def no_embedder(archive, settings):
    """The house's embedding model is elsewhere, and nobody listens there."""
    settings.EMBEDDER, settings.EMBEDDER_BASE_URL = "openai:gone", "http://127.0.0.1:9/v1"


async def test_without_an_embedder_a_model_still_answers(brand, no_embedder, provider):
    provider.will(Script("Ottoline Vane drew it in March 1934 [1]."))
    *_, last = await events(brand, "Who drew the Heron?")
    assert last.reply.rung == "openai"


async def test_without_an_embedder_or_a_model_the_archive_is_quoted(brand, no_embedder, provider):
    provider.will(*[Script(status=500)] * 3)
    *shown, last = await events(brand, "Who drew the Heron?")
    assert last.reply.rung == "extractive"
    assert "drawn by Ottoline Vane" in last.reply.text
    assert "".join(event.text for event in shown) == last.reply.text


@pytest.fixture
def no_passages(archive):
    """A database that has lost its table of passages."""
    with lost("archive_passage"):
        yield


async def test_where_the_search_breaks_a_person_is_offered(brand, no_passages):
    *_, last = await events(brand, "Who drew the Heron?")
    assert CONTACT in last.reply.text
    assert said(last.reply) == [("search", "failed", "fault"), ("person", "answered", "")]
    assert last.reply.support is None
