"""How well and how fast the product finds, beside the plainest ways to do the same.

Quality on four public sets beside BM25, all-MiniLM-L6-v2 and reciprocal ranks of both
(`bench.reference`) in the same run; latency beside a plain LangChain `PGVector` similarity search
(`bench.chain`) over the same rows with the same embedder, query by query in turn, so that a busy
machine slows both. The product is asked through its own doors, in scratch brands that are kept.

    make bench
    python -m bench.retrieval ../shared/data --sets passage-search multi-turn --queries 200

Prints JSON. nDCG has linear gain and takes what nobody judged as irrelevant; where the judged alone
are counted too, it says so. `product_minus_rrf` is the mean difference with its 95 % interval
(paired bootstrap over queries). Passages as spans of exact characters are measured by
`bench.spans`, in the same run. Vectors of the reference are kept under the data directory.
"""

import argparse
import json
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean
from time import perf_counter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")
import django

django.setup()

import numpy as np
from django.conf import settings

from archive.embedding import current_embedder, wanted_embedder
from archive.embedding.choice import searching_with
from archive.models import Passage
from archive.search import search_passages
from archive.viewer import Audience, Viewer
from bench import chain, reference, spans
from catalog.models import Product
from catalog.search import search_products
from concierge.evaluation import beir, scratch
from concierge.evaluation import spans as gold
from concierge.evaluation.metrics import ndcg, percentile, recall, relevant
from concierge.evaluation.retrieval import answered

SETS = ("passage-search", "multi-turn", "product-search", "exact-spans")
TOP = 10  # hits a client waits for
WARM = 5  # queries asked before any is timed
RESAMPLED = 2000  # times
# nDCG@10 of the reference in ../shared/data/README.md, made by another harness.
PUBLISHED = {
    "passage-search": {"bm25": 0.570, "minilm": 0.579, "rrf": 0.628},
    "multi-turn, last turn": {"bm25": 0.760, "minilm": 0.761, "rrf": 0.800},
    "multi-turn, whole history": {"rrf": 0.850},
    "product-search": {"bm25": 0.684, "minilm": 0.568, "rrf": 0.734},
}


@dataclass(frozen=True)
class Way:
    """One way of asking a set's queries: what the product is told, and what the reference."""

    name: str
    queries: list
    told: dict[str, str]  # by query


class Set:
    """One folder: its scratch brand and its reference."""

    def __init__(self, path: Path, most: int | None) -> None:
        self.feed = path.name == "product-search"
        self.folder = beir.opened(path, feed=self.feed)
        graded = self.folder.grades
        judged = [each for each in self.folder.queries if relevant(graded.get(each.id, {}))]
        self.queries = judged[:most]
        report = reporter(path.name)
        self.brand = scratch.brand_of(self.folder, feed=self.feed, report=report)
        self.viewer = Viewer.reading(self.brand.pk, Audience.ATELIER)
        self.texts = (reference.products if self.feed else reference.passages)(self.folder)

    def ways(self) -> list[Way]:
        name = self.folder.path.name
        alone = [replace(query, history=()) for query in self.queries]
        last = {query.id: query.text for query in self.queries}
        if not any(query.history for query in self.queries):
            return [Way(name, alone, last)]
        return [
            Way(f"{name}, last turn", alone, last),
            Way(f"{name}, whole history", self.queries, dict(map(last_two, self.queries))),
        ]

    def rows(self) -> list[tuple[str, str, object]]:
        """(entry, text, vector) of what the product searches; the text is the reference's."""
        model, key = (Product, "key") if self.feed else (Passage, "document__key")
        stored = model.objects.visible_to(self.viewer).filter(
            embeddings__model=current_embedder().model
        )
        pairs = stored.order_by("pk").values_list(key, "embeddings__vector")
        return [(entry, self.texts[entry], vector) for entry, vector in pairs]


def last_two(query) -> tuple[str, str]:
    before = [said.text for said in query.history if said.role == "client"][-1:]
    return query.id, " ".join([*before, query.text])


