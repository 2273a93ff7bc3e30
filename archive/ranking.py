"""Hybrid ranking of the rows a viewer may see: by words, by meaning, and both blended."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from archive.door import Door, listed
from archive.judge import house_judge, judged
from archive.lexical import Lexicon, Words, clean
from archive.meaning import Question
from archive.rerank import reranked
from archive.spelling import mended
from archive.steps import Step, taken
from archive.tongues import spoken
from archive.viewer import Viewer

DEPTH = 100  # of each list that is blended
FOREIGN_SHARE = 0.8  # of the words, in languages that the model does not know: docs/retrieval.md
HOME = 0.15  # of the score, that a row loses to one in the language of the question

WRITTEN = "SELECT id, language FROM {rows} WHERE {visible} AND id = ANY(%s::bigint[])"

Scores = Mapping[int, float]  # by primary key, best first


@dataclass(frozen=True, slots=True)
class Ranked:
    """One row found; of several queries, the best rank, cosine and BM25 of any.

    Ranks count from 1 and are None where the row was not among the best.
    """

    key: int
    score: float  # from 0 to 1, comparable within one search only
    dense_rank: int | None
    lexical_rank: int | None
    similarity: float  # cosine with the query; 0 when the row has no vector yet
    bm25: float  # 0 when the row was not among the best by words


@dataclass(frozen=True, slots=True)
class Run:
    """What one query found, each best first."""

    scores: Scores
    lexical: Scores
    dense: Scores
    question: Question | None
    words: Words


@dataclass(frozen=True, slots=True)
class Shelf:
    """Rows of one kind, related to their vectors as `embeddings`, and how they are ranked."""

    lexicon: Lexicon
    words_share: float  # of the score; the rest is the meaning's
    reranked: bool = False  # whether titles and word-pieces tell these rows apart: archive.rerank

    def search(
        self, door: Door, viewer: Viewer, queries: str | Sequence[str], top: int
    ) -> list[Ranked]:
        """The `top` best behind `door`, which are what `viewer` may see; of equals the older first.

        Several queries are several ways to ask the same: the scores are their mean. When the
        embedding model is out of reach, words alone decide.
        """
        return self.best(door, self.runs(door, viewer, queries, top), top)

    def runs(self, door: Door, viewer: Viewer, queries: str | Sequence[str], top: int) -> list[Run]:
        """What each of `queries` finds; none for an empty query or when nothing is wanted."""
        asked = [queries] if isinstance(queries, str) else queries
        kept = list(dict.fromkeys(filter(None, map(clean, asked)))) if top > 0 else []
        if taken(Step.SPELLING):
            kept = mended(viewer, kept)
        alone = len(kept) == 1
        return [self.run(door, viewer, query, max(DEPTH, top), alone) for query in kept]

    def best(self, door: Door, runs: Sequence[Run], top: int) -> list[Ranked]:
        """As `search`, of what the queries have found."""
        scores = dict(merged([run.scores for run in runs])[:top])
        return ranked(scores, runs, similarities(scores, runs, door))

    def run(self, door: Door, viewer: Viewer, query: str, depth: int, alone: bool = True) -> Run:
        """What `query` finds; looked at more closely when it is asked `alone`: what was said
        before a question is full of words that the best row need not hold one by one.
        """
        words = self.lexicon.words(viewer.brand_id, query)
        question = Question.embedded(query) if taken(Step.MEANING) else None
        dense = question.best(door, viewer, depth, words.rows) if question else {}
        by_words = taken(Step.WORDS)
        lexical = self.lexicon.best(door, words, depth, also=dense) if by_words else {}
        written = languages(question, words, door, [*lexical, *dense])
        foreign = {key for key, code in written.items() if question and not question.knows(code)}
        scores = self.blend(lexical, dense, foreign, depth)
        scores = at_home(query, written, scores, lexical) if written else scores
        if alone and self.reranked and taken(Step.RERANK):
            asked = question.asked if question else query
            closer = reranked(asked, scores, words, question, door)
            scores = judged(query, closer, door, house_judge())
        return Run(scores, lexical, dense, question, words)

    def blend(
        self, lexical: Scores, dense: Scores, foreign: Collection[int], depth: int
    ) -> dict[int, float]:
        """Both lists as one, best first; rows `foreign` to the model are led by their words."""
        share = self.words_share
        scores = blended(((lexical, share), (dense, 1 - share)), depth)
        if not foreign:
            return dict(scores)
        led = dict(blended(((lexical, FOREIGN_SHARE), (dense, 1 - FOREIGN_SHARE)), depth))
        mixed = [(key, led[key] if key in foreign else score) for key, score in scores]
        return dict(sorted(mixed, key=lambda item: (-item[1], item[0])))


def languages(
    question: Question | None, words: Words, door: Door, keys: Iterable[int]
) -> dict[int, str]:
    """The language of each of `keys`; none where the question's model knows those of all rows."""
    if question is None or all(map(question.knows, words.rarity)):
        return {}
    return dict(door.asked(WRITTEN, after=[listed(set(keys))]))


def at_home(
    query: str, written: Mapping[int, str], scores: dict[int, float], lexical: Scores
) -> dict[int, float]:
    """`scores`, best first, with what is `written` in the language of `query` preferred.

    The model does not know it: those rows are ranked by their words, which need no translation.
    """
    own = spoken(query)
    home = {key for key, code in written.items() if own and code[:2] == own}
    if not home:
        return scores
    by_words = dict(blended(((lexical, 1.0),), len(lexical) + 1))
    mixed = {
        key: max(score, by_words.get(key, 0.0)) if key in home else (1 - HOME) * score
        for key, score in scores.items()
    }
    return dict(sorted(mixed.items(), key=lambda item: (-item[1], item[0])))


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


def merged(runs: Sequence[Scores]) -> list[tuple[int, float]]:
    """(key, mean score) over `runs`, best first, of equals the lower key."""
    total: defaultdict[int, float] = defaultdict(float)
    for run in runs:
        for key, score in run.items():
            total[key] += score / len(runs)
    return sorted(total.items(), key=lambda item: (-item[1], item[0]))


def similarities(keys: Iterable[int], runs: Sequence[Run], door: Door) -> dict[int, float]:
    """The best cosine of each of `keys` with any of the queries; none for a row without vector."""
    best: dict[int, float] = {}
    for run in runs:
        for key in keys:
            if key in run.dense:
                best[key] = max(run.dense[key], best.get(key, -1.0))
    others = [key for key in keys if key not in best]
    for question in [run.question for run in runs if run.question]:
        for key, cosine in question.similarities(door, others).items():
            best[key] = max(cosine, best.get(key, -1.0))
    return best


def ranked(scores: Scores, runs: Sequence[Run], similar: Scores) -> list[Ranked]:
    by_words = best_ranks(run.lexical for run in runs)
    by_meaning = best_ranks(run.dense for run in runs)
    return [
        Ranked(
            key=key,
            score=score,
            dense_rank=by_meaning.get(key),
            lexical_rank=by_words.get(key),
            similarity=similar.get(key, 0.0),
            bm25=max(run.lexical.get(key, 0.0) for run in runs),
        )
        for key, score in scores.items()
    ]


def best_ranks(lists: Iterable[Scores]) -> dict[int, int]:
    ranks: dict[int, int] = {}
    for scores in lists:
        for rank, key in enumerate(scores, start=1):
            ranks[key] = min(rank, ranks.get(key, rank))
    return ranks
