"""What a test has committed is taken out again: of the tables that have rows, and no others."""

import time

import psycopg

PATIENCE = 20.0  # seconds that what is still being written beside a test has to end
# What the migrations filled, and the log that lets no row go.
STAYS = ("django_migrations", "django_content_type", "auth_permission", "audit_entry")

TABLES = """
    SELECT quote_ident(relname) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> ALL (%s)
"""
WRITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend'
        AND backend_xid IS NOT NULL
"""


def empty(url: str) -> None:
    """Delete every row of the database at `url`, the owner's, but those that stay.

    By DELETE and without the triggers of foreign keys: to truncate some tables, PostgreSQL would
    make anew the files of all hundred that refer to one another.
    """
    with psycopg.connect(url, autocommit=True) as server:
        wait_for_writers(server)
        server.execute("SET session_replication_role = replica")
        names = [name for (name,) in server.execute(TABLES, [list(STAYS)])]
        asked = (f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in names)
        filled = server.execute(" UNION ALL ".join(asked)).fetchall()
        server.execute(";".join(f"DELETE FROM {name}" for (name,) in filled))


def wait_for_writers(server: psycopg.Connection) -> None:
    """A transaction that is open would commit its rows afterwards, into the next test."""
    deadline = time.monotonic() + PATIENCE
    while server.execute(WRITING).fetchone() != (0,):
        assert time.monotonic() < deadline, "a test has left a transaction open"
