"""Django's PostgreSQL backend, whose every transaction says whose it is.

The scope goes with the statement, in one message, so that it costs no journey to the server: sent
together they are one transaction, at whose end SET LOCAL is forgotten. Inside a transaction it is
said with the first statement, and again when the scope, or a rollback to a savepoint, has changed
it. A scope is never set for a session: a pooled connection remembers nothing of its last user.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg import sql
from psycopg.pq import Format, TransactionStatus

from archive.wall import scope

# What reads or writes rows. Other statements are not told the scope outside a transaction: some
# may not share one, as making an index while writes go on.
ROWS = re.compile(
    r"[\s(]*(select|insert|update|delete|with|merge|table|values|explain|do|call)\b", re.IGNORECASE
)
SAID = re.compile(rf"SET LOCAL {re.escape(scope.SETTING)} = '[^']*';")
BACK = re.compile(r"\s*rollback\b", re.IGNORECASE)


def saying(words: str) -> str:
    """The statement that tells the server; `words` are a scope's and hold nothing to escape."""
    return f"SET LOCAL {scope.SETTING} = '{words}'"


class Telling:
    """What the cursors of one connection have in common; one that is not Django's tells nothing."""

    wall: "DatabaseWrapper | None" = None
    connection: psycopg.Connection[Any]

    def due(self) -> str | None:
        """The words of today's scope; None where the server knows them, or would not listen."""
        status = self.connection.pgconn.transaction_status
        if self.wall is None or status not in (TransactionStatus.IDLE, TransactionStatus.INTRANS):
            return None
        if status == TransactionStatus.IDLE:
            self.wall.told = ""
        words = scope.current().words
        return None if words == self.wall.told else words

    @property
    def is_lasting(self) -> bool:
        """Whether what is said now holds for the next statement too."""
        if not self.connection.autocommit:
            return True
        return self.connection.pgconn.transaction_status == TransactionStatus.INTRANS

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Inside the block the server knows the scope: for what cannot share a message with it."""
        words = self.due()
        if words is None or self.wall is None:
            yield
        elif self.is_lasting:
            self.connection.execute(saying(words))
            self.wall.told = words
            yield
        else:
            with self.connection.transaction():
                self.connection.execute(saying(words))
                yield


class Cursor(Telling, base.Cursor):  # type: ignore[misc]
    def execute(self, query: Any, params: Any = None, **options: Any) -> "Cursor":
        text = query.as_string(self) if isinstance(query, sql.Composable) else query
        words = self.due()
        if words is None or self.wall is None or not (self.is_lasting or ROWS.match(text)):
            super().execute(text, params, **options)
        else:
            if self.is_lasting:
                self.wall.told = words
            super().execute(f"{saying(words)};{text}", params, **options)
            self.nextset()  # past the answer to the first of the two
        if self.wall is not None and BACK.match(text):
            self.wall.told = None  # whatever it was before the savepoint
        return self

    def executemany(self, query: Any, params_seq: Any, **options: Any) -> None:
        with self.telling():
            super().executemany(query, params_seq, **options)

    @contextmanager
    def copy(self, statement: Any, params: Any = None, **options: Any) -> Iterator[psycopg.Copy]:
        with self.telling(), super().copy(statement, params, **options) as copy:
            yield copy


class ServerSideCursor(Telling, base.ServerSideCursor):  # type: ignore[misc]
    def execute(self, query: Any, params: Any = None, **options: Any) -> "ServerSideCursor":
        with self.telling():
            super().execute(query, params, **options)
        return self


class DatabaseOperations(base.DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> str | None:
        """As it was asked, without the scope before it."""
        asked = super().last_executed_query(cursor, sql, params)
        return SAID.sub("", asked, count=1) if asked else asked


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
    told: str | None = ""  # words of the running transaction's scope; None: not known

    def get_connection_params(self) -> dict[str, Any]:
        return {**super().get_connection_params(), "cursor_factory": Cursor}

    def create_cursor(self, name: str | None = None) -> Any:
        if name is None:
            cursor = super().create_cursor()
        else:
            held = self.connection.autocommit  # it is read after its own transaction
            cursor = ServerSideCursor(self.connection, name, scrollable=False, withhold=held)
            loader = cursor.adapters.get_loader(base.TIMESTAMPTZ_OID, Format.TEXT)
            if self.timezone != loader.timezone:
                base.register_tzloader(self.timezone, cursor)
        cursor.wall = self
        return cursor
