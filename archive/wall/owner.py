"""The role that owns the tables, which alone changes their form: migrations, indexes, policies."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg.conninfo import conninfo_to_dict

WHO = {"USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}


@contextmanager
def as_owner() -> Iterator[None]:
    """Inside the block this thread's database connection is the owner's, and one of its own.

    What the thread has written in a transaction that is still open it does not see; so it must not
    run inside one.
    """
    before = connections[DEFAULT_DB_ALIAS]
    own = type(before)(_settings(before.settings_dict), DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS] = own
    try:
        yield
    finally:
        own.close()
        connections[DEFAULT_DB_ALIAS] = before


def _settings(of_application: dict[str, Any]) -> dict[str, Any]:
    """The application's, but for who connects and from where; without a pool of its own."""
    told = conninfo_to_dict(settings.DATABASE_OWNER_URL)
    who = {name: str(told.get(word) or "") for name, word in WHO.items()}
    options = {key: value for key, value in of_application["OPTIONS"].items() if key != "pool"}
    return {**of_application, **who, "OPTIONS": options}
