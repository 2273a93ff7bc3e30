"""What a house has kept long enough is removed: kind by kind, batch by batch.

A day ends at midnight where the house is, whatever the clocks have done that day. What is kept for
N days has N whole ones after the day of its last moment. Each batch is a transaction of its own, a
run removes no more than MOST rows, and the next one goes on: there is nothing to remember between
them. A browser with nothing left to its name is forgotten as a person is, with key and ledger, so
that an older backup does not bring its words back.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from archive.ingestion.metadata import time_zone
from archive.models import Brand
from archive.wall.scope import everything
from concierge.audit.models import Reading
from concierge.chat.models import Conversation
from concierge.clients.models import Memory, Note, Visitor
from concierge.gaps.models import Asking, Gap
from concierge.llm.models import Call
from concierge.privacy import erasure
from concierge.privacy.holds import Held, held_of
from concierge.privacy.models import Erasure, Period
from concierge.privacy.periods import days_of

BATCH = 500  # rows of one transaction
MOST = 20_000  # rows of one run
PEOPLE = 200  # forgotten in one run: each takes some twenty places

Kind = Period.Kind
logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Run:
    """What is left of a run's bounds, and what it has removed, by kind."""

    now: datetime
    rows: int = MOST
    people: int = PEOPLE
    removed: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys((*Kind.values, "sessions"), 0)
    )


def enforce(now: datetime | None = None, rows: int = MOST) -> dict[str, int]:
    """Remove what is due at every house, as often as one likes; gives how many by kind."""
    run = Run(now or timezone.now(), rows)
    with everything():
        for brand in Brand.objects.order_by("pk"):
            for kind, days in days_of(brand).items():
                before = end_of(brand, days, run.now)
                if kind == Kind.VISITORS:
                    forget_people(brand, before, run)
                else:
                    remove(brand, kind, before, run)
        run.removed["sessions"] = in_batches(
            lambda: Session.objects.filter(expire_date__lt=run.now), run
        )
    logger.info("retention", extra=run.removed)
    return run.removed


def end_of(brand: Brand, days: int, now: datetime) -> datetime:
    """Whatever had its last moment before this has been kept for `days` whole days."""
    zone = time_zone(brand)
    today = now.astimezone(zone).date()
    return datetime.combine(today - timedelta(days=days), time.min, zone)


def due(brand: Brand, kind: str, before: datetime, held: Held) -> QuerySet[Any]:
    """The rows of a kind that are to go now; nothing of whom or what is on hold."""
    free = {"visitor__brand": brand}
    match kind:
        case Kind.CONVERSATIONS:
            rows: QuerySet[Any] = Conversation.objects.filter(brand=brand, updated__lt=before)
            rows = rows.filter(visitor__off_record=False).exclude(pk__in=held.conversations)
            return rows.exclude(visitor__in=held.people)
        case Kind.MEMORIES:
            rows = Memory.objects.filter(**free, updated__lt=before)
            return rows.exclude(visitor__in=held.people)
        case Kind.READINGS:
            rows = Reading.objects.filter(**free, at__lt=before)
            return rows.exclude(visitor__in=held.people)
        case Kind.GAPS:
            asked = Asking.objects.filter(gap=OuterRef("pk"), visitor__in=held.people)
            return Gap.objects.filter(~Exists(asked), brand=brand, updated__lt=before)
        case _:
            return Call.objects.filter(brand=brand, created__lt=before)


def remove(brand: Brand, kind: str, before: datetime, run: Run) -> None:
    run.removed[kind] += in_batches(lambda: due(brand, kind, before, held_of(brand, run.now)), run)


def in_batches(found: Any, run: Run) -> int:
    """Remove what `found` gives, which is asked again for each batch."""
    removed = 0
    while run.rows > 0:
        with transaction.atomic():
            rows = found()
            locked = rows.order_by("pk").select_for_update(skip_locked=True, of=("self",))
            keys = list(locked.values_list("pk", flat=True)[: min(BATCH, run.rows)])
            if not keys:
                break
            rows.model._default_manager.filter(pk__in=keys).delete()
        removed += len(keys)
        run.rows -= len(keys)
    return removed


def forget_people(brand: Brand, before: datetime, run: Run) -> None:
    """Visitors without conversation, memory, note or account, who came before then."""
    for visitor in empty_ones(brand, before, held_of(brand, run.now))[: run.people]:
        try:
            erasure.erase(visitor, Erasure.Reason.RETENTION)
        except erasure.ErasureError:
            continue  # written down: the sweep goes on with it
        run.people -= 1
        run.removed[Kind.VISITORS] += 1


def empty_ones(brand: Brand, before: datetime, held: Held) -> QuerySet[Visitor]:
    having: tuple[QuerySet[Any], ...] = (
        Conversation.objects.filter(visitor=OuterRef("pk")),
        Memory.objects.filter(visitor=OuterRef("pk")),
        Note.objects.filter(visitor=OuterRef("pk")),
        Asking.objects.filter(visitor=OuterRef("pk")),
    )
    rows = Visitor.objects.filter(brand=brand, created__lt=before, client=None, off_record=False)
    rows = rows.exclude(pk__in=held.people).exclude(browser=None)
    for each in having:
        rows = rows.filter(~Exists(each))
    return rows.order_by("created")
