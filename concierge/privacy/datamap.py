"""The data map: what every column that can hold words holds, whose it is, and how it goes.

One file, `datamap.toml`, is read by the receipts of erasure, the record of processing and the test
that compares it with the database.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db import connection

MAP = Path(__file__).with_name("datamap.toml")
WHOSE = ("client", "staff", "artisan", "house", "nobody")
OWN_WORDS = "the house's own words"
CODE = "a word of the product's own, a digest or a number"
PLAIN = frozenset(
    {
        "boolean",
        "bigint",
        "integer",
        "smallint",
        "numeric",
        "real",
        "double precision",
        "date",
        "time without time zone",
        "timestamp with time zone",
        "interval",
        "uuid",
    }
)  # types that hold no words


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `columns` says what each of its columns that can hold words holds."""

    name: str
    what: str
    whose: str
    purpose: str
    basis: str
    kept: str
    erased: str
    columns: dict[str, str]


@cache
def tables() -> dict[str, Table]:
    """By the table's name, in the order of the file."""
    read = tomllib.loads(MAP.read_text(encoding="utf-8"))
    return {name: table(name, told) for name, told in read.items()}


def table(name: str, told: dict[str, object]) -> Table:
    codes, words = told.pop("codes", ()), told.pop("words", ())
    holds = told.pop("holds", {})
    assert isinstance(codes, Iterable)
    assert isinstance(words, Iterable)
    assert isinstance(holds, dict)
    columns = dict.fromkeys(codes, CODE) | dict.fromkeys(words, OWN_WORDS) | holds
    return Table(name=name, columns=columns, **told)  # type: ignore[arg-type]


def mapped() -> set[tuple[str, str]]:
    return {(name, column) for name, each in tables().items() for column in each.columns}


def columns_of_database(schema: str = "public") -> set[tuple[str, str]]:
    """(table, column) of all that can hold words, bytes, JSON or vectors, as the server tells."""
    statement = (
        "SELECT table_name, column_name, data_type FROM information_schema.columns"
        " JOIN information_schema.tables USING (table_schema, table_name)"
        " WHERE table_schema = %s AND table_type <> 'VIEW'"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [schema])
        return {(name, column) for name, column, kind in cursor if kind not in PLAIN}


def what(name: str) -> str:
    """The plain phrase for a table, its own name where the map does not know it."""
    known = tables().get(name)
    return known.what if known else name
