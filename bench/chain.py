"""A plain LangChain `PGVector` similarity search over the product's own rows.

The rows' words and vectors are copied into a collection of its own, in a schema of its own of the
same PostgreSQL, and queries go through the product's own embedder: what differs is the search.
As it comes: LangChain makes no index on vectors, and compares them all.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from langchain_core.embeddings import Embeddings
from langchain_postgres import PGVector

from archive.wall.owner import as_owner

SCHEMA = "bench_langchain"
BATCH = 1000  # rows an INSERT


class Wrapped(Embeddings):
    """The product's embedder as LangChain asks for one."""

    def __init__(self, embedder) -> None:
        self.embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self.embedder.embed_documents(texts).tolist()

    def embed_query(self, text: str) -> list[float]:
        return self.embedder.embed_query(text).tolist()


class Chain:
    def __init__(self, embedder) -> None:
        self.store = PGVector(
            Wrapped(embedder), connection=address(), embedding_length=embedder.dimensions
        )

    def add(self, rows: Sequence[tuple[str, str, Sequence[float]]]) -> None:
        """`rows` are (entry, text, vector)."""
        for start in range(0, len(rows), BATCH):
            ids, texts, vectors = zip(*rows[start : start + BATCH], strict=True)
            self.store.add_embeddings(
                list(texts), [list(map(float, each)) for each in vectors], ids=list(ids)
            )
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {SCHEMA}.langchain_pg_embedding")

    def search(self, query: str, top: int) -> list[str]:
        """Entries, nearest first."""
        return [found.id for found in self.store.similarity_search(query, k=top)]


@contextmanager
def opened(embedder) -> Iterator[Chain]:
    """An empty collection, gone afterwards."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
    chain = Chain(embedder)
    try:
        yield chain
    finally:
        chain.store._engine.dispose()
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA {SCHEMA} CASCADE")


def address() -> str:
    """The product's database as SQLAlchemy writes it, tables going to the schema."""
    path = settings.DATABASE_OWNER_URL.split("://", 1)[1]
    words = quote(f"-csearch_path={SCHEMA},public")
    return f"postgresql+psycopg://{path}{'&' if '?' in path else '?'}options={words}"
