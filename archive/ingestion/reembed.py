"""Vectors under the model of today for passages that came in under another."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from archive.embedding import Embedder, current_embedder
from archive.embedding.index import ensure_index
from archive.ingestion.embed import embedding_text
from archive.models import Passage, PassageEmbedding

BATCH = 256  # passages
LOCK = "SELECT pg_try_advisory_lock(hashtext('archive.reembed'))"
UNLOCK = "SELECT pg_advisory_unlock(hashtext('archive.reembed'))"


def lacking(model: str) -> QuerySet[Passage]:
    """Passages that have no vector under `model`."""
    held = PassageEmbedding.objects.filter(passage=OuterRef("pk"), model=model)
    return Passage.objects.filter(~Exists(held))


def reembed() -> int:
    """Give every passage a vector under the current model; how many got one.

    Searches go on meanwhile, by words alone where a vector is missing. One process does it at a
    time; the others return at once. Must not run inside a transaction. Raises EmbeddingError.
    """
    embedder = current_embedder()
    done = 0
    with only_here() as ours:
        if not ours or not lacking(embedder.model).exists():
            return 0
        ensure_index(embedder.model, embedder.dimensions)
        while batch := list(lacking(embedder.model).order_by("pk")[:BATCH]):
            done += store(batch, embedder)
    return done


def store(batch: list[Passage], embedder: Embedder) -> int:
    vectors = embedder.embed_documents([embedding_text(each.title, each.text) for each in batch])
    keys = [each.pk for each in batch]
    with transaction.atomic():
        locked = Passage.objects.select_for_update(no_key=True).filter(pk__in=keys)
        there = set(locked.values_list("pk", flat=True))
        rows = [
            PassageEmbedding(
                brand_id=each.brand_id, passage=each, model=embedder.model, vector=vector
            )
            for each, vector in zip(batch, vectors, strict=True)
            if each.pk in there  # not swapped out meanwhile
        ]
        PassageEmbedding.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


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
