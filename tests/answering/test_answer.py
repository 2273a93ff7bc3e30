import pytest

from archive.viewer import Viewer
from concierge.answering.answer import answer
from concierge.answering.turn import Delta, Done, Turn, Voice

pytestmark = pytest.mark.django_db(transaction=True)


async def events(brand, question):
    turn = Turn(Voice("Maison"), question, Viewer.reading(brand.pk))
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


async def test_small_talk_is_answered_without_the_archive(brand):
    *_, last = await events(brand, "Hello!")
    assert last.reply.rung == "courtesy"
    assert not last.reply.citations
    assert last.reply.support is None