def quality(the: Set, found: reference.Reference, way: Way) -> dict[str, object]:
    """The figures of every ranking; entries nobody judged are irrelevant, and left out beside."""
    rankings = {"product": {}, "bm25": {}, "minilm": {}, "rrf": {}}
    for answer in answered(the.brand, "catalog" if the.feed else "archive", way.queries):
        rankings["product"][answer.query] = answer.ranking
        for name, ranking in found.rankings(way.told[answer.query]).items():
            rankings[name][answer.query] = ranking
    grades = the.folder.grades
    gains = {name: [ndcg(r, grades[q]) for q, r in each.items()] for name, each in rankings.items()}
    sums = {name: round(fmean(each), 4) for name, each in gains.items()}
    others = [name for name in sums if name != "product"]
    said = {
        "rows": len(the.texts),
        "queries": len(way.queries),
        "ndcg@10": sums,
        "recall@10": figures(rankings, grades, lambda r, g: recall(r, g, TOP)),
        "product_over": {name: round(sums["product"] / sums[name], 3) for name in others},
        "product_minus_rrf": interval(np.array(gains["product"]) - np.array(gains["rrf"])),
        "published": PUBLISHED.get(way.name, {}),
    }
    if the.feed:
        said["ndcg@10, judged only"] = figures(
            rankings, grades, lambda r, g: ndcg([entry for entry in r if entry in g], g)
        )
    return said


def figures(rankings, grades, measure) -> dict[str, float]:
    return {
        name: round(fmean(measure(r, grades[q]) for q, r in each.items()), 4)
        for name, each in rankings.items()
    }


def interval(differences: np.ndarray) -> dict[str, float]:
    """The mean and its 95 % interval, by drawing the queries again and again."""
    draws = np.random.default_rng(0).choice(differences, (RESAMPLED, len(differences)))
    low, high = np.percentile(draws.mean(axis=1), (2.5, 97.5))
    named = {"mean": differences.mean(), "low": low, "high": high}
    return {name: round(float(value), 4) for name, value in named.items()}


def latency(the: Set, most: int) -> dict[str, object]:
    """The product's search beside LangChain's, TOP hits each."""
    search = search_products if the.feed else search_passages
    queries = the.queries[:most]
    with chain.opened(current_embedder()) as plain:
        rows = the.rows()
        plain.add(rows)
        ways = {
            "product": lambda text: search(the.viewer, text, TOP),
            "langchain_pgvector": lambda text: plain.search(text, TOP),
        }
        times, hits = timed(ways, [query.text for query in queries])
    took = {
        name: {f"p{share}_ms": round(percentile(each, share / 100), 2) for share in (50, 95)}
        for name, each in times.items()
    }
    product, other = took["product"], took["langchain_pgvector"]
    found = zip(hits["langchain_pgvector"], queries, strict=True)
    gains = [ndcg(ranking, the.folder.grades[query.id]) for ranking, query in found]
    return {
        "rows": len(rows),
        "queries": len(queries),
        **took,
        "product_over_langchain": {name: round(product[name] / other[name], 2) for name in product},
        "langchain_ndcg@10": round(fmean(gains), 4),
    }


def timed(ways, texts: list[str]):
    """(milliseconds, hits) of each way for each text; the way that goes first changes each time."""
    times, hits = {name: [] for name in ways}, {name: [] for name in ways}
    for text in texts[:WARM]:
        for ask in ways.values():
            ask(text)
    for number, text in enumerate(texts):
        for name in sorted(ways, reverse=number % 2 == 0):
            began = perf_counter()
            hits[name].append(ways[name](text))
            times[name].append((perf_counter() - began) * 1000)
    return times, hits


def reporter(name: str):
    """Tells a waiting person how far the making of a set is."""

    def report(done: int, total: int) -> None:
        print(
            f"\r{name}: {done:,} of {total:,}", end="\n" if done >= total else "", file=sys.stderr
        )

    return report


def measured(asked: argparse.Namespace) -> dict[str, object]:
    told: dict[str, object] = {"embedder": current_embedder().model, "cores": os.cpu_count()}
    told["quality"], told["latency"] = {}, {}
    if "exact-spans" in asked.sets:
        told["quality"]["exact-spans"] = spans.compared(gold.opened(asked.data / "exact-spans"))
    kept = settings.DATA_DIR / "bench"
    for name in [name for name in asked.sets if name != "exact-spans"]:
        the = Set(asked.data / name, asked.queries)
        report = reporter(f"{name}, reference")
        found = reference.Reference(the.texts, settings.DATA_DIR / "models", kept, report)
        for way in the.ways():
            told["quality"][way.name] = quality(the, found, way)
        told["latency"][name] = latency(the, asked.timed)
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder that holds the sets")
    parser.add_argument("--sets", nargs="+", choices=SETS, default=SETS)
    parser.add_argument("--queries", type=int, help="of each set, at most; all by default")
    parser.add_argument("--timed", type=int, default=200, help="queries of each set, at most")
    asked = parser.parse_args()
    with searching_with(wanted_embedder()):
        json.dump(measured(asked), sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
