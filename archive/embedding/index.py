"""A vector index per model, so that changing model is a re-embed in the background and a switch."""

import hashlib
import re

from django.db import connection
from psycopg import sql

TABLES = {"archive_passageembedding": "passage", "catalog_productembedding": "product"}
MOST_DIMENSIONS = 2000  # of an index over single-precision vectors
# The default model's were made by the migrations, under their own names.
MIGRATED = {"all-MiniLM-L6-v2": "minilm"}

MAKE = """
    CREATE INDEX CONCURRENTLY IF NOT EXISTS {name} ON {table}
    USING hnsw ((vector::vector({dimensions})) vector_cosine_ops) WHERE model = {model}
"""
BROKEN = """
    SELECT 1 FROM pg_index WHERE indexrelid = to_regclass(%s) AND NOT indisvalid
"""

OF_MODEL = """
    SELECT index.relname FROM pg_index
    JOIN pg_class AS index ON index.oid = indexrelid
    WHERE indrelid = ANY(%s::regclass[]) AND strpos(pg_get_expr(indpred, indrelid), %s) > 0
"""


def ensure_index(model: str, dimensions: int) -> list[str]:
    """Make the vector indexes of `model` on passages and products that are missing; their names.

    Writes go on meanwhile. A model of more than MOST_DIMENSIONS gets no index: its vectors are
    compared one by one. Must not run inside a transaction.
    """
    if dimensions > MOST_DIMENSIONS:
        return []
    names = [f"{kind}_vector_{named(model)}" for kind in TABLES.values()]
    for table, name in zip(TABLES, names, strict=True):
        with connection.cursor() as cursor:
            cursor.execute(BROKEN, [name])
            if cursor.fetchone():  # an earlier making was interrupted
                cursor.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
            cursor.execute(
                sql.SQL(MAKE).format(
                    name=sql.Identifier(name),
                    table=sql.Identifier(table),
                    dimensions=sql.Literal(dimensions),
                    model=sql.Literal(model),
                )
            )
    return names


def drop_indexes(model: str) -> list[str]:
    """Drop every vector index of `model`, whoever made it, while searches go on; their names.

    Must not run inside a transaction.
    """
    quoted = model.replace("'", "''")
    condition = f"(model)::text = '{quoted}'::text"  # as the server spells the index's
    with connection.cursor() as cursor:
        cursor.execute(OF_MODEL, [list(TABLES), condition])
        names = sorted(name for (name,) in cursor.fetchall())
        for name in names:
            statement = sql.SQL("DROP INDEX CONCURRENTLY IF EXISTS {}")
            cursor.execute(statement.format(sql.Identifier(name)))
    return names


def named(model: str) -> str:
    """A short word for `model` that no other model has."""
    if model in MIGRATED:
        return MIGRATED[model]
    plain = re.sub(r"[^a-z0-9]+", "_", model.lower()).strip("_")[:30]
    return f"{plain}_{hashlib.sha256(model.encode()).hexdigest()[:8]}"
