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


class Owner:
    """Of the tables, past every wall. `url` is the owner's; the connection to it is kept."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.server: psycopg.Connection | None = None

    def empty(self) -> None:
        try:
            self.delete_rows()
        except psycopg.OperationalError:  # the test has ended every connection, or the server
            self.server = None
            self.delete_rows()

    def delete_rows(self) -> None:
        """Of every table but those that stay.

        By DELETE and without the triggers of foreign keys: to truncate some tables, PostgreSQL
        would make anew the files of all hundred that refer to one another.
        """
        if self.server is None:
            self.server = psycopg.connect(self.url, autocommit=True)
            self.server.execute("SET session_replication_role = replica")
        wait_for_writers(self.server)
        names = [name for (name,) in self.server.execute(TABLES, [list(STAYS)])]
        asked = (f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in names)
        filled = self.server.execute(" UNION ALL ".join(asked)).fetchall()
        self.server.execute(";".join(f"DELETE FROM {name}" for (name,) in filled))


def wait_for_writers(server: psycopg.Connection) -> None:
    """A transaction that is open would commit its rows afterwards, into the next test."""
    deadline = time.monotonic() + PATIENCE
    while server.execute(WRITING).fetchone() != (0,):
        assert time.monotonic() < deadline, "a test has left a transaction open"
