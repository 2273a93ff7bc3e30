"""Who did what to which document, when: one row of `Change` for each document an act touches."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from archive.models import Change, Document

TRACKED = (
    "title",
    "kind",
    "date",
    "season",
    "collection",
    "people",
    "language",
    "rights",
    "licence",
    "rights_until",
    "audience",
    "embargo_until",
    "status",
)
BATCH = 500  # rows an INSERT

Fields = Mapping[str, Any]  # of a document, in JSON's types


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done, to one document or many, by a person or (None) by the product itself."""

    word: str  # published, withdrawn, edited, ...: up to 40 characters
    by: AbstractBaseUser | None = None
    batch: uuid.UUID = field(default_factory=uuid.uuid4)
    undoes: Mapping[int, Change] = field(default_factory=dict)  # by document


def standing(document: Document) -> dict[str, Any]:
    """What may be changed of a document and undone, as it is now, in JSON's types."""
    return {name: plain(getattr(document, name)) for name in TRACKED}


def plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def row(act: Act, document: Document, before: Fields, after: Fields) -> Change:
    """An unsaved row with those fields alone that differ."""
    differing = [name for name in after if name not in before or before[name] != after[name]]
    return Change(
        brand_id=document.brand_id,
        document=document,
        title=document.title,
        act=act.word,
        by_id=act.by.pk if act.by else None,
        batch=act.batch,
        before={name: before[name] for name in differing if name in before},
        after={name: after[name] for name in differing},
        undoes=act.undoes.get(document.pk),
    )


def record(rows: Iterable[Change]) -> None:
    """To be called in the transaction that changes the documents."""
    Change.objects.bulk_create(rows, batch_size=BATCH)
