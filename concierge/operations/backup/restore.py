"""A backup is brought back: proved whole, loaded beside what is there, put in its place at last.

Whatever fails on the way, what was there stays as it was. What was erased since is erased again
before anybody can see it.
"""

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis
from django.conf import settings
from django.db import connection
from django.utils import timezone
from psycopg import sql

from archive.wall.database.base import DatabaseWrapper
from archive.wall.owner import as_owner
from archive.wall.scope import everything
from concierge.clients.keys import Ring
from concierge.operations.backup import digest, programs
from concierge.operations.backup.sealing import BackupError, SealedReader
from concierge.operations.backup.take import DUMP, FORM, MANIFEST, MEDIA, Manifest

Tell = Callable[[str], None]
HOLDS = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"


@contextmanager
def opened(place: Path) -> Iterator[tarfile.TarFile]:
    """The backup's members, in order. Raises BackupError for what is damaged or no backup."""
    try:
        with place.open("rb") as file:
            sealed = SealedReader(file, Ring(settings.CLIENT_KEYS))
            with tarfile.open(fileobj=sealed, mode="r|") as tar:
                yield tar
            while sealed.read(1024 * 1024):  # to the very end, behind the last member
                pass
    except FileNotFoundError:
        raise BackupError(f"There is no file {place}.") from None
    except tarfile.TarError:
        raise BackupError("The backup cannot be read: nothing was restored from it.") from None


def check(place: Path) -> Manifest:
    """Read the whole backup. Raises BackupError unless every byte is as it was written."""
    manifest, has_dump = None, False
    with opened(place) as tar:
        for member in tar:
            if member.name == MANIFEST:
                manifest = read_manifest(tar, member)
            has_dump |= member.name == DUMP
    if manifest is None or not has_dump:
        raise BackupError("The backup is not whole: its database is missing.")
    return manifest


def read_manifest(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Manifest:
    file = tar.extractfile(member)
    told = json.loads(file.read()) if file else {}
    if told.get("form") != FORM:
        raise BackupError("The backup was made by a newer Concierge: restore it with that one.")
    return Manifest(**told)


def restore(place: Path, *, replace: bool, tell: Tell = lambda words: None) -> Manifest:
    """Bring `place` back, whose manifest is given. What it takes the place of is gone then.

    Raises BackupError: then everything is as it was.
    """
    tell("Reading the backup through")
    manifest = check(place)
    name = str(connection.settings_dict["NAME"])
    if holds(name) and not replace:
        raise BackupError(
            "The database is not empty. With --replace the backup takes its place, "
            "after a backup of what is there."
        )
    stamp = f"{timezone.now():%Y%m%d%H%M%S}"
    beside = f"{name}_restored_{stamp}"
    made = create(beside)
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix="restore-") as scratch:
        try:
            extract(place, Path(scratch))
            tell("Loading the database")
            programs.load(Path(scratch) / DUMP, made)
            compare(made, manifest)
            tell("Bringing it up to date, and erasing again what was erased since")
            ready(made)
            swap(name, made, stamp)
        except BaseException:
            drop(made)
            raise
        put_uploads(Path(scratch) / MEDIA, Path(settings.MEDIA_ROOT))
    drop(f"{name}_before_{stamp}")
    forget_the_moment()
    return manifest


def holds(name: str) -> bool:
    with server(name) as asked:
        row = asked.execute(HOLDS).fetchone()
    return bool(row and row[0])


@contextmanager
def server(database: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    try:
        with psycopg.connect(
            settings.DATABASE_OWNER_URL, dbname=database, autocommit=True, connect_timeout=10
        ) as asked:
            yield asked
    except psycopg.OperationalError as error:
        said = str(error).partition("\n")[0]
        raise BackupError(f"The database does not answer: {said}") from error


def create(name: str) -> str:
    """An empty database beside the one in use."""
    try:
        with server("postgres") as asked:
            asked.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    except psycopg.errors.InsufficientPrivilege:
        raise BackupError(
            "The role of DATABASE_OWNER_URL may make no database: let it "
            "(ALTER ROLE ... CREATEDB), or restore where it may."
        ) from None
    return name


def drop(name: str) -> None:
    with server("postgres") as asked:
        asked.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


def extract(place: Path, scratch: Path) -> None:
    """The dump and the uploads, none of them anywhere but below `scratch`."""
    with opened(place) as tar:
        for member in tar:
            if member.name == DUMP or member.name.startswith(f"{MEDIA}/"):
                tar.extract(member, scratch, filter="data")


def compare(database: str, manifest: Manifest) -> None:
    """Raises BackupError unless every table holds what it held when the backup was taken."""
    with as_owner(), everything():
        connection.settings_dict["NAME"] = database
        found = digest.tables()
    wrong = sorted(name for name, told in manifest.tables.items() if found.get(name) != told)
    if wrong:
        raise BackupError(f"Restored, these tables are not as they were: {', '.join(wrong)}.")


def ready(database: str) -> None:
    """What `after_restore` does, by a process of its own that knows no other database."""
    own = {
        "DATABASE_URL": naming(settings.DATABASE_URL, database),
        "DATABASE_OWNER_URL": naming(settings.DATABASE_OWNER_URL, database),
        "REDIS_URL": settings.REDIS_URL,
        "CONCIERGE_DATA_DIR": str(settings.DATA_DIR),
        "CLIENT_KEYS": settings.CLIENT_KEYS,
        "SECRET_KEY": settings.SECRET_KEY,
        "BACKUP_DIR": str(settings.BACKUP_DIR),
        "ERASURE_LEDGER": str(settings.ERASURE_LEDGER),
    }
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "after_restore"],
        env=os.environ | own,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        said = lines[-1][:300] if lines else "no reason was told"
        raise BackupError(f"The restored database could not be made ready: {said}")


def naming(url: str, database: str) -> str:
    """The same address, of another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def swap(name: str, made: str, stamp: str) -> None:
    """Put `made` where `name` is, both at once or neither."""
    before = f"{name}_before_{stamp}"
    connection.close()
    # Else what is used next meets connections that have been ended.
    cast(DatabaseWrapper, connection).close_pool()
    with server("postgres") as asked:
        for each in (name, made):
            asked.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [each]
            )
        with asked.transaction():
            for old, new in ((name, before), (made, name)):
                asked.execute(
                    sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                        sql.Identifier(old), sql.Identifier(new)
                    )
                )


def put_uploads(restored: Path, media: Path) -> None:
    """The restored uploads take the place of those there are."""
    restored.mkdir(exist_ok=True)
    if media.exists():
        shutil.rmtree(media)
    shutil.move(restored, media)


def forget_the_moment() -> None:
    """Redis holds what was going on: streams, queues and counts of rows that are no more."""
    with redis.Redis.from_url(settings.REDIS_URL) as running:
        running.flushdb()
