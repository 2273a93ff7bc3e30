"""The stretch of a passage that a question is about."""

import pytest

from archive.focus import focused
from archive.search import refresh, search_passages
from archive.viewer import Viewer

HERON = (
    "The house keeps its blocks in a cellar below the shop. "
    "The Heron was first printed on 20 September 1934, in nine colours. "
    "Its eye is saffron because that screen was already paid for. "
    "Twelve people work in the studio today, and four of them came as apprentices. "
    "The windows look out over the river, which was diverted when the quays were built."
)
TOKYO = "The shop in Tokyo opened in October 1988. It sells bags, belts and umbrellas."
ASKED = "When was the Heron first printed, and in how many colours?"


@pytest.fixture
def found(brand, write):
    """What a search finds, best first: the passages with their scores."""

    def look(query):
        refresh(brand.pk)
        hits = search_passages(Viewer.reading(brand.pk), query, 5)
        passages = type(written[0]).objects.in_bulk([hit.passage_id for hit in hits])
        return [passages[hit.passage_id] for hit in hits], [hit.score for hit in hits]

    written = write("Before it.", HERON, TOKYO, title="The house")
    return look


def test_the_focus_is_an_exact_stretch_of_the_document(found):
    passages, scores = found(ASKED)
    for passage, focus in zip(passages, focused(ASKED, passages, scores), strict=True):
        assert passage.version.text[focus.start : focus.end] == focus.text
        assert passage.start <= focus.start <= focus.end <= passage.end


def test_the_sentence_that_answers_is_in_it_and_what_is_far_from_it_is_not(found):
    [focus, *_] = focused(ASKED, *found(ASKED))
    assert "first printed on 20 September 1934, in nine colours." in focus.text
    assert "diverted when the quays" not in focus.text


def test_a_passage_that_has_nothing_near_the_best_has_an_empty_focus(found):
    passages, scores = found(ASKED)
    told = {
        passage.text: focus
        for passage, focus in zip(passages, focused(ASKED, passages, scores), strict=True)
    }
    assert told[TOKYO].text == ""
    assert told[TOKYO].start == told[TOKYO].end


def test_what_a_search_puts_first_counts_no_less_than_what_follows(found):
    passages, _ = found(ASKED)
    low_first = [0.0, *[1.0] * (len(passages) - 1)]
    equal = [1.0] * len(passages)
    assert focused(ASKED, passages, low_first) == focused(ASKED, passages, equal)


def test_a_question_of_no_known_word_still_has_a_focus(found):
    passages, scores = found("zzyx")
    assert any(focus.text for focus in focused("zzyx", passages, scores))


def test_no_passages_have_no_focus(db):
    assert focused(ASKED, [], []) == []


def test_without_the_step_the_focus_is_the_whole_passage(found, settings):
    passages, scores = found(ASKED)
    settings.SEARCH_WITHOUT = frozenset({"focus"})
    assert [focus.text for focus in focused(ASKED, passages, scores)] == [
        passage.text for passage in passages
    ]
