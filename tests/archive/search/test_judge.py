"""The cross-encoder's protocol is kept here by small scorers; no test needs a model."""

import logging
from threading import Event

import pytest

from archive.door import Door
from archive.judge import READ, Judge, chosen, fastembed, house_judge, judged
from archive.models import Passage
from archive.search import search_passages


class Shared:
    """Counts the words that a text shares with the query."""

    def rerank(self, query, documents):
        asked = set(query.split())
        return [len(asked & set(text.split())) for text in documents]


class Slow(Shared):
    """Answers when it is let."""

    def __init__(self):
        self.let = Event()

    def rerank(self, query, documents):
        self.let.wait()
        return super().rerank(query, documents)


class Broken:
    def rerank(self, query, documents):
        raise RuntimeError("the model is torn")


def judge_of(encoder):
    judge = Judge(lambda: encoder)
    judge.loaded.result()
    return judge


@pytest.fixture
def absent(settings, tmp_path):
    """A setting whose package is not installed, or else whose model is not there."""
    settings.RERANKER = "fastembed:nobody/no-such-model"
    settings.DATA_DIR = tmp_path
    chosen.cache_clear()
    house_judge().loaded.exception()
    yield
    chosen.cache_clear()


def test_texts_are_scored_in_their_order():
    assert judge_of(Shared()).scores("blue heron", ["a heron", "pond", "blue heron"], 5) == [
        1,
        0,
        2,
    ]


def test_while_it_loads_nothing_is_waited_for():
    let = Event()
    judge = Judge(lambda: let.wait() and Shared())
    assert judge.scores("heron", ["heron"], 5) is None
    let.set()
    judge.loaded.result()
    assert judge.scores("heron", ["heron"], 5) == [1]


def test_over_the_budget_it_is_not_waited_for_and_rests(caplog):
    slow = Slow()
    judge = judge_of(slow)
    assert judge.scores("heron", ["heron"], 0.2) is None
    slow.let.set()
    judge.late.result()  # it was let finish
    assert judge.scores("heron", ["heron"], 5) is None
    assert "more than 200 ms" in caplog.text


def test_after_its_rest_it_is_asked_again():
    slow = Slow()
    judge = judge_of(slow)
    judge.scores("heron", ["heron"], 0.2)
    slow.let.set()
    judge.late.result()
    judge.rests_until = 0.0
    assert judge.scores("heron", ["heron"], 5) == [1]


def test_one_warning_is_enough(caplog):
    slow = Slow()
    judge = judge_of(slow)
    slow.let.set()
    for _ in range(2):
        judge.rest(0, "it is tired")
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_what_fails_is_not_asked_again(caplog):
    judge = judge_of(Broken())
    assert judge.scores("heron", ["heron"], 5) is None
    assert not judge.ready()
    assert "the model is torn" in caplog.text


def test_without_the_package_or_the_model_searches_rank_as_before(
    absent, settings, write, viewer, caplog
):
    write("The heron by the pond.", "A pond with a heron, drawn in ink.")
    found = search_passages(viewer, "pond heron ink")
    again = search_passages(viewer, "pond heron ink")
    settings.RERANKER = ""
    assert found == again == search_passages(viewer, "pond heron ink")
    assert len([each for each in caplog.records if each.name == "archive.judge"]) == 1


@pytest.mark.parametrize("name", ["minilm", "fastembed:", "openai:large"])
def test_a_name_of_another_kind_is_refused_in_one_sentence(name, tmp_path):
    with pytest.raises(ValueError, match="RERANKER is"):
        fastembed(name, tmp_path)


def test_of_equals_the_passage_it_prefers_comes_first(write, viewer, settings):
    far, near = write("Lambskin is cut by hand.", "The heron by the pond.")
    settings.RERANKER_BUDGET_MS = 5000
    door, equal = Door.of(Passage.objects.visible_to(viewer)), {far.pk: 0.5, near.pk: 0.5}
    assert list(judged("the heron", equal, door, judge_of(Shared()))) == [near.pk, far.pk]


def test_passages_it_does_not_read_stay_behind(write, viewer, settings):
    rows = write(*[f"Plate {number}." for number in range(READ + 5)])
    scores = {row.pk: 1 - place / 100 for place, row in enumerate(rows)}
    settings.RERANKER_BUDGET_MS = 5000
    door = Door.of(Passage.objects.visible_to(viewer))
    found = judged("Plate 24.", scores, door, judge_of(Shared()))
    assert list(found)[READ:] == [row.pk for row in rows[READ:]]
    assert sorted(found.values(), reverse=True) == list(found.values())
