""" "In my size" is answered with the size the client has told, and says which that was."""

from dataclasses import replace

import pytest

from archive.viewer import Viewer
from concierge.answering.answer import answer
from concierge.answering.sized import sized
from concierge.answering.turn import Delta, Done, Exchange, Turn, Voice

RING, GLOVE = "size: My ring size is 52", "size: I wear a size 7½ in gloves"


def turn(question, *remembered, said=(), viewer=None):
    history = tuple(Exchange("client", text) for text in said)
    return Turn(
        Voice("Maison"), question, viewer or Viewer.reading(1), history, remembered=remembered
    )


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Do you have the ring in my size?", "Do you have the ring in size 52?"),
        ("Do you have gloves in my size?", "Do you have gloves in size 7½?"),
        ("Avez-vous des gants à ma taille ?", "Avez-vous des gants en taille 7½ ?"),
        ("Avete l'anello nella mia misura?", "Avete l'anello in taglia 52?"),
        ("Haben Sie den Handschuh in meiner Größe?", "Haben Sie den Handschuh in Größe 7½?"),
    ],
)
def test_the_size_told_of_the_thing_is_taken(question, asked):
    read = sized(turn(question, RING, GLOVE))
    assert read.question == asked
    assert ("52" if "52" in asked else "7½") in read.aside


def test_what_was_said_last_in_the_conversation_goes_before():
    said = ("My ring size is 54 now",)
    assert "size 54" in sized(turn("The ring in my size?", RING, said=said)).question


@pytest.mark.parametrize(
    ("question", "remembered"),
    [
        ("Do you have the ring in my size?", (GLOVE,)),
        ("Do you have it in my size?", (RING, GLOVE)),
        ("Do you have the ring in my size?", ()),
    ],
)
def test_no_size_is_guessed(question, remembered):
    read = sized(turn(question, *remembered))
    assert read.question == question
    assert read.aside.startswith("You have not told me your size")


def test_a_question_about_sizes_is_left_as_it_is():
    read = sized(turn("What is my size?", RING))
    assert (read.question, read.aside) == ("What is my size?", "")


@pytest.mark.django_db(transaction=True)
async def test_the_answer_says_which_size_it_took(brand, stock):
    from archive.threads import in_thread

    await in_thread(stock)("Lisière ring", 110, kind="Ring", forms=("50", "52"))
    asked = turn("Do you have the ring in my size?", RING, viewer=Viewer.reading(brand.pk))
    events = [event async for event in answer(asked)]
    reply = next(event.reply for event in events if isinstance(event, Done))
    assert reply.text.startswith("I have looked in size 52, which you have told us is yours.\n\n")
    assert "Lisière ring" in reply.text
    assert "".join(event.text for event in events if isinstance(event, Delta)) == reply.text


ASKED_FOR = (
    Exchange("client", "Do you have gloves in my size?"),
    Exchange(
        "concierge",
        "You have not told me your size; once I know it, I can look for the form that fits.",
    ),
)


@pytest.mark.parametrize("told", ["I wear a 7", "7", "Size 7, please.", "I wear size 7 gloves"])
def test_a_size_told_when_it_was_asked_for_answers_the_question_before(told):
    read = sized(Turn(Voice("Maison"), told, Viewer.reading(1), ASKED_FOR))
    assert read.question == "Do you have gloves in size 7?"


@pytest.mark.parametrize(
    "asked", ["Who drew the heron of 1934?", "How much is the Relais 30?", "And the Relais 30"]
)
def test_another_question_after_it_is_left_as_it_is(asked):
    read = sized(Turn(Voice("Maison"), asked, Viewer.reading(1), ASKED_FOR))
    assert (read.question, read.aside) == (asked, "")


def test_a_size_told_beside_the_question_is_taken():
    read = sized(turn("I wear size 7 gloves. Do you have gloves in my size?"))
    assert read.question == "Do you have gloves in size 7?"


def test_what_was_corrected_after_it_was_said_goes_before():
    said = (Exchange("client", "I wear size 6 gloves", learned=True),)
    asking = Turn(
        Voice("Maison"),
        "Do you have gloves in my size?",
        Viewer.reading(1),
        said,
        remembered=("size: I wear size 7 gloves",),
    )
    assert sized(asking).question == "Do you have gloves in size 7?"
    assert sized(replace(asking, remembered=())).aside.startswith("You have not told me")
