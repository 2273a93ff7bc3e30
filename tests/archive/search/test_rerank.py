import pytest

from archive.meaning import Question
from archive.models import Passage, PassageEmbedding
from archive.rerank import CANDIDATES, rarity_of, reranked, stretched
from archive.search import LEXICON, search_passages


def closer(viewer, query, scores):
    visible = Passage.objects.visible_to(viewer)
    words = LEXICON.words(viewer.brand_id, query)
    return reranked(query, scores, words, Question.embedded(query), visible)


def test_of_equals_the_row_whose_title_names_it_comes_first(write, viewer):
    (plain,) = write("It was drawn in 1934.", title="Chronicle")
    (named,) = write("It was drawn in 1934.", title="The heron")
    assert list(closer(viewer, "heron", {plain.pk: 0.5, named.pk: 0.5})) == [named.pk, plain.pk]


def test_of_equals_the_row_that_meets_the_questions_words_comes_first(write, viewer):
    far, near = write("Lambskin is cut by hand.", "Wash the scarf gently in cool water.")
    found = closer(viewer, "how should I clean my carré?", {far.pk: 0.5, near.pk: 0.5})
    assert list(found) == [near.pk, far.pk]


def test_rows_alike_in_every_way_keep_their_order(write, viewer):
    one, two = write(*["The heron by the pond."] * 2)
    assert list(closer(viewer, "heron", {one.pk: 0.5, two.pk: 0.5})) == [one.pk, two.pk]


def test_without_sketches_titles_are_heard_alone(write, viewer):
    (plain,) = write("It was drawn in 1934.", title="Chronicle")
    (named,) = write("It was drawn in 1934.", title="The heron")
    PassageEmbedding.objects.update(sketch=None)
    assert list(closer(viewer, "heron", {plain.pk: 0.5, named.pk: 0.5})) == [named.pk, plain.pk]


def test_rows_beyond_the_candidates_stay_behind_them(write, viewer):
    rows = write(*[f"Plate {number}." for number in range(CANDIDATES + 5)])
    scores = {row.pk: 1 - place / 100 for place, row in enumerate(rows)}
    found = closer(viewer, "plate 54", scores)
    assert list(found)[CANDIDATES:] == [row.pk for row in rows[CANDIDATES:]]
    assert sorted(found.values(), reverse=True) == list(found.values())


def test_the_step_can_be_left_out(write, viewer, settings):
    write("The heron by the pond.", "A pond with a heron, drawn in ink.", title="Herons")
    with_it = [hit.score for hit in search_passages(viewer, "pond heron ink")]
    settings.SEARCH_WITHOUT = frozenset({"rerank"})
    assert [hit.score for hit in search_passages(viewer, "pond heron ink")] != with_it


def test_small_words_weigh_little_and_unknown_ones_as_the_rarest(write, viewer, brand):
    write("The heron by the pond.", "The pond.")
    words = LEXICON.words(brand.pk, "the heron zzyzx")
    spelled = [frozenset(), frozenset({"heron"}), frozenset({"zzyzx"})]
    small, heron, unknown = rarity_of(["the", "heron", "zzyzx"], ["en"], spelled, words)
    assert small < heron == unknown


@pytest.mark.parametrize("scores", [{}, {1: 3.0}, {1: 2.0, 2: 2.0}])
def test_voices_that_set_nothing_apart_say_nothing(scores):
    assert stretched(scores) == {}
