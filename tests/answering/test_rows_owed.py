"""The price or stock of a known piece is told from its row, where a model does not tell it."""

from dataclasses import dataclass, replace

import pytest
from django.conf import settings

from concierge.answering.converse import NoAnswerError
from concierge.answering.ladder import climb
from concierge.answering.rows_owed import owed
from concierge.answering.turn import Delta, Reply
from concierge.llm.breaker import Breaker, connected
from concierge.llm.upstream import Upstream
from tests.answering.test_converse import TURN
from tests.answering.test_verify import EVIDENCE
from tests.discretion import PLAIN


def titles(question, text):
    return [each.title for each in owed(replace(TURN, question=question), text, EVIDENCE)]


@pytest.mark.parametrize(
    "question",
    [
        "How much is Le Héron scarf?",
        "Combien coûte Le Héron scarf ?",
        "Quanto costa Le Héron scarf?",
        "Was kostet Le Héron scarf?",
        "Is Le Héron scarf in stock?",
    ],
)
def test_a_row_is_owed_to_who_asks_for_it_and_is_told_a_story(question):
    assert titles(question, "The heron was drawn in 1934 [1].") == ["Le Héron scarf"]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How much is Le Héron scarf?", "It costs EUR 420.00."),
        ("Is Le Héron scarf in stock?", "Le Héron scarf is in stock."),
        ("Who drew the heron?", "Adèle Sérance drew it [1]."),
    ],
)
def test_no_row_is_owed_where_it_is_told_or_not_asked_for(question, text):
    assert titles(question, text) == []


@dataclass(frozen=True)
class Silent:
    """A model that finds no answer."""

    name: str = "openai"
    calls_upstream: bool = True

    async def answer(self, turn, evidence):
        raise NoAnswerError
        yield


@dataclass(frozen=True)
class Rows:
    """A last rung that says which pieces it was given."""

    name: str = "rows"
    calls_upstream: bool = False

    async def answer(self, turn, evidence):
        yield Delta("rows")
        yield Reply(", ".join(piece.title for piece in evidence.pieces), rung=self.name)


async def test_the_row_is_kept_though_a_model_finds_nothing():
    turn = replace(TURN, question="How much is Le Héron scarf?")
    way = Upstream(Breaker(connected(settings.REDIS_URL)), discretion=PLAIN)
    ladder = (Silent(), Silent(), Rows())
    *_, last = [event async for event in climb(turn, EVIDENCE, ladder, way)]
    assert last.reply.text == "Le Héron scarf"
    assert [each.outcome for each in last.reply.steps] == ["refused", "skipped", "answered"]
