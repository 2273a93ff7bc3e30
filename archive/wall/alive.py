"""Whether a pooled connection to the database still lives, told without asking the server."""

import select
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg_pool import ConnectionPool

ASKED = 30.0  # seconds for which a connection is trusted that the server has answered on

_answered: WeakKeyDictionary[psycopg.Connection[Any], float] = WeakKeyDictionary()


def check(connection: psycopg.Connection[Any]) -> None:
    """As `ConnectionPool.check_connection`, whose question costs a journey at every taking.

    A server that has closed a connection has left word on it: then, and where it has not answered
    for ASKED seconds, it is asked. Raises psycopg.OperationalError for one that is dead.
    """
    now = monotonic()
    if not has_word(connection) and now - _answered.get(connection, -ASKED) < ASKED:
        return
    ConnectionPool.check_connection(connection)
    _answered[connection] = now


def has_word(connection: psycopg.Connection[Any]) -> bool:
    """Whether something waits to be read on it, which on a resting one is its end or a notice."""
    looked = select.poll()
    looked.register(connection.fileno(), select.POLLIN)
    return bool(looked.poll(0))
