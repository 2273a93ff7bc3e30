"""What the product's search costs and gains against the plainest way to do the same.

Words against BM25 with k1 1.5 and b 0.75 over whole texts, kept in this process; meaning against
one product of a matrix of all vectors. The words and the vectors are the product's own, so what
differs is the ranking and where it is done. Both run in turn, query by query, so that a busy
machine slows both. Run it with the services started:

    python manage.py services start
    python -m bench.retrieval ../shared/data/passage-search --in archive

Prints JSON: nDCG@10, median milliseconds, and the product's over the plain way's.
"""

import argparse
import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from math import log
from pathlib import Path
from statistics import fmean, median
from time import perf_counter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")
import django

django.setup()

import numpy as np
from django.db import connection

from archive import search as passages
from archive.embedding import current_embedder
from archive.meaning import Question
from archive.models import Passage
from archive.viewer import Audience, Viewer
from catalog import search as products
from catalog.models import Product
from concierge.evaluation import beir, scratch
from concierge.evaluation.metrics import ndcg, relevant

DEPTH = 100
FLOORS = {
    "archive": (Passage, passages.LEXICON, "document__key"),
    "catalog": (Product, products.LEXICON, "key"),
}


class PlainWords:
    """BM25 in forty lines: every text in memory, a title's words worth those of the text."""

    def __init__(self, rows, k1=1.5, b=0.75):
        self.k1, self.b = k1, b
        self.postings, self.lengths = defaultdict(list), {}
        for key, lexemes in rows:
            self.lengths[key] = sum(lexemes.values())
            for lexeme, times in lexemes.items():
                self.postings[lexeme].append((key, times))
        self.mean = fmean(self.lengths.values())

    def best(self, lexemes):
        scores = defaultdict(float)
        for lexeme in lexemes:
            found = self.postings.get(lexeme, ())
            rarity = log(1 + (len(self.lengths) - len(found) + 0.5) / (len(found) + 0.5))
            for key, times in found:
                long = 1 - self.b + self.b * self.lengths[key] / self.mean
                scores[key] += rarity * times * (self.k1 + 1) / (times + self.k1 * long)
        return sorted(scores, key=lambda key: (-scores[key], key))[:DEPTH]


class PlainMeaning:
    """The product of a query's vector with all vectors."""

    def __init__(self, keys, rows):
        self.keys, self.rows = np.array(keys), np.array(rows, dtype=np.float32)

    def best(self, vector):
        near = self.rows @ vector
        order = np.argsort(-near, kind="stable")[:DEPTH]
        return [int(key) for key in self.keys[order]]


def lexemes_of(model, brand):
    """(key, lexemes with their times) of every row, as the product's index has them."""
    found = defaultdict(Counter)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, lexeme, cardinality(positions)"
            f" FROM {model._meta.db_table}, unnest(search) WHERE brand_id = %s",
            [brand.pk],
        )
        for key, lexeme, times in cursor.fetchall():
            found[key][lexeme] = times
    return found.items()


def timed(rank: Callable[[], list[int]]) -> tuple[list[int], float]:
    began = perf_counter()
    ranking = list(rank())
    return ranking, (perf_counter() - began) * 1000


def compared(told: dict[str, list[tuple[float, float]]]) -> dict[str, object]:
    """`told` has (nDCG@10, milliseconds) a query, for `product` and for `plain`."""
    sums = {
        who: {
            "ndcg@10": round(fmean(gain for gain, _ in each), 4),
            "p50_ms": round(median(time for _, time in each), 2),
        }
        for who, each in told.items()
    }
    ratios = {
        name: round(sums["product"][name] / sums["plain"][name], 3) for name in sums["product"]
    }
    return sums | {"product_over_plain": ratios}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--in", dest="where", required=True, choices=tuple(FLOORS))
    parser.add_argument("--queries", type=int, default=300, help="at most")
    asked = parser.parse_args()
    folder = beir.opened(asked.folder, feed=asked.where == "catalog")
    brand = scratch.brand_of(folder, feed=asked.where == "catalog", report=lambda *_: None)
    model, lexicon, named = FLOORS[asked.where]
    viewer = Viewer.reading(brand.pk, Audience.ATELIER)
    visible = model.objects.visible_to(viewer)
    names = dict(visible.values_list("pk", named))
    stored = visible.filter(embeddings__model=current_embedder().model)
    vectors = dict(stored.order_by("pk").values_list("pk", "embeddings__vector"))
    plain_words = PlainWords(lexemes_of(model, brand))
    plain_meaning = PlainMeaning(list(vectors), list(vectors.values()))
    words, meaning = {"product": [], "plain": []}, {"product": [], "plain": []}
    agreed = []
    judged = [query for query in folder.queries if relevant(folder.grades.get(query.id, {}))]
    for query in judged[: asked.queries]:
        grades = folder.grades[query.id]
        spelled = lexicon.words(brand.pk, query.text)
        question = Question.embedded(query.text)
        asked_for = {lexeme for rarity in spelled.rarity.values() for lexeme in rarity}
        ways = (
            (words["product"], lambda s=spelled: lexicon.best(visible, s, DEPTH)),
            (words["plain"], lambda a=asked_for: plain_words.best(a)),
            (
                meaning["product"],
                lambda q=question, s=spelled: q.best(visible, viewer, DEPTH, s.rows),
            ),
            (meaning["plain"], lambda q=question: plain_meaning.best(q.vector)),
        )
        rankings = []
        for told, rank in ways:
            ranking, milliseconds = timed(rank)
            told.append((ndcg([names[key] for key in ranking], grades), milliseconds))
            rankings.append(ranking)
        agreed.append(len(set(rankings[2]) & set(rankings[3])) / max(len(rankings[3]), 1))
    json.dump(
        {
            "folder": folder.path.name,
            "rows": len(names),
            "queries": len(agreed),
            "words": compared(words),
            "meaning": compared(meaning) | {f"recall@{DEPTH}": round(fmean(agreed), 4)},
        },
        sys.stdout,
        indent=2,
    )
    print()


if __name__ == "__main__":
    main()
