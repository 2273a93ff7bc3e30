from math import log2

import pytest

from concierge.evaluation.metrics import (
    auroc,
    ndcg,
    percentile,
    recall,
    reciprocal_rank,
    refused,
)

GRADES = {"a": 3, "b": 1, "c": 0}


def test_the_best_order_has_an_ndcg_of_one():
    assert ndcg(["a", "b", "c"], GRADES) == 1.0


def test_gain_is_linear_in_the_grade():
    ideal = 3 + 1 / log2(3)
    assert ndcg(["b", "a"], GRADES) == pytest.approx((1 + 3 / log2(3)) / ideal)


def test_what_stands_below_the_cut_gains_nothing():
    assert ndcg([*"0123456789", "a"], GRADES) == 0.0


def test_nothing_relevant_is_no_gain():
    assert ndcg(["c"], {"c": 0}) == recall(["c"], {"c": 0}, 1) == 0.0


def test_recall_counts_what_is_relevant_and_found():
    assert [recall(["c", "a", "b"], GRADES, depth) for depth in (1, 2, 3)] == [0.0, 0.5, 1.0]


def test_the_reciprocal_rank_is_of_the_first_relevant():
    assert reciprocal_rank(["c", "b", "a"], GRADES) == 0.5
    assert reciprocal_rank(["c"], GRADES) == 0.0


def test_a_percentile_is_one_of_the_values():
    assert (percentile([4.0, 1.0, 3.0, 2.0], 0.5), percentile([], 0.5)) == (3.0, 0.0)


def test_auroc_is_how_often_the_answerable_scores_higher():
    assert auroc([0.9, 0.5], [0.1, 0.5]) == 3.5 / 4


def test_what_is_refused_lies_below_what_is_kept():
    answerable = [score / 100 for score in range(1, 101)]
    assert refused(answerable, [0.01, 0.05, 0.06, 0.5], kept=0.95) == 0.5


def test_nothing_is_told_apart_from_nothing():
    assert (auroc([], [0.1]), refused([0.1], [])) == (None, None)
