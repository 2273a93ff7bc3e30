"""Hybrid ranking of the rows a viewer may see: by words, by meaning, and both blended."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from archive.lexical import Lexicon, clean
from archive.meaning import Question

DEPTH = 100  # of each list that is blended
RRF = 60  # how little the first places of a list are worth more than the next

Scores = Mapping[int, float]  # by primary key, best first


@dataclass(frozen=True, slots=True)
class Ranked:
    """One row found. Ranks count from 1 and are None where the row was not among the best."""

    key: int
    score: float  # from 0 to 1, comparable within one search only
    dense_rank: int | None
    lexical_rank: int | None
    similarity: float  # cosine with the query; 0 when the row has no vector yet
    bm25: float  # 0 when the row was not among the best by words


@dataclass(frozen=True, slots=True)
class Shelf:
    """Rows of one kind, related to their vectors as `embeddings`, and how they are ranked."""

    lexicon: Lexicon
    words_share: float  # of the score; the rest is the meaning's

    def search(self, visible: QuerySet[Any], brand_id: int, query: str, top: int) -> list[Ranked]:
        """The `top` best of `visible`, all of them rows of `brand_id`; of equals the older first.

        When the embedding model is out of reach, words alone decide.
        """
        query = clean(query)
        if not query or top < 1:
            return []
        depth = max(DEPTH, top)
        words = self.lexicon.words(brand_id, query)
        lexical = self.lexicon.best(visible, words, depth)
        question = Question.embedded(query)
        dense = question.best(visible, brand_id, depth, words.rows) if question else {}
        shares = ((lexical, self.words_share), (dense, 1 - self.words_share))
        scores = dict(blended(shares, depth)[:top])
        similar: Scores = dense
        if question and (others := scores.keys() - dense.keys()):
            similar = dense | question.similarities(visible, brand_id, others)
        return ranked(scores, lexical, dense, similar)


def blended(lists: Iterable[tuple[Scores, float]], depth: int) -> list[tuple[int, float]]:
    """(key, score) by the weighted sum of each list's scores, best first, of equals the lower key.

    Each list is first stretched to reach from 0 to 1, where 0 is the score at `depth`: so a list
    that ends there leaves out nothing, and lists of any scale can be added. A list that is shorter
    has said all it has to say, and its 0 stays where it is.
    """
    total: defaultdict[int, float] = defaultdict(float)
    for scores, share in lists:
        values = list(scores.values())
        floor = max(values[depth - 1], 0.0) if len(values) >= depth else 0.0
        reach = max(values, default=0.0) - floor
        for key, value in scores.items():
            total[key] += share * (max(value - floor, 0.0) / reach if reach > 0 else 1.0)
    return sorted(total.items(), key=lambda item: (-item[1], item[0]))


def fuse(runs: Sequence[Sequence[int]], shares: Sequence[float] = ()) -> list[tuple[int, float]]:
    """(key, score) by reciprocal rank over `runs` of keys, best first, of equals the lower key.

    For the results of several queries; `shares` weighs the runs, all alike when empty.
    """
    total: defaultdict[int, float] = defaultdict(float)
    for run, share in zip(runs, shares or [1.0] * len(runs), strict=True):
        for rank, key in enumerate(run, start=1):
            total[key] += share / (RRF + rank)
    return sorted(total.items(), key=lambda item: (-item[1], item[0]))


def ranked(scores: Scores, lexical: Scores, dense: Scores, similar: Scores) -> list[Ranked]:
    by_words = {key: rank for rank, key in enumerate(lexical, start=1)}
    by_meaning = {key: rank for rank, key in enumerate(dense, start=1)}
    return [
        Ranked(
            key=key,
            score=score,
            dense_rank=by_meaning.get(key),
            lexical_rank=by_words.get(key),
            similarity=similar.get(key, 0.0),
            bm25=lexical.get(key, 0.0),
        )
        for key, score in scores.items()
    ]
