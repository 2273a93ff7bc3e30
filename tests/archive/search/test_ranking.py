import pytest

from archive.ranking import blended, merged
from archive.search import search_passages


def test_an_empty_archive_has_no_hits(viewer):
    assert search_passages(viewer, "who drew the heron") == []


def test_meaning_finds_what_words_do_not(write, viewer):
    write("The shop in Tokyo opened in 1988.", "Lambskin is cut by hand.")
    (care,) = write("Wash the carré gently in cool water.")
    best = search_passages(viewer, "how should I clean my scarf?")[0]
    assert (best.passage_id, best.lexical_rank, best.dense_rank) == (care.pk, None, 1)


def test_a_hit_says_how_it_was_found(write, viewer):
    (passage,) = write("The heron by the pond.")
    (hit,) = search_passages(viewer, "heron")
    assert (hit.passage_id, hit.document_id) == (passage.pk, passage.document_id)
    assert (hit.dense_rank, hit.lexical_rank, hit.score) == (1, 1, pytest.approx(1.0))
    assert hit.bm25 > 0
    assert 0.3 < hit.similarity < 1.0


def test_a_passage_without_a_vector_is_found_by_its_words(write, viewer):
    (passage,) = write("The heron by the pond.", embedded=False)
    (hit,) = search_passages(viewer, "heron")
    assert (hit.passage_id, hit.dense_rank, hit.similarity) == (passage.pk, None, 0.0)


def test_vectors_of_another_model_are_left_alone(write, viewer):
    (passage,) = write("Lambskin is cut by hand.")
    passage.embeddings.create(brand_id=passage.brand_id, model="other", vector=[1.0, 0.0, 0.0])
    (hit,) = search_passages(viewer, "gloves")
    assert hit.passage_id == passage.pk


def test_without_its_model_search_goes_by_words(write, viewer, settings):
    (passage,) = write("The heron by the pond.")
    settings.EMBEDDER = "openai:unreachable"
    settings.EMBEDDER_BASE_URL = "http://127.0.0.1:9/v1"
    (hit,) = search_passages(viewer, "heron")
    assert (hit.passage_id, hit.dense_rank) == (passage.pk, None)


def test_equals_come_in_the_order_they_were_written(write, viewer):
    passages = write(*["The heron by the pond."] * 8)
    hits = search_passages(viewer, "heron")
    assert [hit.passage_id for hit in hits] == [passage.pk for passage in passages]


def test_no_more_than_the_top_are_given(write, viewer):
    write(*[f"The heron by the pond, plate {number}." for number in range(6)])
    assert [len(search_passages(viewer, "heron", top)) for top in (0, 1, 5, 9)] == [0, 1, 5, 6]


def test_a_blend_stretches_each_list_to_the_same_reach():
    lists = [({1: 30.0, 2: 20.0, 3: 10.0}, 0.5), ({3: 0.9, 4: 0.6, 5: 0.3}, 0.5)]
    assert blended(lists, 3) == [(1, 0.5), (3, 0.5), (2, 0.25), (4, pytest.approx(0.25)), (5, 0.0)]


def test_a_blend_holds_nothing_against_the_last_of_a_short_list():
    assert blended([({1: 8.0, 2: 4.0}, 1.0)], 100) == [(1, 1.0), (2, 0.5)]


def test_a_blend_of_empty_lists_is_empty():
    assert blended([({}, 0.5), ({}, 0.5)], 100) == []


def test_a_blend_of_equal_scores_keeps_them_at_the_top():
    assert blended([({1: 2.0, 2: 2.0}, 1.0)], 2) == [(1, 1.0), (2, 1.0)]


def test_several_queries_find_what_either_asks(write, viewer):
    write("Lambskin is cut by hand.", "The shop in Tokyo opened in 1988.")
    heron, pond = write("The heron was drawn in ink.", "The pond lies at Pérouges.")
    hits = search_passages(viewer, ["heron", "Pérouges pond"], 2)
    assert {hit.passage_id for hit in hits} == {heron.pk, pond.pk}
    assert [hit.lexical_rank for hit in hits] == [1, 1]


def test_the_same_query_twice_is_as_the_query_once(write, viewer):
    write("The heron.", "The pond.", "A heron by the pond.")
    assert search_passages(viewer, ["heron", " heron "]) == search_passages(viewer, "heron")


def test_merged_runs_have_the_mean_of_their_scores():
    assert merged([{1: 1.0, 2: 0.5}, {2: 0.8}]) == [(2, 0.65), (1, 0.5)]


def test_no_runs_merge_to_nothing():
    assert merged([]) == []
