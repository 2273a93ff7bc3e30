"""PostgreSQL's log (WAL): what tells of deleted rows is taken out of its files.

The rows of the past stand in the segments up to now. A checkpoint makes them useless; where the
server renames a useless segment for later use, it keeps its bytes until it is written over. So each
of those is used up: a switch of segments fills what is left of one with zeros.
"""

import psycopg
from psycopg import errors

from concierge.scrub.rewrite import Told, counted

MOST = 1024  # segments, 16 MB each as a rule: more are told and not used up
SETTINGS = (
    "SELECT current_setting('archive_mode') <> 'off',"
    " current_setting('wal_keep_size') NOT IN ('0', '0MB'),"
    " (SELECT count(*) FROM pg_replication_slots),"
    " current_setting('wal_recycle') = 'on'"
)
ARCHIVED = "The log is archived (archive_mode): delete what the archive has from before this pass."
HELD = "Old segments of the log are kept for others (wal_keep_size, replication slots)."


def turn_over(server: psycopg.Connection[tuple[object, ...]]) -> Told:
    """Leave no segment of the log from before this call, or say what keeps them."""
    told = Told()
    try:
        switch(server)
        server.execute("CHECKPOINT")
        segments = used_up(server)
        server.execute("CHECKPOINT")
    except errors.InsufficientPrivilege as error:
        words = str(error).partition("\n")[0].rstrip(".")
        told.left.append(
            f"The log is as it was ({words}): let the owner's role be a member of pg_checkpoint "
            "and pg_monitor and execute pg_switch_wal(), or let the DBA do it (docs/scrub.md)."
        )
        return told
    if segments > MOST:
        told.left.append(f"The log has {segments:,} segments, too many for one night.")
    else:
        told.done.append(f"The log was turned over, {counted(segments, 'segment')}.")
    archived, keeps, slots, _ = next(iter(server.execute(SETTINGS)))
    if archived:
        told.left.append(ARCHIVED)
    if keeps or slots:
        told.left.append(HELD)
    return told


def used_up(server: psycopg.Connection[tuple[object, ...]]) -> int:
    """Write over every segment that is there: how many there were."""
    count = next(iter(server.execute("SELECT count(*) FROM pg_ls_waldir()")))[0]
    segments = int(str(count))
    for _ in range(min(segments, MOST) + 1):
        switch(server)
    return segments


def switch(server: psycopg.Connection[tuple[object, ...]]) -> None:
    """Fill the segment that is written with zeros, and begin the next."""
    # Without a record in it, a segment is not switched from.
    server.execute("SELECT pg_logical_emit_message(false, 'scrub', '')")
    server.execute("SELECT pg_switch_wal()")
