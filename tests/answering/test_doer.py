"""Whether a sentence says who did what is asked."""

import numpy as np
import pytest

from archive.viewer import Viewer
from concierge.answering.doer import doer
from concierge.answering.extract import chosen, is_caption, judged, said
from concierge.answering.sentences import Sentence
from concierge.answering.turn import Source, Turn, Voice
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


def test_a_sentence_says_who_in_its_own_language():
    assert doer(WHO)("La maison a été fondée à Lyon par Adèle Sérance.", "fr")
    assert not doer(WHO)("La maison a été fondée à Lyon, en 1889.", "fr")


def ranked(*rows):
    """Sentences of (score, meaning, text), each of a document of its own."""
    found = []
    for number, (score, meaning, text) in enumerate(rows, start=1):
        source = Source(number, "", text, number, number, number, 0, language="en")
        vector = np.eye(len(rows), dtype=np.float32)[number - 1]
        found.append(Sentence(source, 0, len(text), 0, meaning, 1.0, score, vector))
    return found


def quoted(question, rows):
    return [each.text for each in chosen(question, judged(question, ranked(*rows)))]


DREW = (0.7, 0.7, "Ottoline Vane drew the bird in 1934.")


def test_what_does_not_say_who_is_not_quoted_after_what_does():
    drawer = (0.6, 0.5, "The drawer in which Lucien Abadie slept.")
    assert quoted("who has drawn the bird ?", [DREW, drawer]) == [DREW[2]]


def test_a_sentence_on_something_else_does_not_decide_who_did_it():
    clasp = (0.7, 0.8, "The first clasp was cast in brass by the locksmith Aimé Vernet.")
    mill = (0.5, 0.2, "Lucien Abadie made the mill weave again.")
    assert quoted("who has made the first clasp ?", [clasp, mill]) == [clasp[2]]


def test_what_only_shares_words_is_not_quoted_after_what_means_the_same():
    further = (0.65, 0.3, "Nobody ever saw that bird again on the long table.")
    assert quoted("tell me of the bird", [DREW, further]) == [DREW[2]]


@pytest.mark.parametrize("question", ["and when?", "Et quand ?", "E quando?", "Und wann?"])
def test_a_bare_when_is_answered_by_one_sentence(question):
    further = (0.65, 0.6, "Mathilde Kerguelen printed another in May 2016.")
    assert quoted(question, [DREW, further]) == [DREW[2]]


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
