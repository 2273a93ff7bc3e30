"""Telling staff something once, until somebody has seen to it."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet
from django.utils import timezone

from archive.models import Brand, Document, IngestionItem, Notice, Source
from archive.review.personal import masked

Subject = Brand | Document | IngestionItem | Source
LONGEST = 300  # characters of a subject


def tell(on: Subject, about: str, text: str, subject: str = "") -> Notice:
    """Say `text` to the staff of the brand that `on` belongs to, with a link to `on`.

    While a notice of the same brand, `about` and `subject` is open, it takes the new text and no
    second one is made, whoever tells it at the same moment. Without a `subject` it is the name of
    `on`: a document's or an item's key, a source's name. `about` is one word for the kind of
    trouble: parked, unread_pages, source_failed. What is personal by its form is masked in `text`.
    """
    row = links(on)
    text = masked(text)
    subject = (subject or name(on))[:LONGEST]
    for _ in range(2):  # the one that was open may be settled in between
        Notice.objects.bulk_create(
            [Notice(about=about, subject=subject, text=text, **row)], ignore_conflicts=True
        )
        waiting = Notice.objects.filter(
            brand=row["brand"], about=about, subject=subject, settled=None
        )
        if waiting.update(text=text, **row) and (notice := waiting.first()):
            return notice
    return Notice.objects.create(about=about, subject=subject, text=text, **row)


def settle(notices: QuerySet[Notice], by: AbstractBaseUser | None = None) -> int:
    """Take those that are open off the list; how many. Without `by` the trouble went by itself."""
    return notices.filter(settled=None).update(settled=timezone.now(), settled_by=by)


def settle_about(on: Subject, about: str, subject: str = "") -> int:
    """Take off the list what `tell` was told with the same words: the trouble is over."""
    named = (subject or name(on))[:LONGEST]
    return settle(Notice.objects.filter(brand=links(on)["brand"], about=about, subject=named))


def links(on: Subject) -> dict[str, Any]:
    if isinstance(on, Brand):
        return {"brand": on}
    if isinstance(on, Document):
        return {"brand": on.brand, "document": on}
    if isinstance(on, Source):
        return {"brand": on.brand, "source": on}
    return {
        "brand": on.run.brand, "item": on, "document": on.document, "source": on.run.source
    }  # fmt: skip


def name(on: Subject) -> str:
    return str(on.slug if isinstance(on, Brand) else on.name if isinstance(on, Source) else on.key)
