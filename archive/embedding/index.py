"""A vector index of its own for each audience of a brand that holds too much to compare it all.

Behind one index for every audience a rare one finds next to nothing: the walk ends among rows that
it may not see. Up to EXACT vectors of an audience all are compared, so that nothing can be missed;
above, an index holds those of this audience and no others.
"""

import hashlib
import logging
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from psycopg import sql

from archive.embedding import EmbeddingError, current_embedder
from archive.viewer import Audience
from archive.wall.owner import as_owner

EXACT = 10_000  # vectors of one audience up to which all are compared: docs/access.md
M = 32  # neighbours of a vector in the index's graph: docs/scaling.md
EF_CONSTRUCTION = 64  # rows kept in mind while a vector finds its neighbours
MOST_DIMENSIONS = 4000  # of an index over half-precision vectors
POLL = 1.0  # seconds between two looks whether another process has made the index
TABLES = {"archive_passageembedding": "passage", "catalog_productembedding": "product"}

HELD = """
    SELECT brand_id, audience FROM {table} WHERE model = %s
    GROUP BY brand_id, audience HAVING count(*) > %s ORDER BY brand_id, audience
"""
# Half precision: an index of half the size, whose finds are then compared in full.
MAKE = """
    CREATE INDEX CONCURRENTLY IF NOT EXISTS {name} ON {table}
    USING hnsw ((vector::halfvec({dimensions})) halfvec_cosine_ops)
    WITH (m = {m}, ef_construction = {ef_construction})
    WHERE brand_id = {brand} AND audience = {audience} AND model = {model}
"""
BROKEN = "SELECT 1 FROM pg_index WHERE indexrelid = to_regclass(%s) AND NOT indisvalid"
WHOLE = """
    SELECT name.relname FROM pg_index JOIN pg_class AS name ON name.oid = indexrelid
    WHERE indexrelid = ANY(SELECT to_regclass(each) FROM unnest(%s::text[]) AS each) AND indisvalid
"""
EVERY = """
    SELECT name.relname, indrelid::regclass::text, pg_get_expr(indpred, indrelid)
    FROM pg_index JOIN pg_class AS name ON name.oid = indexrelid
    JOIN pg_am AS method ON method.oid = name.relam
    WHERE indrelid = ANY(%s::regclass[]) AND method.amname = 'hnsw' AND indisvalid
"""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Holding:
    """What one audience of a brand holds under one model, in one table of vectors."""

    table: str
    brand_id: int
    audience: str
    model: str

    @property
    def index(self) -> str:
        """The name of its index, there or not; at most 63 characters."""
        return f"{TABLES[self.table]}_{self.brand_id}_{self.audience}_{named(self.model)}"


def tend() -> None:
    """Make the indexes that are due under today's model, and drop those that hold nothing.

    Without the model, a warning in the log. Must not run inside a transaction.
    """
    try:
        embedder = current_embedder()
        ensure_index(embedder.model, embedder.dimensions)
    except EmbeddingError as error:
        logger.warning("No vector index was looked after: %s", error)
    drop_empty()


def ensure_index(model: str, dimensions: int, above: int = EXACT) -> list[str]:
    """Make an index for every audience that holds more than `above` vectors; all their names.

    Writes go on meanwhile. A model of more than MOST_DIMENSIONS gets none: its vectors are compared
    one by one. Must not run inside a transaction.
    """
    if dimensions > MOST_DIMENSIONS:
        return []
    names = []
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(sql.SQL(HELD).format(table=sql.Identifier(table)), [model, above])
            for brand_id, audience in cursor.fetchall():
                holding = Holding(table, brand_id, audience, model)
                make(holding, dimensions)
                names.append(holding.index)
    return names


def make(holding: Holding, dimensions: int) -> None:
    statement = sql.SQL(MAKE).format(
        name=sql.Identifier(holding.index),
        table=sql.Identifier(holding.table),
        dimensions=sql.Literal(dimensions),
        m=sql.Literal(M),
        ef_construction=sql.Literal(EF_CONSTRUCTION),
        brand=sql.Literal(holding.brand_id),
        audience=sql.Literal(holding.audience),
        model=sql.Literal(holding.model),
    )
    with as_owner(), alone(holding.index), connection.cursor() as cursor:
        cursor.execute(BROKEN, [holding.index])
        if cursor.fetchone():  # an earlier making was interrupted
            cursor.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(holding.index)))
        cursor.execute(statement)


@contextmanager
def alone(name: str) -> Iterator[None]:
    """Make one index in one process at a time; the others wait.

    The server goes on making an index when the process that asked for it is killed; the lock is the
    connection's and lasts as long. It is asked for again and again, because a statement that waits
    is one that CREATE INDEX CONCURRENTLY would wait for.
    """
    with connection.cursor() as cursor:
        lock = sql.SQL("hashtext('archive.embedding.index'), hashtext({})").format(name)
        while True:
            cursor.execute(sql.SQL("SELECT pg_try_advisory_lock({})").format(lock))
            if cursor.fetchone()[0]:
                break
            time.sleep(POLL)
        try:
            yield
        finally:
            cursor.execute(sql.SQL("SELECT pg_advisory_unlock({})").format(lock))


def indexed(table: str, brand_id: int, model: str) -> frozenset[str]:
    """The audiences whose vectors have an index of their own, ready to be asked."""
    names = {Holding(table, brand_id, each, model).index: each for each in Audience.values}
    with connection.cursor() as cursor:
        cursor.execute(WHOLE, [list(names)])
        return frozenset(names[name] for (name,) in cursor.fetchall())


def drop_empty() -> list[str]:
    """Drop the indexes of brands and models whose vectors are gone; their names."""
    return drop([name for name, table, condition in every() if not holds(table, condition)])


def drop_indexes(model: str) -> list[str]:
    """Drop every vector index of `model`, while searches go on; their names.

    Must not run inside a transaction.
    """
    ending = f"_{named(model)}"
    return drop([name for name, _, _ in every() if name.endswith(ending)])


def every() -> list[tuple[str, str, str]]:
    """(name, table, condition as SQL) of each vector index that is whole."""
    with connection.cursor() as cursor:
        cursor.execute(EVERY, [list(TABLES)])
        return list(cursor.fetchall())


def holds(table: str, condition: str) -> bool:
    """Whether any row of `table` meets the condition of an index, as the server spells it."""
    statement = sql.SQL("SELECT EXISTS (SELECT FROM {} WHERE {})")
    with connection.cursor() as cursor:
        cursor.execute(statement.format(sql.Identifier(table), sql.SQL(condition)))
        return bool(cursor.fetchone()[0])


def drop(names: list[str]) -> list[str]:
    if not names:
        return []
    statement = sql.SQL("DROP INDEX CONCURRENTLY IF EXISTS {}")
    with as_owner(), connection.cursor() as cursor:
        for name in names:
            cursor.execute(statement.format(sql.Identifier(name)))
    return names


def named(model: str) -> str:
    """A short word for `model` that no other model has; at most 19 characters."""
    plain = re.sub(r"[^a-z0-9]+", "_", model.lower()).strip("_")[:10]
    return f"{plain}_{hashlib.sha256(model.encode()).hexdigest()[:8]}"
