"""Tables written anew, so that their files hold the rows there are and no others.

Measured: after DELETE and a plain VACUUM the words of a deleted row still lie in the table's file,
in its TOAST file, in the common values that ANALYZE has noted of the column, and in the log. VACUUM
FULL writes the first two anew and indexes with them.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import psycopg
from psycopg import errors, sql

LOCK = "3s"  # a table that others hold is tried again later: behind us they would all wait
STATISTICS = 180000  # PostgreSQL's version from which the notes on a column can be taken out
NOTED = ("pg_statistic", "pg_statistic_ext_data")
WRITTEN_OVER = ("django_admin_log", "gaps_gap")
STILL_SEEN = "{}: an open transaction can still see {}."
REFUSED = (errors.InsufficientPrivilege, errors.FeatureNotSupported)


@dataclass(slots=True)
class Told:
    """What a part of the pass has done, and what it has left, in sentences."""

    done: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


class _Notices:
    """What VACUUM says of dead rows that it had to keep."""

    def __init__(self) -> None:
        self.kept = 0

    def __call__(self, notice: psycopg.errors.Diagnostic) -> None:
        words = (notice.message_detail or "").split()
        self.kept += next((int(word) for word in words if word.isdigit()), 0)


def rewrite(server: psycopg.Connection[tuple[object, ...]], table: str) -> str:
    """Write the table, its TOAST and its indexes anew; "" or a sentence on why that is not done.

    `server` commits each statement by itself.
    """
    name = sql.Identifier(table)
    notices = _Notices()
    server.add_notice_handler(notices)
    try:
        server.execute(sql.SQL("SET lock_timeout = {}").format(LOCK))
        forget_values(server, table)
        server.execute(sql.SQL("VACUUM (FULL, ANALYZE, VERBOSE) {}").format(name))
    except errors.LockNotAvailable:
        return f"{table}: others are using it."
    except REFUSED as error:
        return f"{table}: {_first_line(error)}."
    finally:
        server.remove_notice_handler(notices)
    if notices.kept:
        return STILL_SEEN.format(table, counted(notices.kept, "deleted row"))
    return ""


def forget_values(server: psycopg.Connection[tuple[object, ...]], table: str) -> None:
    """Take out the common values noted of each column; ANALYZE notes those of today.

    Of a table that has become empty it would note nothing, and the old ones would stay.
    """
    if server.info.server_version < STATISTICS:
        return
    server.execute(
        "SELECT pg_clear_attribute_stats(schemaname, tablename, attname, inherited) FROM pg_stats"
        " WHERE schemaname = current_schema() AND tablename = %s",
        [table],
    )


def rewrite_notes(server: psycopg.Connection[tuple[object, ...]]) -> Told:
    """The same of the catalogues in which ANALYZE keeps values of columns."""
    told = Told()
    for table in NOTED:
        problem = rewrite_catalogue(server, table)
        (told.left if problem else told.done).append(problem or f"{table} written anew.")
    return told


def rewrite_catalogue(server: psycopg.Connection[tuple[object, ...]], table: str) -> str:
    name = sql.Identifier("pg_catalog", table)
    notices = _Notices()
    server.add_notice_handler(notices)
    try:
        server.execute(sql.SQL("SET lock_timeout = {}").format(LOCK))
        server.execute(sql.SQL("VACUUM (FULL, VERBOSE) {}").format(name))
    except errors.LockNotAvailable:
        return f"{table}: others are using it."
    except REFUSED as error:
        return f"{table}: {_first_line(error)}."
    finally:
        server.remove_notice_handler(notices)
    if notices.kept:
        return STILL_SEEN.format(table, counted(notices.kept, "deleted row"))
    return ""


def deletions(
    server: psycopg.Connection[tuple[object, ...]], tables: Iterable[str]
) -> dict[str, int]:
    """Rows deleted from each since the server counts; of tables that are there.

    Where a forgotten person's words are written over, rather than removed, rows that were changed
    count too: what they said before lies there as well.
    """
    rows = server.execute(
        "SELECT relname, n_tup_del + CASE WHEN relname = ANY (%s) THEN n_tup_upd ELSE 0 END"
        " FROM pg_stat_user_tables WHERE schemaname = current_schema() AND relname = ANY (%s)",
        [list(WRITTEN_OVER), list(tables)],
    )
    return {str(name): int(str(count)) for name, count in rows}


def _first_line(error: psycopg.Error) -> str:
    return str(error).partition("\n")[0].rstrip(".")
