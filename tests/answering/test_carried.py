"""A follow-up on the piece that was shown is asked as it would be alone."""

import pytest

from archive.viewer import Viewer
from concierge.answering.carried import carried
from concierge.answering.turn import Exchange, Turn, Voice

ENGLISH = "How much is the Relais 30?"


@pytest.fixture
def alone(brand, shelf):
    def read(question, *before, shown=True):
        ids = (shelf["relais 30"].pk,) if shown else ()
        history = tuple(Exchange("client", text) for text in before)
        turn = Turn(Voice("Maison"), question, Viewer.reading(brand.pk), history, shown=ids)
        return carried(turn).question

    return read


@pytest.mark.parametrize(
    ("question", "before", "asked"),
    [
        ("And the 24?", (ENGLISH,), "How much is the Relais 24?"),
        ("And the 24?", (ENGLISH, "And the shawl?"), "How much is the Relais 24?"),
        ("And the shawl?", (ENGLISH,), "How much is the shawl?"),
        ("Et le 24 ?", ("Combien coûte le Relais 30 ?",), "Combien coûte le Relais 24 ?"),
        ("Et l’écharpe ?", ("Combien coûte le Relais 30 ?",), "Combien coûte l’écharpe ?"),
        ("Und das 24?", ("Was kostet das Relais 30?",), "Was kostet das Relais 24?"),
        ("E lo scialle?", ("Quanto costa il Relais 30?",), "Quanto costa lo scialle?"),
        ("What is it made of?", (ENGLISH,), "What is the Relais 30 made of?"),
        ("De quoi est-il fait ?", (ENGLISH,), "De quoi est fait Relais 30 ?"),
    ],
)
def test_a_follow_up_stands_alone(alone, question, before, asked):
    assert alone(question, *before) == asked


@pytest.mark.parametrize(
    ("question", "before", "shown"),
    [
        ("And the 24?", ("Who drew the Relais?",), True),
        ("And the 24?", (ENGLISH,), False),
        ("And the atelier, when did it open?", (ENGLISH,), True),
        ("And the 24?", (ENGLISH, "Who drew the Relais?"), True),
        ("What is it made of?", (), False),
        ("What is the candle made of?", (ENGLISH,), True),
    ],
)
def test_what_leans_on_no_price_or_piece_is_left_as_it_is(alone, question, before, shown):
    assert alone(question, *before, shown=shown) == question
