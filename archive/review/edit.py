"""Changing what is said of documents: one on its own page, or many in one batch."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Field, QuerySet
from django.utils import timezone
from django.utils.timezone import is_naive

from archive.ingestion.metadata import time_zone
from archive.ingestion.rename import rename
from archive.models import Document
from archive.models.document import Status
from archive.review.record import Act, Fields, plain, record, row, standing
from archive.review.status import allowed

TOGETHER = ("audience", "rights", "licence", "kind", "embargo_until", "rights_until", "status")


def saved(document: Document, before: Fields, act: Act) -> None:
    """Record what a form has saved of one document, and carry a new title to its passages.

    `before` is its `standing` when the form was opened for writing. In the same transaction.
    """
    after = standing(document)
    if after == before:
        return
    if any(before[name] != after[name] for name in ("title", "language")):
        rename(document, before["title"])
    record([row(act, document, before, after)])


def proposed(document: Document, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What of `fields` would change in `document`, in JSON's types.

    A moment without a zone is one of the document's brand. Only allowed moves are made, and a
    document without text is not published.
    """
    after = {}
    for name, value in fields.items():
        if isinstance(value, datetime) and is_naive(value):
            value = value.replace(tzinfo=time_zone(document.brand))
        if name == "status" and not may_become(document, value):
            continue
        if plain(value) != plain(getattr(document, name)):
            after[name] = plain(value)
    return after


def may_become(document: Document, status: str) -> bool:
    has_text = document.current_id is not None or status != Status.PUBLISHED
    return has_text and allowed(document.status, status)


def edit(documents: QuerySet[Document], fields: Mapping[str, Any], act: Act) -> int:
    """Give all of `documents` the same `fields`, of TOGETHER; how many have changed."""
    with transaction.atomic():
        chosen = Document.objects.filter(pk__in=documents.values("pk")).order_by("pk")
        held = chosen.select_for_update(of=("self",)).select_related("brand")
        wanted = [(each, after) for each in held if (after := proposed(each, fields))]
        put(wanted)
        record(
            row(act, each, {name: plain(getattr(each, name)) for name in after}, after)
            for each, after in wanted
        )
    return len(wanted)


def put(wanted: Iterable[tuple[Document, Fields]]) -> None:
    """Write to each document's row its fields, in JSON's types; one statement for equal ones."""
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for document, fields in wanted:
        alike[json.dumps(fields, sort_keys=True)].append(document.pk)
    for written, keys in alike.items():
        values = {
            name: column(name).to_python(given) for name, given in json.loads(written).items()
        }
        Document.objects.filter(pk__in=keys).update(**values, updated=timezone.now())


def column(name: str) -> "Field[Any, Any]":
    found = Document._meta.get_field(name)
    assert isinstance(found, Field)
    return found
