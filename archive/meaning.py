"""Ranking by meaning: cosine with the query's vector, over whatever rows a viewer may see.

What each audience holds is looked through apart: all of it, or by the index of its own that
`archive.embedding.index` makes when it has grown large. So an audience finds its nearest rows
whatever the others hold. docs/access.md has the reasons and figures.
"""

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from archive.door import Door, listed
from archive.embedding import EmbeddingError, PieceReader, Reading, Vectors, current_embedder
from archive.embedding.index import EXACT, indexed
from archive.tongues import known_to
from archive.viewer import Viewer

EF_SEARCH = 400  # rows an index keeps in mind while it walks; 200 lost whole knots of near-copies
SCANNED = 50_000  # rows an index gives before all are compared after all: embargoes, conditions

# No join below the LIMIT: only the nearest rows are looked up, and a planner that has not seen the
# rows yet cannot take every vector for each of them. Comparing carries on through memory, so that
# an index on the audience is worth its jumps, and one process is enough.
COMPARED = """
    SET LOCAL random_page_cost = 1; SET LOCAL max_parallel_workers_per_gather = 0;
    SELECT held.id, held.far FROM (
        SELECT {row} AS id, vector <=> %s::vector AS far FROM {vectors}
        WHERE brand_id = %s AND audience = ANY(%s) AND model = %s ORDER BY far, id
    ) AS held WHERE held.id IN (SELECT id FROM {rows} WHERE {visible})
    ORDER BY held.far, held.id LIMIT %s
"""
# The index knows half-precision vectors and comes near the order; its finds are compared in full.
# That it is worth asking has been decided: the planner is not to sort all rows instead.
INDEXED = """
    SET LOCAL hnsw.ef_search = {ef_search}; SET LOCAL hnsw.iterative_scan = relaxed_order;
    SET LOCAL hnsw.max_scan_tuples = {scanned}; SET LOCAL enable_sort = off;
    SET LOCAL max_parallel_workers_per_gather = 0;
    SELECT {row}, vector <=> %s::vector FROM {vectors}
    WHERE brand_id = %s AND audience = %s AND model = %s
    AND {row} IN (SELECT id FROM {rows} WHERE {visible})
    ORDER BY vector::halfvec({size}) <=> %s::halfvec({size}) LIMIT %s
""".replace("{ef_search}", str(EF_SEARCH)).replace("{scanned}", str(SCANNED))
NAMED = """
    SELECT {rows}.id, vector <=> %s::vector FROM {rows} JOIN {vectors} ON {row} = {rows}.id
    WHERE {visible} AND {rows}.id = ANY(%s::bigint[]) AND model = %s
"""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Question:
    """A query under one model."""

    model: str
    vector: Vectors
    languages: frozenset[str] | None = None  # those the model knows; None for all
    reading: Reading | None = None  # word-piece by word-piece, of models that tell
    asked: str = ""  # the query in a language that the model knows, where it could be said in one

    @classmethod
    def embedded(cls, query: str) -> "Question | None":
        """None, with a warning in the log, when the model is out of reach."""
        try:
            embedder = current_embedder()
            asked = known_to(embedder.languages, query)
            if not isinstance(embedder, PieceReader):
                vector = embedder.embed_query(asked)
                return cls(embedder.model, vector, embedder.languages, asked=asked)
            reading = embedder.read_query(asked)
            return cls(embedder.model, reading.vector, embedder.languages, reading, asked)
        except EmbeddingError as error:
            logger.warning("Searching by words alone: %s", error)
            return None

    def knows(self, language: str) -> bool:
        """Whether the model knows it. What is in no language that can be told, is not foreign."""
        return self.languages is None or language[:2] in self.languages | {""}

    def best(self, door: Door, viewer: Viewer, top: int, size: int) -> dict[int, float]:
        """Cosine by primary key of the `top` nearest rows behind `door`, nearest first.

        `size` is about how many rows the brand has; with no more than EXACT no index is looked
        for. Of equals the row written first is the nearer.
        """
        table, _ = door.vectors
        large = indexed(table, viewer.brand_id, self.model) if size > EXACT else frozenset()
        found: dict[int, float] = {}
        whole = viewer.audiences - large
        for audience in sorted(viewer.audiences & large):
            nearest = self.indexed(door, viewer.brand_id, audience, top)
            found |= nearest
            if len(nearest) < top:  # too much of it is not to be seen
                whole |= {audience}
        if whole:
            found |= self.compared(door, viewer.brand_id, whole, top)
        order = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        return dict(order[:top])

    def similarities(self, door: Door, keys: Iterable[int]) -> dict[int, float]:
        """Cosine by primary key for those of `keys` that have a vector, in no order."""
        wanted = list(keys)
        if not wanted:
            return {}
        return cosines(door, NAMED, [self.text], [listed(wanted), self.model])

    def compared(
        self, door: Door, brand_id: int, audiences: Collection[str], top: int
    ) -> dict[int, float]:
        """As `best`, every vector of these audiences compared."""
        before = [self.text, brand_id, sorted(audiences), self.model]
        return cosines(door, COMPARED, before, [top])

    def indexed(self, door: Door, brand_id: int, audience: str, top: int) -> dict[int, float]:
        """As `best`, by the index of this audience: nearly the nearest, perhaps fewer, unsorted."""
        statement = INDEXED.replace("{size}", str(len(self.vector)))
        before = [self.text, brand_id, audience, self.model]
        return cosines(door, statement, before, [self.text, top])

    @property
    def text(self) -> str:
        return written(self.vector)


def written(vector: Vectors) -> str:
    """As PostgreSQL reads it."""
    return f"[{','.join(map(str, vector.tolist()))}]"


def cosines(door: Door, statement: str, before: list[Any], after: list[Any]) -> dict[int, float]:
    """Cosine by primary key of the rows behind `door` whose distances `statement` gives."""
    vectors, column = door.vectors
    named = statement.replace("{row}", column).replace("{vectors}", vectors)
    return {key: 1.0 - far for key, far in door.asked(named, before, after)}
