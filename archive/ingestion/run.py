"""The beginning of a run: bytes kept, rows written, the queue nudged."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from shutil import copyfileobj
from tempfile import NamedTemporaryFile
from typing import Any, TypedDict, Unpack

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from archive.ingestion.gather import Incoming
from archive.ingestion.metadata import checked
from archive.ingestion.nudge import nudge
from archive.models import Brand, IngestionItem, IngestionRun

BATCH = 500  # rows an INSERT


class Asked(TypedDict, total=False):
    """What is asked of a run: fields of its row."""

    kind: str  # of the files that do not have their own
    audience: str  # likewise
    publish: bool
    hold: bool  # whether a changed text of a published document waits for a person


def start(
    brand: Brand,
    files: Iterable[Incoming],
    *,
    origin: str = "",
    **asked: Unpack[Asked],
) -> IngestionRun:
    """Take `files` in and leave the rest to the queue, the small ones first.

    Raises MetadataError, and OSError when a file cannot be read or kept; then nothing has come in.
    """
    common = checked({name: asked.get(name, "") for name in ("kind", "audience")})
    # Rows are nudged in this order, so that no small file waits for a large one of its run.
    by_size = sorted(files, key=lambda file: file.path.stat().st_size)
    items = [to_item(brand, file, common) for file in by_size]
    with transaction.atomic():
        run = IngestionRun.objects.create(
            brand=brand,
            origin=origin[:300] or "files",
            **asked,
            finished=None if items else timezone.now(),
        )
        for item in items:
            item.run = run
        IngestionItem.objects.bulk_create(items, batch_size=BATCH)
        transaction.on_commit(lambda: nudge([item.pk for item in items]))
    return run


def to_item(brand: Brand, file: Incoming, common: dict[str, Any]) -> IngestionItem:
    digest, name = keep(file.path, Path("archive", brand.slug))
    return IngestionItem(
        key=file.key,
        file_name=file.path.name,
        file=name,
        content_hash=digest,
        size=file.path.stat().st_size,
        metadata=common | checked(file.metadata),
    )


def keep(path: Path, folder: Path) -> tuple[str, str]:
    """Copy a file below MEDIA_ROOT under the name of its content; its SHA-256 and that name."""
    root = Path(settings.MEDIA_ROOT)
    (root / folder).mkdir(parents=True, exist_ok=True)
    with path.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
        name = folder / digest[:2] / f"{digest}{path.suffix.lower()[:12]}"
        if not (root / name).exists():
            (root / name).parent.mkdir(exist_ok=True)
            source.seek(0)
            with NamedTemporaryFile(dir=root / folder, delete=False) as copy:
                made = Path(copy.name)
                try:
                    copyfileobj(source, copy)
                    copy.flush()
                    os.fsync(copy.fileno())
                    made.replace(root / name)  # whole or not at all
                except BaseException:
                    made.unlink(missing_ok=True)
                    raise
    return digest, name.as_posix()
