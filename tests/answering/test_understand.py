from dataclasses import replace

import pytest

from archive.viewer import Viewer
from concierge.answering.turn import Exchange, Turn, Voice
from concierge.answering.understand import understand


def turn(question, *history):
    return Turn(Voice("Maison"), question, Viewer.reading(1), history)


@pytest.mark.parametrize(
    ("said", "kind", "topic"),
    [
        ("Hello!", "small_talk", "greeting"),
        ("Bonjour", "small_talk", "greeting"),
        ("Merci beaucoup !", "small_talk", "thanks"),
        ("ok, thank you very much.", "small_talk", "thanks"),
        ("Hello, how are you? 😊", "small_talk", "wellbeing"),
        ("Au revoir", "small_talk", "farewell"),
        ("Hello, who drew the Heron?", "heritage", "heritage"),
        ("thanks for the scarf history?", "heritage", "heritage"),
        ("Good day, what is the weather in Lyon?", "out_of_scope", "weather"),
        ("Thank you. How do I wash it?", "care", "care"),
        ("Hi, I want to speak to a person", "care", "person"),
    ],
)
def test_courtesies_are_told_from_what_is_asked_after_them(said, kind, topic):
    asked = understand(turn(said))
    assert (asked.kind, asked.topic) == (kind, topic)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Hello, who founded the house?", "Who founded the house?"),
        ("hello who founded the house?", "who founded the house?"),
        ("Hello, please tell me of the Heron", "Please tell me of the Heron"),
        ("Hi! How are you? Who founded the house?", "Who founded the house?"),
        ("Good morning — “Le Héron”, who drew it?", "“Le Héron”, who drew it?"),
        ("Bonjour madame, qui a fondé la maison ?", "Qui a fondé la maison ?"),
        ("Buongiorno, l’airone chi l’ha disegnato?", "L’airone chi l’ha disegnato?"),
        ("Guten Tag! Wer hat das Haus gegründet?", "Wer hat das Haus gegründet?"),
        *[("Thanks! And the gloves?", "And the gloves?"), ("Good leather?", "Good leather?")],
        *[("Lovely silks, these?", "Lovely silks, these?"), ("Hello!", "Hello!")],
    ],
)
def test_a_greeting_before_a_question_does_not_change_it(said, asked):
    assert understand(turn(said)).query == asked


@pytest.mark.parametrize("said", ["Ciao", "Servus!", "Salut"])
def test_what_is_said_on_coming_and_on_going_goes_by_the_moment(said):
    assert understand(turn(said)).topic == "greeting"
    assert understand(turn(said, Exchange("client", "Hello"))).topic == "farewell"


def test_what_no_pattern_knows_is_a_question_for_the_archive():
    asked = understand(turn("Benoîte?"))
    assert (asked.kind, asked.topic, asked.is_for_archive) == ("heritage", "", True)


def test_the_kind_is_read_from_what_was_typed_and_the_search_from_what_was_meant():
    asked = understand(replace(turn("What is the weather?"), read_as="What is the leather?"))
    assert (asked.kind, asked.query) == ("out_of_scope", "What is the leather?")


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
