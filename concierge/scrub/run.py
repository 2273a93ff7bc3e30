"""One pass: every table with deletions since the last, the statistics, the log, Redis, files."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

import psycopg
from django.apps import apps
from django.conf import settings
from django.utils import timezone

from concierge.scrub import files, log, redis_file
from concierge.scrub.models import Pass, Rewritten
from concierge.scrub.rewrite import Told, deletions, rewrite, rewrite_notes

# Applications whose tables hold nothing of clients. One that is not named here is seen to.
HOUSES_OWN = {"archive", "catalog", "voice", "contenttypes", "django_celery_beat"}
LONGEST = 900.0  # seconds of a night's call that tables are begun in; the next call goes on
ALONE = 0x5C12B  # the advisory lock of whoever makes a pass
KEYS = "clients_key"  # of which each erasure deletes a row
# And what of a person no key seals: what they asked in vain, wherever it was copied to, and the
# sessions of their browsers.
AT_ONCE = frozenset(
    {
        KEYS,
        "approved_wording",
        "approved_wordingembedding",
        "django_admin_log",
        "django_session",
        "gaps_asking",
        "gaps_gap",
        "privacy_browsersession",
    }
)
EVERY = timedelta(minutes=10)  # between two passes over the keys


@dataclass(frozen=True, slots=True)
class Due:
    table: str
    deleted: int  # rows, since `counted_since`
    counted_since: datetime


def scrub(every: bool = False) -> Pass | None:
    """Make a pass, or go on with one that left something; None while another makes one.

    `every` writes all tables anew, whatever was deleted. Raises OperationalError when the owner's
    connection cannot be made.
    """
    name = settings.DATABASES["default"]["NAME"]
    with (
        psycopg.connect(settings.DATABASE_OWNER_URL, dbname=name, autocommit=True) as server,
        alone(server) as is_alone,
    ):
        if not is_alone:
            return None
        made = Pass.objects.filter(finished=None).first() or Pass.objects.create()
        parts = [tables(server, every), log.turn_over(server)]
    parts.append(redis_file.rewrite(settings.REDIS_URL))
    parts.append(files.tidy(Path(settings.DATA_DIR), Path(settings.MEDIA_ROOT)))
    made.done += [sentence for part in parts for sentence in part.done]
    made.left = [sentence for part in parts for sentence in part.left]
    made.finished = None if parts[0].left else timezone.now()
    made.save()
    return made


def scrub_keys() -> Told | None:
    """After an erasure: what nobody's key must outlive, without waiting for the night.

    The keys that were deleted, and what a person has that no key seals, are written anew, and the
    log is turned over. At most once in EVERY; None where nothing was due. Raises OperationalError.
    """
    known = Rewritten.objects.filter(table=KEYS).first()
    if known is not None and timezone.now() - known.at < EVERY:
        return None
    name = settings.DATABASES["default"]["NAME"]
    with (
        psycopg.connect(settings.DATABASE_OWNER_URL, dbname=name, autocommit=True) as server,
        alone(server) as is_alone,
    ):
        found = due(server, every=False) if is_alone else []
        if KEYS not in {each.table for each in found}:
            return None
        told = write_anew(server, [each for each in found if each.table in AT_ONCE])
        turned = log.turn_over(server)
    return Told(told.done + turned.done, told.left + turned.left)


@contextmanager
def alone(server: psycopg.Connection[tuple[object, ...]]) -> Iterator[bool]:
    """Whether nobody else makes a pass; the lock ends with the connection."""
    [(taken,)] = server.execute("SELECT pg_try_advisory_lock(%s)", [ALONE]).fetchall()
    yield bool(taken)


def tables(server: psycopg.Connection[tuple[object, ...]], every: bool) -> Told:
    """Write those anew that are due, and then what was noted of them."""
    return write_anew(server, due(server, every))


def write_anew(server: psycopg.Connection[tuple[object, ...]], found: list[Due]) -> Told:
    told = Told()
    until = monotonic() + LONGEST
    for each in found:
        late = monotonic() > until
        problem = f"{each.table}: the night was too short." if late else rewrite(server, each.table)
        if problem:
            told.left.append(problem)
            continue
        told.done.append(f"{each.table} written anew.")
        Rewritten.objects.update_or_create(
            table=each.table,
            defaults={
                "at": timezone.now(),
                "deleted": each.deleted,
                "counted_since": each.counted_since,
            },
        )
    if found:
        notes = rewrite_notes(server)
        told.done += notes.done
        told.left += notes.left
    return told


def due(server: psycopg.Connection[tuple[object, ...]], every: bool) -> list[Due]:
    """The tables of clients from which rows were deleted since they were last written anew.

    A server that was started since may have lost count: then all are due.
    """
    [(started,)] = server.execute("SELECT pg_postmaster_start_time()").fetchall()
    assert isinstance(started, datetime)
    known = {row.table: row for row in Rewritten.objects.all()}
    found = deletions(server, of_clients())
    return [
        Due(table, deleted, started)
        for table, deleted in sorted(found.items())
        if every
        or table not in known
        or (known[table].deleted, known[table].counted_since) != (deleted, started)
    ]


def of_clients() -> list[str]:
    return [
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in HOUSES_OWN and model._meta.managed
    ]
