"""The rows a viewer may see, as a condition for statements of one's own.

A search asks many statements of the same rows. What `visible_to` and whatever narrows it further
come to in SQL is composed from the very rows they give, once for all its statements; no second
condition says who may see what. That of a viewer alone is kept for the next search: it holds their
brand and audiences, which are the viewer, and asks status, embargo and rights of each row as it is
when a statement is made. The database's own wall stands behind it as behind every statement.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import Model, QuerySet

from archive.viewer import Viewer

KEPT = 500  # doors of viewers: brands, times audiences, times kinds of rows

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Door:
    """`condition` is true of the rows of `table`, called by its own name, that may be seen."""

    rows: type[Model]
    condition: str  # with a %s for each of `values`
    values: tuple[Any, ...]

    @classmethod
    def of(cls, visible: QuerySet[Any]) -> "Door":
        """Of the rows of `visible`, which is no slice, in whatever order."""
        return cls(visible.model, *condition_of(visible))

    @staticmethod
    @lru_cache(maxsize=KEPT)
    def to(rows: type[Model], viewer: Viewer) -> "Door":
        """Of all `rows` that `viewer` may see. Their `visible_to` must say so in terms of the
        viewer and of the rows alone, the time being the database's."""
        every: Any = rows._default_manager
        return Door.of(every.visible_to(viewer))

    @property
    def table(self) -> str:
        return self.rows._meta.db_table

    @property
    def vectors(self) -> tuple[str, str]:
        """The table of the vectors of these rows, and its column that refers to them."""
        relation = self.rows._meta.get_field("embeddings")
        field: Any = relation.field  # type: ignore[union-attr]
        return field.model._meta.db_table, field.column

    def asked(self, statement: str, before: Sequence[Any] = (), after: Sequence[Any] = ()) -> Rows:
        """What `statement` finds, its {rows} read as the table and its {visible} as the condition.

        `before` and `after` are its parameters on either side of {visible}. It may begin with
        settings for itself alone, SET LOCAL, and is then one message all the same.
        """
        text = statement.replace("{rows}", self.table).replace("{visible}", self.condition)
        with connection.cursor() as cursor:
            cursor.execute(text, [*before, *self.values, *after])
            while cursor.nextset():  # past the answers to settings
                pass
            found: Rows = cursor.fetchall()
            return found


def listed(keys: Iterable[int]) -> str:
    """Primary keys as PostgreSQL reads an array, for "ANY(%s::bigint[])": of some hundred, a list
    takes the adapter longer than the statement takes the server."""
    return f"{{{','.join(map(str, keys))}}}"


def condition_of(visible: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    query, table = visible.query, visible.model._meta.db_table
    try:
        joined = {alias for alias, uses in query.alias_refcount.items() if uses} - {table}
        if joined or query.distinct:
            text, values = visible.order_by().values("pk").query.sql_with_params()
            text = f"{table}.id IN ({text})"
        else:
            text, values = query.get_compiler(connection=connection).compile(query.where)
    except EmptyResultSet:  # its conditions exclude each other
        return "false", ()
    except FullResultSet:
        return "true", ()
    return f"({text})", tuple(values)
