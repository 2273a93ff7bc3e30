"""What the house knows is not declined, and what it does not know is asked of a model once."""

from dataclasses import replace

import pytest

from archive.support import UNSURE
from archive.threads import in_thread
from archive.viewer import Viewer
from concierge.answering.answer import answer
from concierge.answering.settle import is_known, of_pieces, says_more
from concierge.answering.turn import Done, Evidence, Exchange, Piece, Turn, Voice
from concierge.answering.understand import Understanding
from tests.answering.shelf import HERON
from tests.answering.test_verify import source
from tests.fake_provider import Script

FOUND = Evidence("q", (source(1, HERON, title="The Heron"),), support=UNSURE)
HOUSE = Voice("Maison", contact="+33 1 00 00 00 00")


def test_what_one_text_has_most_words_of_is_known():
    assert is_known("What was the weather at the ponds, the heron, March 1934?", FOUND)
    assert is_known("Was the heron drawn in March?", FOUND)


@pytest.mark.parametrize("query", ["Who won the world cup?", "Che tempo fa a Lione?", "?"])
def test_what_no_text_has_the_words_of_is_not(query):
    assert not is_known(query, FOUND)


def test_what_the_search_thinks_little_of_is_not_known_by_its_words():
    assert not is_known("Was the heron drawn in March?", replace(FOUND, support=UNSURE - 0.01))


def test_a_year_is_history():
    assert is_known("Quelle était la météo en 1934 ?", FOUND)


def test_a_question_that_rows_answer_is_of_pieces():
    asked = Understanding("heritage", "a red bag", "a red bag")
    told = Evidence("q", pieces=(Piece(1, 5, "Bag", "EUR 5", told="Bag: EUR 5"),))
    assert of_pieces(asked, told).kind == "pieces"
    assert of_pieces(replace(asked, kind="care"), told).kind == "care"
    assert of_pieces(asked, FOUND).kind == "heritage"


async def replied(brand, question, *history):
    turn = Turn(HOUSE, question, Viewer.reading(brand.pk), history)
    async for event in answer(turn):
        if isinstance(event, Done):
            return event.reply
    raise AssertionError


@pytest.mark.usefixtures("patient")
@pytest.mark.django_db(transaction=True)
class TestWholeTurn:
    async def test_what_is_out_of_scope_is_declined(self, brand, archive):
        reply = await replied(brand, "What is the weather in Paris today?")
        assert (reply.kind, reply.rung, reply.refused) == ("out_of_scope", "courtesy", True)
        assert reply.support is None
        assert [(step.rung, step.reason) for step in reply.steps] == [("courtesy", "weather")]

    async def test_what_the_archive_tells_of_the_same_is_not(self, brand, archive, shelve):
        text = "The weather in the Dombes that March was cold, and the ponds were frozen."
        passage = await in_thread(shelve)("The weather of that March", text)
        reply = await replied(brand, "What was the weather in the Dombes that March?")
        assert reply.kind == "heritage"
        assert reply.citations[0].source.passage_id == passage.pk

    async def test_the_clients_own_data_are_not_looked_for_in_the_archive(self, brand, archive):
        reply = await replied(brand, "What do you know about me?")
        assert (reply.kind, reply.person, reply.citations) == ("own", True, ())

    async def test_small_talk_asks_no_provider(self, provider, brand):
        assert (await replied(brand, "Good evening!")).kind == "small_talk"
        assert provider.requests == []

    async def test_the_kind_of_an_answer_is_on_it(self, brand, archive):
        assert (await replied(brand, "How do I wash a silk scarf?")).kind == "care"

    async def test_a_first_question_that_nothing_knows_is_asked_of_a_model(
        self, provider, brand, archive
    ):
        provider.will(Script('{"kind": "out_of_scope", "question": "Boiling mercury?"}'))
        reply = await replied(brand, "Boiling mercury?")
        assert (reply.kind, reply.rung) == ("out_of_scope", "courtesy")
        assert [step.rung for step in reply.steps] == ["rewrite", "courtesy"]
        assert len(provider.requests) == 1

    async def test_a_model_that_fails_leaves_it_to_the_archive(self, provider, brand, archive):
        provider.will(Script(status=500))
        reply = await replied(brand, "Boiling mercury?")
        assert (reply.kind, reply.refused, reply.person) == ("heritage", True, True)

    async def test_a_first_question_that_is_known_costs_no_call_for_its_kind(
        self, provider, brand, archive
    ):
        provider.will(Script("Ottoline Vane drew the Heron in March 1934 [1]."))
        await replied(brand, "Who drew the Heron?")
        assert len(provider.requests) == 1

    async def test_a_follow_up_that_a_model_takes_for_small_talk_is_answered_so(
        self, provider, brand, archive
    ):
        provider.will(Script('{"kind": "small_talk", "question": "Pfff"}'))
        reply = await replied(brand, "Pfff", Exchange("client", "Who drew the Heron?"))
        assert reply.kind == "small_talk"

    async def test_a_follow_up_that_the_archive_knows_is_answered_whatever_a_model_says(
        self, provider, brand, archive
    ):
        provider.will(
            Script('{"kind": "out_of_scope", "question": "Who drew the Heron in March 1934?"}'),
            Script("Ottoline Vane drew the Heron in March 1934 [1]."),
        )
        asked = "Was the Heron drawn in March?"
        reply = await replied(brand, asked, Exchange("client", "What is the Heron?"))
        assert (reply.kind, reply.rung) == ("heritage", "openai")

    async def test_despair_is_heard_by_a_model_too(self, provider, brand, archive):
        provider.will(Script('{"kind": "self_harm", "question": "There is no way out"}'))
        reply = await replied(brand, "no way out now", Exchange("client", "Who drew the Heron?"))
        assert (reply.kind, reply.person) == ("unsafe", False)
        assert "112" in reply.text


def test_nothing_is_known_of_what_is_weather_and_nothing_more():
    def weather(query):
        return Understanding("out_of_scope", query, query, topic="weather")

    assert not says_more(weather("Quel temps fait-il ?"))
    assert not says_more(weather("What is the weather?"))
    assert says_more(weather("What was the weather in the Dombes that March?"))
