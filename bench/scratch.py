"""A database of one run's own, made by the owner of the tables and used as the application."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections
from django.test.utils import setup_databases, teardown_databases
from psycopg.conninfo import conninfo_to_dict


@contextmanager
def scratch() -> Iterator[str]:
    """Its name. It is dropped afterwards."""
    owner = conninfo_to_dict(settings.DATABASE_OWNER_URL)
    own = settings.DATABASES["default"]["USER"]
    connect_as(str(owner.get("user", own)))
    databases = setup_databases(verbosity=0, interactive=False)
    connect_as(own)
    try:
        yield settings.DATABASES["default"]["NAME"]
    finally:
        connect_as(str(owner.get("user", own)))
        teardown_databases(databases, verbosity=0)


def connect_as(role: str) -> None:
    connections["default"].close()
    connections["default"].close_pool()
    connections.settings["default"]["USER"] = role
