"""The weights of the support, fitted anew, and how well they tell what can be answered.

    python -m bench.support ../shared/data/multi-turn --beside ../shared/data/passage-search

The first folder's queries are labelled (`answerability`). Questions of the second are answerable
in their own corpus and not in the first's; they keep cosines honest between subjects. Run it under
another EMBEDDER to make weights for that model.
"""

import argparse
import json
import os
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")

import django
import numpy as np

django.setup()

from archive.embedding import current_embedder
from archive.models import Brand, Passage
from archive.search import SHELF
from archive.support import measured
from archive.viewer import Audience, Viewer
from concierge.answering.turn import Turn, Voice
from concierge.answering.understand import understand
from concierge.evaluation import beir, scratch
from concierge.evaluation.metrics import auroc, refused

BESIDE = 150  # questions of the second folder
LIGHT = 0.1  # their weight
FOLDS, SEEDS = 10, 20
BINS = 5  # of the reliability table
NAMES = ("words", "nearness", "lead")
DEPTH = 10  # hits asked for; the measures are of the whole lists


def measures(brand: Brand, queries: list[beir.Query]) -> np.ndarray:
    """(queries, 3): what each finds in the brand."""
    viewer = Viewer.reading(brand.pk, Audience.ATELIER)
    visible = Passage.objects.visible_to(viewer)
    rows = []
    for query in queries:
        asked = understand(Turn(Voice(brand.name), query.text, viewer, query.history))
        found = measured(SHELF.runs(visible, viewer, asked.queries, DEPTH))
        rows.append([getattr(found, name) for name in NAMES])
    return np.array(rows).reshape(-1, len(NAMES))


def fitted(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Logistic regression by Newton's steps, a unit ridge on measures scaled to one; (1 + n,)."""
    middle, spread = x.mean(0), x.std(0) + 1e-9
    z = np.c_[np.ones(len(x)), (x - middle) / spread]
    ridge = np.diag([1e-6] + [1.0] * x.shape[1])
    b = np.zeros(z.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-z @ b))
        slope = z.T @ (weight * (p - y)) + ridge @ b
        b -= np.linalg.solve((z.T * (weight * p * (1 - p))) @ z + ridge, slope)
    return np.r_[b[0] - (b[1:] / spread * middle).sum(), b[1:] / spread]


def held_out(x: np.ndarray, y: np.ndarray, more: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """(seeds, questions): each question's estimate by weights that have not seen it."""
    told = np.empty((SEEDS, len(y)))
    for seed in range(SEEDS):
        order = np.random.default_rng(seed)
        fold = np.empty(len(y), int)
        for label in (0, 1):
            places = np.flatnonzero(y == label)
            fold[places] = order.permutation(len(places)) % FOLDS
        for number in range(FOLDS):
            kept = fold != number
            b = fitted(*joined((x[kept], y[kept]), more))
            told[seed, ~kept] = 1 / (1 + np.exp(-(b[0] + x[~kept] @ b[1:])))
    return told


def joined(own, more) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    (x, y), (other_x, other_y) = own, more
    weight = np.r_[np.ones(len(y)), np.full(len(other_y), LIGHT)]
    return np.r_[x, other_x], np.r_[y, other_y], weight


def reliability(told: np.ndarray, y: np.ndarray) -> list[dict[str, float]]:
    """What was estimated and what was so, for equal parts of the questions."""
    return [
        {"estimated": round(told[part].mean(), 3), "answerable": round(y[part].mean(), 3)}
        for part in np.array_split(np.argsort(told), BINS)
    ]


def report(x: np.ndarray, y: np.ndarray, more: tuple[np.ndarray, np.ndarray]) -> dict[str, object]:
    told = held_out(x, y, more)
    scores = [(list(row[y == 1]), list(row[y == 0])) for row in told]
    areas, shares = [auroc(*each) for each in scores], [refused(*each) for each in scores]
    table = reliability(told.mean(0), y)
    weights = fitted(*joined((x, y), more))
    return {
        "weights": {n: round(w, 2) for n, w in zip(("constant", *NAMES), weights, strict=True)},
        "auroc": [round(float(np.mean(areas)), 4), round(float(np.std(areas)), 4)],
        "refused_at_95": [round(float(np.mean(shares)), 4), round(float(np.std(shares)), 4)],
        "reliability": table,
        "calibration_error": round(
            float(np.mean([abs(part["estimated"] - part["answerable"]) for part in table])), 4
        ),
    }


def opened(path: Path) -> tuple[beir.Folder, Brand]:
    folder = beir.opened(path, feed=False)
    return folder, scratch.brand_of(folder, feed=False, report=lambda done, total: None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--beside", type=Path)
    options = parser.parse_args()
    folder, brand = opened(options.folder)
    labelled = [query for query in folder.queries if query.answerable is not None]
    x, y = measures(brand, labelled), np.array([float(q.answerable) for q in labelled])
    more = (np.empty((0, len(NAMES))), np.empty(0))
    if options.beside:
        other, home = opened(options.beside)
        asked = other.queries[:: max(len(other.queries) // BESIDE, 1)][:BESIDE]
        both = np.r_[measures(home, asked), measures(brand, asked)]
        more = (both, np.r_[np.ones(len(asked)), np.zeros(len(asked))])
    told = {"model": current_embedder().model, "questions": len(y), **report(x, y, more)}
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
