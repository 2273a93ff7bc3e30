import pytest

from archive.viewer import Viewer
from concierge.answering.absent import absent
from concierge.answering.retrieve import passages
from concierge.answering.turn import Evidence, Piece, Turn, Voice
from concierge.answering.understand import understand


@pytest.fixture
def missed(brand, archive):
    def words(question, viewer=None, pieces=()):
        asking = viewer or Viewer.reading(brand.pk)
        turn = Turn(Voice("Maison"), question, Viewer.reading(brand.pk))
        found, _ = passages(turn, understand(turn))
        return absent(asking, question, Evidence(question, found, pieces))

    return words


def test_a_word_that_no_source_is_anything_like_is_told(missed):
    assert missed("What is the Heron insured against?") == ["insured"]


def test_a_word_in_another_form_is_not_missed(missed):
    assert missed("Who was drawing the Heron?") == []


def test_a_word_of_like_meaning_is_not_missed(missed):
    assert missed("How should I clean a silk scarf?") == []


def test_words_that_questions_are_made_of_are_not_missed(missed):
    assert missed("Tell me what happened to the blocks, please") == []


def test_a_question_in_another_language_is_judged_by_what_its_words_mean(missed):
    assert missed("Qui a dessiné le Heron et pourquoi est-il assuré ?") == ["insure"]


def test_a_question_in_a_language_nobody_can_say_misses_nothing(missed):
    assert missed("¿Quién dibujó la garza y por qué está asegurada?") == []


def test_what_a_viewer_may_not_read_tells_nothing(missed, other_brand):
    assert missed("What is the Heron insured against?", Viewer.reading(other_brand.pk)) == []


def test_a_word_of_a_piece_beside_the_sources_is_not_missed(missed):
    piece = Piece(1, 1, "The insured Heron", "Price: 390 euros")
    assert missed("What is the Heron insured against?", pieces=(piece,)) == []
