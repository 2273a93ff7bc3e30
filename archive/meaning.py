"""Ranking by meaning: cosine with the query's vector, over whatever rows a viewer may see."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Cast
from pgvector.django import CosineDistance, VectorField

from archive.embedding import EmbeddingError, Vectors, current_embedder
from archive.viewer import Viewer

EXACT = 25_000  # visible rows up to which every vector is compared
COUNTED_FOR = 60  # seconds that a viewer's number of rows is believed
EF_SEARCH = 1000  # rows the index keeps in mind while it walks: the most it can
SCANNED = 200_000  # rows the index looks through before it gives up on a rare audience

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Question:
    """A query under one model."""

    model: str
    vector: Vectors

    @classmethod
    def embedded(cls, query: str) -> "Question | None":
        """None, with a warning in the log, when the model is out of reach."""
        try:
            embedder = current_embedder()
            return cls(embedder.model, embedder.embed_query(query))
        except EmbeddingError as error:
            logger.warning("Searching by words alone: %s", error)
            return None

    def best(self, visible: QuerySet[Any], viewer: Viewer, top: int, size: int) -> dict[int, float]:
        """Cosine by primary key of the `top` nearest rows of `visible`, nearest first.

        `size` is about how many rows the brand has. Up to EXACT visible rows all are compared: a
        rare audience behind one shared index would come back all but empty. Above, the index
        answers, unless it too comes back short.
        """
        if size > EXACT and self.counted(visible, viewer) > EXACT:
            found = self.indexed(visible, viewer, top)
            if len(found) == top:
                return found
        return self.compared(visible, top)

    def counted(self, visible: QuerySet[Any], viewer: Viewer) -> int:
        """How many rows `viewer` may see, up to one more than EXACT; counting takes a while."""
        audiences = "-".join(sorted(viewer.audiences))
        key = f"visible:{visible.model._meta.db_table}:{viewer.brand_id}:{audiences}"
        return cache.get_or_set(key, visible[: EXACT + 1].count, COUNTED_FOR) or 0

    def similarities(self, visible: QuerySet[Any], keys: Iterable[int]) -> dict[int, float]:
        """Cosine by primary key for those of `keys` that have a vector, in no order."""
        wanted = list(keys)
        return self.compared(visible.filter(pk__in=wanted), len(wanted)) if wanted else {}

    def compared(self, visible: QuerySet[Any], top: int) -> dict[int, float]:
        """As `best`, every vector of `visible` compared."""
        # The vector is found by its row and model alone: a planner that has not seen the rows
        # yet would take every vector of the brand for each row, were the brand said here too.
        rows = visible.filter(embeddings__model=self.model)
        return nearest(rows, CosineDistance("embeddings__vector", self.vector), top)

    def indexed(self, visible: QuerySet[Any], viewer: Viewer, top: int) -> dict[int, float]:
        """As `best`, but by the index: very nearly the nearest, and perhaps fewer than `top`."""
        kind = VectorField(dimensions=len(self.vector))
        # As the index of `archive.embedding.index` spells it; without the cast it is not used.
        distance = CosineDistance(Cast("embeddings__vector", kind), self.vector)
        # Said of the vectors too, so that those of other brands need not be joined to be left.
        rows = visible.filter(embeddings__model=self.model, embeddings__brand=viewer.brand_id)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL hnsw.iterative_scan = strict_order")
            cursor.execute(f"SET LOCAL hnsw.ef_search = {EF_SEARCH}")
            cursor.execute(f"SET LOCAL hnsw.max_scan_tuples = {SCANNED}")
            return nearest(rows, distance, top)


def nearest(rows: QuerySet[Any], distance: CosineDistance, top: int) -> dict[int, float]:
    found = rows.annotate(distance=distance).order_by("distance", "pk")
    return {key: 1.0 - far for key, far in found.values_list("pk", "distance")[:top]}
