"""The language of a question, however short."""

import pytest

from archive.viewer import Viewer
from concierge.answering.extract import refusal
from concierge.answering.support import language
from concierge.answering.turn import Turn, Voice

SHORT = [
    ("Combien coûte le Carré Héron 90 ?", "fr"),
    ("Comment laver un carré en soie ?", "fr"),
    ("Qui a dessiné le Héron ?", "fr"),
    ("Quel temps fait-il ?", "fr"),
    ("Was geschah 1911 beim Brand?", "de"),
    ("Was kostet das Relais 30?", "de"),
    ("Wer hat den Reiher gezeichnet?", "de"),
    ("Quanto costa il Relais 30?", "it"),
    ("Come si lava la seta?", "it"),
    ("Was the Heron drawn in March?", "en"),
    ("Was Ottoline Vane disappointed?", "en"),
    ("Why did the Paris shop close?", "en"),
]


@pytest.mark.parametrize(("question", "code"), SHORT)
def test_a_short_question_tells_its_language(question, code):
    assert language(question, margin=1) == code


@pytest.mark.parametrize("question", ["Relais 30", "1911?", "Ottoline Vane"])
def test_a_name_alone_tells_no_language(question):
    assert language(question, margin=1) == ""


def test_a_decline_is_in_the_language_of_the_question():
    said = refusal(Turn(Voice("Maison"), "Was geschah 1911 beim Brand?", Viewer.reading(1)))
    assert said == "Das Archiv von Maison sagt dazu nichts."
