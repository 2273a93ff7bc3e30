"""How well a ranking puts first what people judged relevant."""

from collections.abc import Mapping, Sequence
from math import ceil, log2

Grades = Mapping[str, int]  # by entry; what is not there has grade 0


def relevant(grades: Grades) -> set[str]:
    return {entry for entry, grade in grades.items() if grade > 0}


def ndcg(ranking: Sequence[str], grades: Grades, depth: int = 10) -> float:
    """Discounted gain over the best there could be, from 0 to 1; the gain is the grade itself."""
    best = sorted((grade for grade in grades.values() if grade > 0), reverse=True)
    ideal = discounted(best[:depth])
    found = [max(grades.get(entry, 0), 0) for entry in ranking[:depth]]
    return discounted(found) / ideal if ideal else 0.0


def discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(place + 1) for place, gain in enumerate(gains, start=1))


def recall(ranking: Sequence[str], grades: Grades, depth: int) -> float:
    """The share of what is relevant that stands among the first `depth`."""
    wanted = relevant(grades)
    return len(wanted & set(ranking[:depth])) / len(wanted) if wanted else 0.0


def reciprocal_rank(ranking: Sequence[str], grades: Grades, depth: int = 10) -> float:
    wanted = relevant(grades)
    places = (place for place, entry in enumerate(ranking[:depth], start=1) if entry in wanted)
    return 1 / next(places, float("inf"))


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of `values` lie: the nearest of them, 0 when there are none."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0


def auroc(answerable: Sequence[float], unanswerable: Sequence[float]) -> float | None:
    """How often one of the first has the higher score than one of the second; a tie is a half.

    None when either is empty.
    """
    pairs = [
        (mine > theirs) + (mine == theirs) / 2 for mine in answerable for theirs in unanswerable
    ]
    return sum(pairs) / len(pairs) if pairs else None


def refused(
    answerable: Sequence[float], unanswerable: Sequence[float], kept: float = 0.95
) -> float | None:
    """The share of the second below a threshold that keeps the share `kept` of the first.

    None when either is empty.
    """
    if not answerable or not unanswerable:
        return None
    threshold = sorted(answerable)[len(answerable) - ceil(kept * len(answerable))]
    return sum(score < threshold for score in unanswerable) / len(unanswerable)
