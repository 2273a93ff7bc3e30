"""A change of embedding model: every row gets a vector under the new one, then searches switch.

Searches go on under the old model meanwhile. What is done stands in the rows, so that a process
killed at any instant is taken over by the next one where it stopped.
"""

import logging
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from time import monotonic
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import QuerySet

from archive.embedding import Embedder, EmbeddingError, choice, wanted_embedder
from archive.embedding.index import drop_indexes, ensure_index
from archive.embedding.kinds import KINDS, Kind, register
from archive.ingestion.embed import embedding_text, read
from archive.models import EmbedderInUse, Passage, PassageEmbedding

BATCH = 128  # rows embedded and written at a time
PRUNED = 10_000  # vectors deleted at a time
LOOK = 300  # seconds between two looks for rows without a vector
LOOKED = "archive.reembed.looked"
LOCK = "SELECT pg_try_advisory_lock(hashtext('archive.reembed'))"
UNLOCK = "SELECT pg_advisory_unlock(hashtext('archive.reembed'))"

PASSAGES = register(
    Kind(
        "passages",
        Passage,
        PassageEmbedding,
        "passage",
        lambda passage: embedding_text(passage.title, passage.text),
    )
)

logger = logging.getLogger(__name__)
Told = Callable[[int], None]  # how many more rows have a vector


class Ended(StrEnum):
    DONE = "done"  # every row has its vector and searches use the wanted model
    UNFINISHED = "unfinished"  # the time was over
    ELSEWHERE = "elsewhere"  # another process is at it


def silent(more: int) -> None:
    """For work nobody watches."""


def due() -> bool:
    """Whether there is anything for `reembed` to do. Raises EmbeddingError.

    Asked by every sweep, so rows without a vector are looked for only now and then: it reads all.
    """
    if not choice.settled():
        return True
    embedder = choice.current_embedder()
    return cache.add(LOOKED, 1, LOOK) and any(kind.lacking(embedder).exists() for kind in KINDS)


def reembed(told: Told = silent, seconds: float = math.inf) -> Ended:
    """Give every row a vector under the wanted model, make its index, then let searches use it.

    Stops between two batches when `seconds` are over. One process does it at a time. Must not run
    inside a transaction. Raises EmbeddingError when the wanted model fails: what is done stays.
    """
    with only_here() as ours:
        if not ours:
            return Ended.ELSEWHERE
        try:
            ended = advanced(told, monotonic() + seconds)
        except EmbeddingError as error:
            EmbedderInUse.objects.update(trouble=str(error))
            raise
        EmbedderInUse.objects.exclude(trouble="").update(trouble="")
        return ended


def advanced(told: Told, until: float) -> Ended:
    wanted = choice.wanted()
    embedder = wanted.made()
    if choice.used() != wanted:
        keep_up(until)
    whole = filled(embedder, told, until)
    if whole:
        ensure_index(embedder.model, embedder.dimensions)
        # What came in while the index was made.
        whole = filled(embedder, told, until)
    if not whole:
        return Ended.UNFINISHED
    if not choice.settled():
        choice.switch(wanted)
        cache.delete(LOOKED)  # what came in during the switch is looked for at once
    return Ended.DONE


def keep_up(until: float) -> None:
    """Give vectors under the model in use to rows that lack them: it still answers searches."""
    try:
        filled(choice.used().made(), silent, until)
    except EmbeddingError as error:  # that it is gone may be why another is wanted
        logger.warning("The embedding model in use fails: %s", error)


def filled(embedder: Embedder, told: Told, until: float) -> bool:
    """Whether every row of every kind now has a vector under the model. Raises EmbeddingError."""
    return all(fill(kind, kind.lacking(embedder), embedder, told, until) for kind in KINDS)


def fill(
    kind: Kind, lacking: QuerySet[Any], embedder: Embedder, told: Told, until: float = math.inf
) -> bool:
    """Embed the rows of `kind` in `lacking`; whether there are none left when it ends.

    Raises EmbeddingError.
    """
    rows, last = lacking.order_by("pk"), 0
    while monotonic() < until:
        batch = list(rows.filter(pk__gt=last)[:BATCH])
        if batch:
            told(store(kind, batch, embedder))
            last = batch[-1].pk
        elif last:
            last = 0  # once more from the start: numbers are not given out in the order of commits
        else:
            return True
    return False


def store(kind: Kind, batch: list[Any], embedder: Embedder) -> int:
    """Embed and write `batch`, but for rows that are gone, say something else or are being changed
    by then; how many. Those left out are met again."""
    texts = {row.pk: kind.text(row) for row in batch}
    told = list(texts.values())
    vectors, sketches = (
        read(told, embedder) if kind.sketched else (embedder.embed_documents(told), None)
    )
    with transaction.atomic():
        # Never waits: a document being published must not lose to this in a deadlock.
        locked = kind.every.select_for_update(no_key=True, skip_locked=True).filter(pk__in=texts)
        there = {row.pk for row in locked if kind.text(row) == texts[row.pk]}
        made = [
            kind.vectors(
                brand_id=row.brand_id,
                model=embedder.model,
                vector=vector,
                **{f"{kind.field}_id": row.pk},
                **({"sketch": sketches[place]} if sketches else {}),
            )
            for place, (row, vector) in enumerate(zip(batch, vectors, strict=True))
            if row.pk in there
        ]
        kind.vectors._default_manager.bulk_create(
            made,
            update_conflicts=True,
            unique_fields=[kind.field, "model"],
            update_fields=["vector", *(["sketch"] if sketches else [])],
        )
    return len(made)


def prune() -> int:
    """Delete vectors and indexes of every model that is neither in use nor wanted; how many.

    Raises EmbeddingError when EMBEDDER names no model, and BusyError during a re-embedding.
    """
    kept = {choice.current_embedder().model, wanted_embedder().model}
    done = 0
    with only_here() as ours:
        if not ours:
            raise BusyError
        for kind in KINDS:
            for model in kind.models() - kept:
                drop_indexes(model)
                rows = kind.vectors._default_manager.filter(model=model)
                while keys := list(rows.values_list("pk", flat=True)[:PRUNED]):
                    done += rows.filter(pk__in=keys).delete()[0]
    return done


class BusyError(RuntimeError):
    """Another process is embedding the archive anew."""


@contextmanager
def only_here() -> Iterator[bool]:
    """Whether this process may go on: True for one at a time."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        row = cursor.fetchone()
        ours = bool(row and row[0])
        try:
            yield ours
        finally:
            if ours:
                cursor.execute(UNLOCK)
