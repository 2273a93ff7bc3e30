from dataclasses import replace

import pytest

from archive.viewer import Viewer
from concierge.answering.retrieve import passages
from concierge.answering.sentences import scored
from concierge.answering.turn import Turn, Voice
from concierge.answering.turning import turning, unsaid
from concierge.answering.understand import understand


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who guards the Modern Wing at night?", ["guards"]),
        ("Which hotel did Esther Howland sleep in?", ["hotel", "sleep"]),
        ("Where did Grant Wood's dentist live?", ["dentist", "live"]),
        ("What is the lawyer's salary?", ["salary"]),
        ("What kind of tobacco did he smoke?", ["tobacco", "smoke"]),
        ("What was the name of Man Ray's cat?", ["cat"]),
        ("Who gave it to the museum?", ["gave"]),
        ("Why is there no door in the picture?", []),
        ("Tell me about the people who kept the blocks", []),
        ("Qui a dessiné le Heron ?", []),
    ],
)
def test_a_question_turns_on_its_verb_and_on_what_is_asked_for(question, words):
    assert turning(question) == words


@pytest.fixture
def missed(brand, archive):
    def words(question, **changes):
        turn = Turn(Voice("Maison"), question, Viewer.reading(brand.pk))
        found, _ = passages(turn, understand(turn))
        ranked = scored(question, question, brand.pk, found)
        ranked = [replace(each, **changes) for each in ranked]
        return unsaid(question, ranked[:3], ranked)

    return words


def test_what_nothing_near_the_quotation_says_is_told(missed):
    assert missed("Who guards the Heron?") == ["guards"]


def test_what_stands_near_it_in_another_form_is_said(missed):
    assert missed("Who drew the Heron?") == []


def test_a_word_that_says_the_same_is_said(missed, shelve):
    shelve("The bust", "The bust of Hortense was a donation of the printers of Lyon in 1911.")
    assert missed("Who gave the bust of Hortense?") == []


def test_nothing_is_told_where_single_words_cannot_be_compared(missed):
    assert missed("Who guards the Heron?", sketch=b"") == []
