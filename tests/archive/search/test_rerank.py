import pytest

from archive.door import Door
from archive.meaning import Question
from archive.models import Passage, PassageEmbedding
from archive.rerank import CANDIDATES, UNTOLD, context, rarity_of, reranked, stretched
from archive.search import LEXICON, search_passages


def closer(viewer, query, scores):
    door = Door.of(Passage.objects.visible_to(viewer))
    words = LEXICON.words(viewer.brand_id, query)
    return reranked(query, scores, words, Question.embedded(query), door)


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


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("the 1934 account of the heron", {"date": "1934"}),
        ("the press release on the heron", {"kind": "press_release"}),
        ("the heron in October", {"date": "1988-10-03"}),
        ("the heron of autumn-winter 2024", {"season": "autumn-winter 2024"}),
        ("the heron of Jardin de nuit", {"collection": "Jardin de nuit"}),
    ],
)
def test_of_equals_the_row_whose_document_is_the_one_named_comes_first(
    write, viewer, query, fields
):
    write(
        "1934, a press release of October, autumn and winter 2024, a jardin de nuit.", title="All"
    )
    (other,) = write("The heron by the pond.", title="Heron")
    (meant,) = write("The heron by the pond.", title="Heron", **fields)
    assert list(closer(viewer, query, {other.pk: 0.5, meant.pk: 0.5})) == [meant.pk, other.pk]


def test_a_month_is_found_in_the_language_of_its_document(write, viewer):
    texts, fields = ["Le héron de mars."], {"title": "Héron", "language": "fr"}
    (other,) = write(*texts, **fields, date="1911-05")
    (meant,) = write(*texts, **fields, date="1911-03-14")
    scores = {other.pk: 0.5, meant.pk: 0.5}
    assert list(closer(viewer, "la lettre de mars", scores)) == [meant.pk, other.pk]


def test_documents_are_told_apart_by_years_that_no_text_holds(write, viewer):
    (other,) = write("The heron by the pond.", date="1911")
    (meant,) = write("The heron by the pond.", date="1934")
    scores = {other.pk: 0.5, meant.pk: 0.5}
    assert list(closer(viewer, "the heron of 1934", scores)) == [meant.pk, other.pk]


def test_a_kind_that_nobody_has_told_says_nothing():
    assert context(UNTOLD, "1934", "", "", "en") == "1934"
