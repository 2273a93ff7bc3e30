"""Recall against ranking every row, and the latency of whole searches."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import fmean
from time import perf_counter

import numpy as np
from django.db import connection, connections

from archive.door import Door
from archive.meaning import Question
from archive.models import Passage
from archive.search import LEXICON, search_passages
from archive.viewer import Viewer
from bench.scale.corpus import AUDIENCES, PER_DOCUMENT, Corpus
from bench.scale.exact import Words
from bench.scale.load import CHUNK

DEPTH = 100
EXAMINED = 100  # questions of which the exact answer is computed
ALIKE = 1e-4  # of a score: rows this near the last one wanted are as good

Figures = dict[str, float]


def seen(corpus: Corpus, viewer: Viewer, brands: list[int]) -> np.ndarray:
    """Of every row, whether `viewer` may read it, by what the corpus says."""
    names = np.array(list(AUDIENCES))[corpus.audience]
    of_document = (
        (np.array(brands)[corpus.brand] == viewer.brand_id)
        & np.isin(names, list(viewer.audiences))
        & (corpus.published == 0)
    )
    rows: np.ndarray = np.repeat(of_document, PER_DOCUMENT)[: corpus.rows]
    return rows


def recall(found: dict[int, float] | list[int], exact: np.ndarray, top: int) -> float:
    """The share of the `top` that are at least as good as the last of the exact `top`.

    `exact` has the score of every row, row 0 being key 1. Counting keys instead would punish a
    choice among equals, of which copied sentences make many.
    """
    positive = min(top, int((exact > 0).sum()))
    if not positive:
        return 1.0
    least = np.partition(exact, -positive)[-positive]
    good = [key for key in list(found)[:top] if exact[key - 1] >= least * (1 - ALIKE)]
    return len(good) / positive


def words_recall(
    corpus: Corpus, viewer: Viewer, brands: list[int], asked: list[str]
) -> dict[str, Figures]:
    """Of the ranking by words, alone and with the rows found by meaning scored too."""
    spelled = [LEXICON.words(viewer.brand_id, question) for question in asked]
    lexemes = sorted({lexeme for words in spelled for lexeme in words.rarity.get("en", {})})
    every, visible = Words(corpus, lexemes), seen(corpus, viewer, brands)
    rows = Passage.objects.visible_to(viewer)
    ways: dict[str, dict[int, list[float]]] = {
        name: {10: [], DEPTH: []} for name in ("alone", "as searched")
    }
    for question, words in zip(asked, spelled, strict=True):
        exact = every.scores(dict(words.rarity.get("en", {})), words.mean_length) * visible
        near = nearest(question, viewer, words.rows)
        for shares, also in zip(ways.values(), ({}, near), strict=True):
            found = LEXICON.best(Door.of(rows), words, DEPTH, also)
            for top, each in shares.items():
                each.append(recall(found, exact, top))
    return {
        name: {f"recall@{top}": round(fmean(each), 4) for top, each in shares.items()}
        for name, shares in ways.items()
    }


def nearest(question: str, viewer: Viewer, size: int) -> dict[int, float]:
    embedded = Question.embedded(question)
    assert embedded
    return embedded.best(Door.of(Passage.objects.visible_to(viewer)), viewer, DEPTH, size)


def cosines(corpus: Corpus, asked: list[str]) -> np.ndarray:
    """With every row, float32, (questions, rows)."""
    vectors = np.array([embedded.vector for q in asked if (embedded := Question.embedded(q))])
    near = np.empty((len(asked), corpus.rows), dtype=np.float32)
    for first in range(0, corpus.rows, CHUNK):
        rows = slice(first, min(first + CHUNK, corpus.rows))
        near[:, rows] = vectors @ corpus.chunk(rows).T
    return near


def meaning_recall(
    viewer: Viewer, asked: list[str], exact: np.ndarray, visible: np.ndarray, size: int
) -> Figures:
    """Of the ranking by meaning as the product has it set; `exact` are the cosines."""
    tens, hundreds, times = [], [], []
    for question, near in zip(asked, exact, strict=True):
        began = perf_counter()
        found = list(nearest(question, viewer, size))
        times.append((perf_counter() - began) * 1000)
        allowed = np.where(visible, near + 1, 0)
        tens.append(recall(found, allowed, 10))
        hundreds.append(recall(found, allowed, DEPTH))
    return {
        "recall@10": round(fmean(tens), 4),
        f"recall@{DEPTH}": round(fmean(hundreds), 4),
        **percentiles(times),
    }


def latency(viewer: Viewer, asked: list[str], together: int) -> Figures:
    """Milliseconds of one `search_passages` with so many at once, each on a connection of its own,
    after one round that warms; and the processor's milliseconds a search, database included."""

    def once(question: str) -> float:
        began = perf_counter()
        search_passages(viewer, question)
        return (perf_counter() - began) * 1000

    with ThreadPoolExecutor(together) as pool:
        list(pool.map(once, asked))
        before, began = spent(), perf_counter()
        times = list(pool.map(once, asked))
        wall, used = perf_counter() - began, spent() - before
        list(pool.map(lambda _: connections.close_all(), range(together)))
    return {
        **percentiles(times),
        "searches_a_second": round(len(asked) / wall, 1),
        "cpu_ms": round(used / len(asked) * 1000, 1),
    }


def spent() -> float:
    """Processor seconds of this process and of the database's that serve it so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'")
        backends = [pid for (pid,) in cursor.fetchall()]
    total = sum(os.times()[:2])
    for pid in backends:
        path = Path(f"/proc/{pid}/schedstat")
        if path.exists():
            total += int(path.read_text().split()[0]) / 1e9
    return total


def statements(search: Callable[[], object]) -> int:
    """How many statements `search` sends."""
    count = 0

    def counted(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        nonlocal count
        count += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counted):
        search()
    return count


def percentiles(times: list[float]) -> Figures:
    return {
        "p50_ms": round(float(np.percentile(times, 50)), 1),
        "p95_ms": round(float(np.percentile(times, 95)), 1),
    }


@contextmanager
def timed(took: Figures, name: str) -> Iterator[None]:
    began = perf_counter()
    yield
    took[name] = round(perf_counter() - began, 1)
