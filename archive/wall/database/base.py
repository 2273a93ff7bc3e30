"""Django's PostgreSQL backend, whose every transaction says whose it is.

The scope goes with the statement, in one message, so that it costs no journey to the server: sent
together they are one transaction, at whose end SET LOCAL is forgotten. Inside a transaction it is
said with the first statement, and again when the scope, or a rollback to a savepoint, has changed
it. A scope is never set for a session: a pooled connection remembers nothing of its last user.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, TypeAlias

import psycopg
from django.db.backends.postgresql import base, operations
from django.db.backends.postgresql.psycopg_any import register_tzloader
from django.utils.functional import cached_property
from psycopg import adapters, sql
from psycopg.client_cursor import ClientCursorMixin
from psycopg.pq import Format, TransactionStatus

from archive.wall import alive, scope

# What reads or writes rows, or begins such a message with settings for it. Other statements are not
# told the scope outside a transaction: some may not share one, as making an index while writes go
# on.
ROWS = re.compile(
    r"[\s(]*(select|insert|update|delete|with|merge|table|values|explain|do|call|set\s+local)\b",
    re.IGNORECASE,
)
BACK = re.compile(r"\s*rollback\b", re.IGNORECASE)
SAID = re.compile(rf"SET LOCAL {re.escape(scope.SETTING)} = '[^']*';")
TIMESTAMPTZ = adapters.types["timestamptz"].oid
Connection: TypeAlias = psycopg.Connection[Any]


def saying(words: str) -> str:
    """The statement that tells the server; `words` are a scope's and hold nothing to escape."""
    return f"SET LOCAL {scope.SETTING} = '{words}'"


class Teller:
    """Tells the server whose a statement is, where the running transaction has not been told."""

    def __init__(self) -> None:
        self.told: str | None = ""  # words of the running transaction's scope; None: not known

    def due(self, connection: Connection) -> str | None:
        """The words of today's scope; None where the server knows them, or would not listen."""
        status = connection.pgconn.transaction_status
        if status == TransactionStatus.IDLE:
            self.told = ""
        elif status != TransactionStatus.INTRANS:
            return None
        words = scope.current().words
        return None if words == self.told else words

    @contextmanager
    def telling(self, connection: Connection) -> Iterator[None]:
        """Inside the block the server knows the scope: for what cannot share a message with it."""
        words = self.due(connection)
        if words is None:
            yield
        elif is_lasting(connection):
            connection.execute(saying(words))
            self.told = words
            yield
        else:
            with connection.transaction():
                connection.execute(saying(words))
                yield


def is_lasting(connection: Connection) -> bool:
    """Whether what is said now holds for the next statement too."""
    if not connection.autocommit:
        return True
    return connection.pgconn.transaction_status == TransactionStatus.INTRANS


class Cursor(psycopg.ClientCursor[Any]):
    """One that is not Django's has no teller, and sees nothing."""

    teller: Teller | None = None

    def execute(self, query: Any, params: Any = None, **options: Any) -> "Cursor":
        text = query.as_string(self.connection) if isinstance(query, sql.Composable) else query
        lasting = is_lasting(self.connection)
        words = self.teller.due(self.connection) if self.teller else None
        if self.teller is None or words is None or not (lasting or ROWS.match(text)):
            super().execute(text, params, **options)
        else:
            if lasting:
                self.teller.told = words
            super().execute(f"{saying(words)};{text}", params, **options)
            self.nextset()  # past the answer to the first of the two
        if self.teller is not None and BACK.match(text):
            self.teller.told = None  # whatever it was before the savepoint
        return self

    def executemany(self, query: Any, params_seq: Any, **options: Any) -> None:
        with self.teller.telling(self.connection) if self.teller else nullcontext():
            super().executemany(query, params_seq, **options)

    @contextmanager
    def copy(self, statement: Any, params: Any = None, **options: Any) -> Iterator[psycopg.Copy]:
        told = self.teller.telling(self.connection) if self.teller else nullcontext()
        with told, super().copy(statement, params, **options) as copy:
            yield copy


class ServerSideCursor(ClientCursorMixin[Any, Any], psycopg.ServerCursor[Any]):
    teller: Teller

    def execute(self, query: Any, params: Any = None, **options: Any) -> "ServerSideCursor":
        with self.teller.telling(self.connection):
            super().execute(query, params, **options)
        return self


class DatabaseOperations(operations.DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> str:
        """As it was asked, without the scope before it."""
        asked = super().last_executed_query(cursor, sql, params)
        return SAID.sub("", asked, count=1) if asked else asked


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations

    @cached_property
    def teller(self) -> Teller:
        return Teller()

    @property
    def pool(self) -> Any:
        """Django's, which lets only the pool's own check be named, with a cheaper one."""
        pool = super().pool
        if pool is not None and pool._check is not None:
            pool._check = alive.check
        return pool

    def get_connection_params(self) -> dict[str, Any]:
        return {**super().get_connection_params(), "cursor_factory": Cursor}

    def create_cursor(self, name: str | None = None) -> Any:
        cursor: Any
        if name is None:
            cursor = super().create_cursor()
        else:
            held = self.connection.autocommit  # it is read after its own transaction
            cursor = ServerSideCursor(self.connection, name, scrollable=False, withhold=held)
            loader = cursor.adapters.get_loader(TIMESTAMPTZ, Format.TEXT)
            if self.timezone != loader.timezone:
                register_tzloader(self.timezone, cursor)
        cursor.teller = self.teller
        return cursor
