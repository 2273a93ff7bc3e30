"""The log's entries: each carries a keyed digest of itself and of the one before it.

HMAC-SHA-256 (RFC 2104) with a key that the database does not have: who can write every table still
cannot make an entry. Entries are numbered from 1 without a gap, in the order in which they were
committed, by one lock that is held from the entry until its transaction ends; so a deed that is
recorded with its own change is recorded last.
"""

import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from archive.wall.scope import everything
from concierge.audit import checkpoint
from concierge.audit.models import Act, Entry, Role

LOCK = 7_011_889  # of PostgreSQL's advisory locks
GENESIS = "0" * 64  # what the first entry follows


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody has done with one row, or with a list of a kind (`row` is then "")."""

    act: Act
    kind: str
    row: str
    brand_id: int | None
    by: Any = None  # a user; None is the product itself
    reason: str = ""
    digest: str = ""

    @classmethod
    def on(cls, row: Model, act: Act, by: Any, brand_id: int | None) -> "Deed":
        return cls(act, row._meta.label_lower, str(row.pk), brand_id, by)


def role_of(user: Any) -> Role:
    if user is None:
        return Role.PRODUCT
    if not user.is_staff:
        return Role.CLIENT
    return Role.ADMINISTRATOR if user.is_superuser else Role.STAFF


def append(deed: Deed) -> Entry:
    """Write `deed` down as the log's next entry."""
    with everything(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        number, previous = last()
        entry = Entry(
            number=number + 1,
            at=timezone.now(),
            who=deed.by.pk if deed.by else None,
            role=role_of(deed.by),
            act=deed.act,
            kind=deed.kind,
            row=deed.row,
            brand_id=deed.brand_id,
            reason=deed.reason,
            digest=deed.digest,
            previous=previous,
        )
        entry.hash = digest_of(values(entry))
        entry.save(force_insert=True)
        transaction.on_commit(partial(checkpoint.keep, entry.number, entry.hash))
    return entry


def last() -> tuple[int, str]:
    """(number, hash) of the newest entry; (0, GENESIS) when there is none."""
    return Entry.objects.order_by("-number").values_list("number", "hash").first() or (0, GENESIS)


CHAINED = tuple(f.attname for f in Entry._meta.concrete_fields if f.attname != "hash")


def values(entry: Entry) -> tuple[Any, ...]:
    return tuple(getattr(entry, name) for name in CHAINED)


def digest_of(row: tuple[Any, ...]) -> str:
    """Of the columns CHAINED, in their order: every column of an entry but its own digest."""
    number, at, *rest = row
    moment = at.astimezone(UTC).isoformat() if isinstance(at, datetime) else str(at)
    told = json.dumps([number, moment, *rest], separators=(",", ":"))
    return hmac.digest(settings.AUDIT_KEY.encode(), told.encode(), "sha256").hex()
