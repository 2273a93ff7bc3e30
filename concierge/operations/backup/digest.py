"""What the tables hold, in a line each: two databases with the same lines hold the same rows."""

from typing import Any

from django.db import connection
from psycopg import sql

from concierge.operations.backup.programs import WITHOUT

TABLES = """
    SELECT relname FROM pg_class
    WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY relname
"""
# The sum does not depend on the order that rows come in.
DIGEST = """
    SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text FROM {} AS t
"""


def tables() -> dict[str, list[Any]]:
    """By table, the number of its rows and a digest of what stands in them."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        names = [name for (name,) in cursor.fetchall() if name not in WITHOUT]
        found = {}
        for name in names:
            cursor.execute(sql.SQL(DIGEST).format(sql.Identifier(name)))
            found[name] = list(cursor.fetchone())
    return found
