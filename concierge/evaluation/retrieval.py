"""The product's own search, asked a benchmark's queries and measured."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from time import perf_counter
from typing import Any

from archive.embedding import current_embedder
from archive.models import Brand, Passage
from archive.search import find_passages
from archive.viewer import Audience, Viewer
from catalog.models import Product
from catalog.search import search_products
from concierge.answering.turn import Turn, Voice
from concierge.answering.understand import understand
from concierge.evaluation.beir import Grades, Query
from concierge.evaluation.metrics import (
    auroc,
    ndcg,
    percentile,
    recall,
    reciprocal_rank,
    refused,
    relevant,
)

DEPTH = 100  # hits asked for
CUTS = (1, 5, 10, 100)  # of recall
TAG = "concierge"  # of a run file


@dataclass(frozen=True, slots=True)
class Answered:
    """One query: (entry, score), best first, how long it took, and the search's own estimate."""

    query: str
    hits: list[tuple[str, float]]
    milliseconds: float
    support: float | None = None  # of the archive's answers
    answerable: bool | None = None  # as people labelled it

    @property
    def ranking(self) -> list[str]:
        return [entry for entry, _ in self.hits]


Listed = tuple[list[tuple[str, float]], float | None]  # (entry, score), best first; support
Search = Callable[[Viewer, Sequence[str]], Listed]


def in_archive(viewer: Viewer, queries: Sequence[str]) -> Listed:
    found = find_passages(viewer, queries, DEPTH)
    ids = [hit.passage_id for hit in found.hits]
    keys = keyed(Passage.objects.visible_to(viewer), ids, "document__key")
    return [(keys[hit.passage_id], hit.score) for hit in found.hits], found.support


def in_catalog(viewer: Viewer, queries: Sequence[str]) -> Listed:
    hits = search_products(viewer, queries, DEPTH)
    keys = keyed(Product.objects.visible_to(viewer), [hit.product_id for hit in hits], "key")
    return [(keys[hit.product_id], hit.score) for hit in hits], None


SEARCHES: dict[str, Search] = {"archive": in_archive, "catalog": in_catalog}


def keyed(visible: Any, found: list[int], field: str) -> dict[int, str]:
    return dict(visible.filter(pk__in=found).values_list("pk", field))


def answered(brand: Brand, where: str, queries: Sequence[Query]) -> Iterator[Answered]:
    """Each query as the concierge would search for it, what was said before it included."""
    viewer = Viewer.reading(brand.pk, Audience.ATELIER)
    current_embedder().warm()
    for query in queries:
        began = perf_counter()
        turn = Turn(Voice(brand.name), query.text, viewer, query.history)
        hits, support = SEARCHES[where](viewer, understand(turn).queries)
        took = (perf_counter() - began) * 1000
        yield Answered(query.id, hits, took, support, query.answerable)


def measured(answers: Sequence[Answered], grades: Grades) -> dict[str, Any]:
    """The figures of the queries that have anything relevant, and the latency of all.

    Where queries are labelled, also how well the support tells those that can be answered.
    """
    judged = [
        (answer.ranking, graded)
        for answer in answers
        if relevant(graded := grades.get(answer.query, {}))
    ]
    times = [answer.milliseconds for answer in answers]
    return {
        "queries": len(answers),
        "judged": len(judged),
        "ndcg@10": mean(ndcg(*each) for each in judged),
        **{f"recall@{cut}": mean(recall(*each, cut) for each in judged) for cut in CUTS},
        "mrr@10": mean(reciprocal_rank(*each) for each in judged),
        "p50_ms": round(percentile(times, 0.5), 1),
        "p95_ms": round(percentile(times, 0.95), 1),
        **told_apart(answers),
    }


def told_apart(answers: Sequence[Answered]) -> dict[str, float]:
    """AUROC of the support, and what is refused where 95 % of the answerable are kept."""
    known = [(a.answerable, a.support) for a in answers if a.support is not None]
    yes, no = ([score for label, score in known if label is wanted] for wanted in (True, False))
    figures = {"auroc": auroc(yes, no), "refused_at_95": refused(yes, no)}
    return {name: round(value, 4) for name, value in figures.items() if value is not None}


def mean(values: Iterator[float]) -> float:
    listed = list(values)
    return round(fmean(listed), 4) if listed else 0.0


def write_run(path: Path, answers: Sequence[Answered]) -> None:
    """The rankings in the form of TREC: query, Q0, entry, rank, score, tag."""
    with path.open("w", encoding="utf-8") as file:
        for answer in answers:
            for rank, (entry, score) in enumerate(answer.hits, start=1):
                file.write(f"{answer.query} Q0 {entry} {rank} {score:.6f} {TAG}\n")
