"""A pooled connection is asked whether it lives only where there is reason to doubt it."""

from functools import partial

import psycopg
import pytest
from django.db import connection

from archive.wall import alive


@pytest.fixture
def pooled(django_db_blocker):
    """A connection of its own, and another that may end it."""
    with django_db_blocker.unblock():
        words = connection.get_connection_params()
        for name in ("pool", "cursor_factory", "context"):
            words.pop(name, None)
    asked = partial(psycopg.connect, **words, autocommit=True)
    with asked() as one, asked() as other:
        yield one, other


def last_heard(pid, other):
    """When the server last had anything to do for it."""
    asked = "SELECT state_change FROM pg_stat_activity WHERE pid = %s"
    return other.execute(asked, [pid]).fetchone()[0]


def test_one_that_has_answered_is_not_asked_again(pooled):
    one, other = pooled
    alive.check(one)
    before = last_heard(one.info.backend_pid, other)
    alive.check(one)
    assert last_heard(one.info.backend_pid, other) == before


def test_one_that_the_server_has_closed_is_found_dead(pooled):
    one, other = pooled
    alive.check(one)
    other.execute("SELECT pg_terminate_backend(%s, 5000)", [one.info.backend_pid])
    with pytest.raises(psycopg.OperationalError):
        alive.check(one)
