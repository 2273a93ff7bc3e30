"""The beginning of a run: bytes kept, rows written, the queue nudged."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypedDict, Unpack

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from archive.ingestion.fetch import LARGEST, TOO_LARGE
from archive.ingestion.gather import Incoming
from archive.ingestion.keep import keep
from archive.ingestion.kept import hold, is_kept
from archive.ingestion.metadata import checked
from archive.ingestion.nudge import nudge
from archive.models import Brand, IngestionItem, IngestionRun

BATCH = 500  # rows an INSERT
State = IngestionItem.State


class Asked(TypedDict, total=False):
    """What is asked of a run: fields of its row."""

    kind: str  # of the files that do not have their own
    audience: str  # likewise
    publish: bool
    submit: bool  # whether what it brings in is handed in for review
    started_by_id: int | None
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
            finished=None if any(map(is_waiting, items)) else timezone.now(),
        )
        for item in items:
            item.run = run
        IngestionItem.objects.bulk_create(items, batch_size=BATCH)
        hold()
        for item, file in zip(items, by_size, strict=True):
            if is_waiting(item) and not is_kept(
                str(item.file.name)
            ):  # its document was deleted at this very moment
                keep(file.path, folder_of(brand))
        transaction.on_commit(lambda: nudge([item.pk for item in items if is_waiting(item)]))
    return run


def start_kept(
    brand_id: int, items: list[IngestionItem], origin: str, by: AbstractBaseUser | None
) -> IngestionRun:
    """A run of `items`, whose bytes are kept already. To be called inside a transaction."""
    run = IngestionRun.objects.create(
        brand_id=brand_id,
        origin=origin[:300],
        started_by_id=by.pk if by else None,
        finished=None if items else timezone.now(),
    )
    for item in items:
        item.run = run
    IngestionItem.objects.bulk_create(items, batch_size=BATCH)
    transaction.on_commit(lambda: nudge([item.pk for item in items]))
    return run


def to_item(brand: Brand, file: Incoming, common: dict[str, Any]) -> IngestionItem:
    item = IngestionItem(
        key=file.key,
        file_name=file.path.name,
        size=file.path.stat().st_size,
        metadata=common | checked(file.metadata),
    )
    if item.size > LARGEST:  # not even copied: it might fill the disk that the database is on
        item.state, item.reason, item.finished = State.FAILED, TOO_LARGE, timezone.now()
    else:
        item.content_hash, item.file.name = keep(file.path, folder_of(brand))
    return item


def is_waiting(item: IngestionItem) -> bool:
    return item.state == State.WAITING


def folder_of(brand: Brand) -> Path:
    return Path("archive", brand.slug)
