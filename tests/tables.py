"""A database that has lost one of its tables."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def lost(table: str) -> Iterator[None]:
    renamed(table, "lost")
    try:
        yield
    finally:
        renamed("lost", table)


def renamed(before: str, after: str) -> None:
    from django.db import connection

    from archive.wall.owner import as_owner

    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {before} RENAME TO {after}")
