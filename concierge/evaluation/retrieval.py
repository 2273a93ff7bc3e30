"""The product's own search, asked a benchmark's queries and measured."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from time import perf_counter
from typing import Any

from archive.embedding import current_embedder
from archive.models import Brand, Passage
from archive.search import search_passages
from archive.viewer import Audience, Viewer
from catalog.models import Product
from catalog.search import search_products
from concierge.answering.turn import Turn, Voice
from concierge.answering.understand import understand
from concierge.evaluation.beir import Grades, Query
from concierge.evaluation.metrics import ndcg, percentile, recall, reciprocal_rank, relevant

DEPTH = 100  # hits asked for
CUTS = (1, 5, 10, 100)  # of recall
TAG = "concierge"  # of a run file


@dataclass(frozen=True, slots=True)
class Answered:
    """One query: (entry, score), best first, and how long it took."""

    query: str
    hits: list[tuple[str, float]]
    milliseconds: float

    @property
    def ranking(self) -> list[str]:
        return [entry for entry, _ in self.hits]


Search = Callable[[Viewer, Sequence[str]], list[tuple[str, float]]]


def in_archive(viewer: Viewer, queries: Sequence[str]) -> list[tuple[str, float]]:
    hits = search_passages(viewer, queries, DEPTH)
    keys = keyed(Passage.objects.visible_to(viewer), [h.passage_id for h in hits], "document__key")
    return [(keys[hit.passage_id], hit.score) for hit in hits]


def in_catalog(viewer: Viewer, queries: Sequence[str]) -> list[tuple[str, float]]:
    hits = search_products(viewer, queries, DEPTH)
    keys = keyed(Product.objects.visible_to(viewer), [hit.product_id for hit in hits], "key")
    return [(keys[hit.product_id], hit.score) for hit in hits]


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
        hits = SEARCHES[where](viewer, understand(turn).queries)
        yield Answered(query.id, hits, (perf_counter() - began) * 1000)


def measured(answers: Sequence[Answered], grades: Grades) -> dict[str, Any]:
    """The figures of the queries that have anything relevant, and the latency of all."""
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
    }


def mean(values: Iterator[float]) -> float:
    listed = list(values)
    return round(fmean(listed), 4) if listed else 0.0


def write_run(path: Path, answers: Sequence[Answered]) -> None:
    """The rankings in the form of TREC: query, Q0, entry, rank, score, tag."""
    with path.open("w", encoding="utf-8") as file:
        for answer in answers:
            for rank, (entry, score) in enumerate(answer.hits, start=1):
                file.write(f"{answer.query} Q0 {entry} {rank} {score:.6f} {TAG}\n")
