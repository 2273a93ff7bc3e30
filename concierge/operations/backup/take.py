"""A backup is taken: one moment of the database, every upload, sealed as it is written."""

import json
import os
import tarfile
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from archive.wall.owner import as_owner
from archive.wall.scope import everything
from concierge.clients import kept_keys
from concierge.clients.keys import Ring
from concierge.operations.backup import digest, programs
from concierge.operations.backup.sealing import BackupError, SealedWriter

FORM = 1
DUMP, MANIFEST, MEDIA = "database.dump", "manifest.json", "media"
SUFFIX = ".concierge"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. `tables` is concierge.operations.backup.digest.tables."""

    form: int
    made: str
    tables: dict[str, list[Any]]


def take(directory: Path) -> Path:
    """The new backup in `directory`. Raises BackupError; then nothing of it is left there."""
    directory.mkdir(parents=True, exist_ok=True)
    made = timezone.now()
    place = directory / f"{made:%Y%m%dT%H%M%S.%fZ}{SUFFIX}"  # two of one second are two
    beside = place.with_suffix(f".{os.getpid()}.new")
    try:
        with tempfile.TemporaryDirectory(dir=directory, prefix=".dump-") as scratch:
            dumped = Path(scratch) / DUMP
            tables = snapshot(dumped)
            seal(beside, dumped, made.isoformat(), tables)
        beside.replace(place)
    except OSError as error:
        raise BackupError(f"The backup could not be written: {error.strerror}.") from error
    except DatabaseError as error:
        said = str(error).partition("\n")[0]
        raise BackupError(f"The backup could not be made, by the database: {said}") from error
    finally:
        beside.unlink(missing_ok=True)
    with everything():
        kept_keys.keep()
    return place


def snapshot(place: Path) -> dict[str, list[Any]]:
    """Dump one moment of the database to `place`, and what its tables held at that moment."""
    with as_owner(), everything(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot(), current_database()")
            name, database = cursor.fetchone()
        tables = digest.tables()
        programs.dump(database, name, place)
    return tables


def uploads() -> list[Path]:
    root = Path(settings.MEDIA_ROOT)
    return sorted(path for path in root.rglob("*") if path.is_file()) if root.exists() else []


def seal(place: Path, dumped: Path, made: str, tables: dict[str, list[Any]]) -> None:
    root, manifest = Path(settings.MEDIA_ROOT), Manifest(FORM, made, tables)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        sealed = SealedWriter(file, Ring(settings.CLIENT_KEYS))
        with tarfile.open(fileobj=sealed, mode="w|") as tar:
            add(tar, MANIFEST, json.dumps(asdict(manifest)).encode())
            tar.add(dumped, DUMP)
            for path in uploads():
                with suppress(FileNotFoundError):  # erased in this very moment
                    tar.add(path, f"{MEDIA}/{path.relative_to(root)}")
        sealed.end()
        file.flush()
        os.fsync(file.fileno())


def add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    tar.addfile(info, BytesIO(data))


def prune(directory: Path, keep: int) -> list[Path]:
    """Remove all backups in `directory` but the last `keep`; gives those removed, oldest first."""
    places = sorted(directory.glob(f"*{SUFFIX}"))
    gone = places[: max(0, len(places) - max(keep, 1))]
    for place in gone:
        place.unlink()
    return gone
