"""A last look by a cross-encoder, which reads the question and a passage together.

None is shipped, and none is asked unless RERANKER names one ("fastembed:MODEL"). It is heard about
the best few only, in a thread of its own and within a budget: what it says later is not waited
for, and it then rests, so that a slow model costs a search RERANKER_BUDGET_MS once in a while and
never more. Without it, searches rank as they do without the setting.
"""

import logging
import os
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from math import inf
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from archive.door import Door
from archive.rerank import behind, stretched

READ = 20  # best passages that are read with the question
SHARE = 0.5  # of the score that is the cross-encoder's, the rest is what it was
REST = 60.0  # seconds, after an answer that came too late
FAMILY = "fastembed:"
READABLE = "SELECT id, title, text FROM {rows} WHERE {visible} AND id = ANY(%s) ORDER BY id"

logger = logging.getLogger(__name__)


class CrossEncoder(Protocol):
    """What is used of `fastembed.rerank.cross_encoder.TextCrossEncoder`."""

    def rerank(self, query: str, documents: Iterable[str]) -> Iterable[float]:
        """One number for each text, in order, on any scale; the higher the better."""


class Judge:
    """A cross-encoder in a thread of its own, which begins with loading it by `load`.

    Once it has failed, it is not asked again until the process starts anew.
    """

    def __init__(self, load: Callable[[], CrossEncoder]) -> None:
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="judge")
        self.loaded = self.thread.submit(load)
        self.late: Future[Any] | None = self.loaded  # what was not waited for
        self.rests_until = 0.0  # on the monotonic clock
        self.warned = False

    def scores(self, query: str, texts: Sequence[str], budget: float) -> list[float] | None:
        """One for each of `texts`; None while it loads or rests, fails, or needs `budget` s."""
        if not self.ready():
            return None
        future = self.thread.submit(self.read, query, texts)
        try:
            error = future.exception(timeout=budget)
        except TimeoutError:
            # One that still waits behind another's is taken back; one that runs is let finish.
            if not future.cancel():
                self.late = future
            self.rest(REST, f"it needed more than {budget * 1000:.0f} ms")
            return None
        if error is not None:
            self.rest(inf, f"{type(error).__name__}: {error}")
            return None
        return future.result()

    def read(self, query: str, texts: Sequence[str]) -> list[float]:
        return [float(score) for score in self.loaded.result().rerank(query, texts)]

    def ready(self) -> bool:
        late = self.late
        if time.monotonic() < self.rests_until or (late and not late.done()):
            return False
        self.late = None
        if late and (error := late.exception()):
            self.rest(inf, f"{type(error).__name__}: {error}")
            return False
        return True

    def rest(self, seconds: float, reason: str) -> None:
        self.rests_until = time.monotonic() + seconds
        level = logging.DEBUG if self.warned else logging.WARNING
        logger.log(level, "Ranking without the cross-encoder: %s", reason)
        self.warned = True


def judged(
    query: str, scores: dict[int, float], door: Door, judge: Judge | None
) -> dict[int, float]:
    """`scores`, from 0 to 1 and best first, with the first READ in the order of both.

    The others stay behind them. Behind the `door` are rows with a title and a text.
    """
    if judge is None or len(scores) < 2:
        return scores
    best = dict(list(scores.items())[:READ])
    rows = door.asked(READABLE, after=[list(best)])
    texts = {key: f"{title}\n{text}".lstrip() for key, title, text in rows}
    said = judge.scores(query, list(texts.values()), settings.RERANKER_BUDGET_MS / 1000)
    if said is None:
        return scores
    heard = stretched(dict(zip(texts, said, strict=True)))
    both = {key: (1 - SHARE) * old + SHARE * heard.get(key, old) for key, old in best.items()}
    return behind(both, list(scores.items())[READ:], 1 - SHARE)


def house_judge() -> Judge | None:
    """The one that RERANKER names; None when it names none."""
    # Once a process: a thread does not outlive a fork.
    return chosen(settings.RERANKER, os.getpid()) if settings.RERANKER else None


@lru_cache(maxsize=2)
def chosen(name: str, process: int) -> Judge:
    return Judge(lambda: fastembed(name, settings.DATA_DIR / "models"))


def fastembed(name: str, folder: Path) -> CrossEncoder:
    """The model that `name` names, downloaded into `folder` on first use."""
    if not name.removeprefix(FAMILY) or not name.startswith(FAMILY):
        raise ValueError(f'RERANKER is "{name}"; it must be empty or "{FAMILY}MODEL".')
    from fastembed.rerank.cross_encoder import TextCrossEncoder

    encoder: CrossEncoder = TextCrossEncoder(name.removeprefix(FAMILY), cache_dir=str(folder))
    return encoder
