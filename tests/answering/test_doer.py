"""Whether a sentence says who did what is asked."""

import pytest

from archive.viewer import Viewer
from concierge.answering.doer import doer
from concierge.answering.extract import is_caption, said
from concierge.answering.turn import Turn, Voice
from concierge.answering.turning import turning

WHO = "who has founded the house ?"


@pytest.mark.parametrize(
    "text",
    [
        "The house was founded in Lyon by Adèle Sérance on 2 May 1889.",
        "Adèle Sérance founded Maison Sérance in 1889.",
        "Adèle Sérance established the house in 1889.",
    ],
)
def test_a_name_beside_the_verb_says_who(text):
    assert doer(WHO)(text)


@pytest.mark.parametrize(
    "text",
    [
        "Il y a sept de fonds, et une que je voulais jeter à Noël.",
        "Adèle Sérance was born in Vienne, and lived with an aunt until the house was founded.",
        "Maison Sérance founded a school of weaving.",
    ],
)
def test_a_name_elsewhere_does_not(text):
    assert not doer(WHO)(text)


def test_a_question_of_no_doing_has_no_doer():
    assert doer("Who is Noor Haddad?") is None
    assert doer("When was the house founded?") is None


def test_the_words_of_a_picture_are_told_from_a_sentence_and_a_row():
    assert is_caption("A pencil drawing of a heron among reeds, with handwriting along the edge")
    assert not is_caption("She drew a heron among reeds, with handwriting along the edge.")
    assert not is_caption("Re-edge of leather | from 90 | 6 weeks | La Grange-aux-Gants, Millau")


def test_a_question_does_not_turn_on_the_word_policy():
    assert turning("What is your return policy?") == ["return"]


def test_a_short_question_is_refused_in_its_own_language():
    viewer = Viewer(1, frozenset({"public"}))
    turn = Turn(Voice("Maison"), "Chi ha disegnato Jardin de nuit?", viewer)
    assert said("silent", turn) == "L’archivio di Maison non lo dice."
