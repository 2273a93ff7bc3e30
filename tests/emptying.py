"""The right to empty tables, which the application's role has in tests alone."""

import psycopg

from concierge.operations import addresses


def let_tests_empty(url: str) -> None:
    """Now, and for tables that a test's own migrations make anew; `url` is the owner's."""
    from archive.wall.policies import growing

    user = addresses.DATABASE_USER
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT TRUNCATE ON TABLES TO {user}"
        )
        server.execute(f"GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {user}")
        for table in growing:
            server.execute(f"REVOKE TRUNCATE ON {table} FROM {user}")
