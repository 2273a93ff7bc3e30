import pytest

from archive.viewer import Viewer
from concierge.answering.smalltalk import smalltalk
from concierge.answering.turn import Exchange, Turn, Voice
from concierge.answering.understand import understand


def turn(question, *history):
    return Turn(Voice("Maison"), question, Viewer.reading(1), history)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Hello!", "greeting"),
        ("Bonjour", "greeting"),
        ("Merci beaucoup !", "thanks"),
        ("ok, thank you very much.", "thanks"),
        ("Au revoir", "farewell"),
        ("Hello, who drew the Heron?", "question"),
        ("thanks for the scarf history?", "question"),
    ],
)
def test_small_talk_is_told_from_a_question(said, kind):
    assert understand(turn(said)).kind == kind


def test_a_first_question_is_searched_for_as_it_is():
    assert understand(turn("Who drew  the Heron?\n")).queries == ("Who drew the Heron?",)


def test_a_follow_up_is_also_searched_for_with_the_question_before():
    history = (Exchange("client", "Who drew the Heron?"), Exchange("concierge", "Ottoline Vane."))
    assert understand(turn("And when?", *history)).queries == (
        "And when?",
        "Who drew the Heron? And when?",
    )


def test_a_question_further_back_is_searched_for_too():
    history = (
        Exchange("client", "Forgotten"),
        Exchange("client", "Who drew the Heron?"),
        Exchange("client", "Thanks!"),
        Exchange("client", "And when?"),
    )
    assert understand(turn("Where?", *history)).queries == (
        "Where?",
        "Who drew the Heron? And when? Where?",
    )


def test_the_conversation_can_be_left_out(settings):
    settings.SEARCH_WITHOUT = frozenset({"conversation"})
    assert understand(turn("And when?", Exchange("client", "Who?"))).queries == ("And when?",)


def test_a_greeting_is_returned_in_its_language():
    assert smalltalk(turn("Bonsoir"), "greeting").text.startswith("Bonjour")


@pytest.mark.parametrize(
    ("said", "leans"),
    [
        ("How much is it?", True),
        ("And in green?", True),
        ("How do I wash a carré?", False),
        ("What about the other one?", True),
        ("Combien coûte-t-elle ?", True),
        ("Et en vert ?", True),
        ("Quanto costa questo?", True),
        ("Wann wurde sie gezeichnet?", True),
        ("Qui a dessiné le Héron ?", False),
        ("Wer zeichnete den Reiher?", False),
    ],
)
def test_a_question_that_points_back_is_told_from_a_new_subject(said, leans):
    history = (Exchange("client", "How much is the Relais 30?"), Exchange("concierge", "€2,450"))
    assert understand(turn(said, *history)).leans == leans
