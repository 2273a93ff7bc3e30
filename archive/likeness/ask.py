"""When a brand's documents are compared: after a run, by one worker at a time."""

import logging
from dataclasses import dataclass
from datetime import datetime

from celery import current_app
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from kombu.exceptions import OperationalError

from archive.ingestion.keep_alive import LEASE, ClaimLostError, kept_alive
from archive.likeness.find import Found, look
from archive.models import Comparing

TASK = "archive.find_likenesses"
ATTEMPTS = 3
STALE = 290.0  # seconds after which a nudge is dropped: the next sweep gives another

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """The right to compare, held by one process at a time."""

    brand_id: int
    attempt: int
    asked: datetime

    def rows(self) -> QuerySet[Comparing]:
        return Comparing.objects.filter(brand=self.brand_id, attempts=self.attempt)

    def renew(self) -> None:
        """Raises ClaimLostError."""
        if not self.rows().update(lease_until=timezone.now() + LEASE):
            raise ClaimLostError


def ask(brand_id: int) -> None:
    """Let the brand's documents be compared soon: something has come in, changed or gone."""
    now = timezone.now()
    Comparing.objects.update_or_create(brand_id=brand_id, defaults={"asked": now})
    Comparing.objects.filter(brand_id=brand_id, attempts__gte=ATTEMPTS).update(attempts=0)
    transaction.on_commit(lambda: nudge(brand_id))


def nudge(brand_id: int) -> None:
    """Put the brand on the queue; without Redis it waits for the sweep."""
    try:
        current_app.send_task(TASK, args=[brand_id], expires=STALE)
    except OperationalError as error:
        log.warning("queue unreachable", extra={"error": type(error).__name__})


def due() -> QuerySet[Comparing]:
    """What was asked for, is not done, and is done by nobody."""
    free = Q(lease_until=None) | Q(lease_until__lt=timezone.now())
    left = Q(finished=None) | Q(finished__lt=F("asked"))
    return Comparing.objects.filter(free & left)


def renudge() -> None:
    """The sweep: what was asked for and lies is put on the queue again."""
    for brand_id in due().filter(attempts__lt=ATTEMPTS).values_list("brand_id", flat=True):
        nudge(brand_id)


def nudge_due(brand_id: int) -> None:
    """Once more, if it was asked for while the last comparison went on."""
    if due().filter(brand=brand_id).exists():
        nudge(brand_id)


def work(brand_id: int) -> Found | None:
    """Compare, if that is due and nobody else does it."""
    moment = timezone.now()
    taken = due().filter(brand=brand_id, attempts__lt=ATTEMPTS)
    if not taken.update(attempts=F("attempts") + 1, lease_until=moment + LEASE):
        return None
    row = Comparing.objects.get(brand=brand_id)
    turn = Turn(brand_id, row.attempts, row.asked)
    with kept_alive(turn.renew):
        found = look(brand_id)
    done = turn.rows().update(finished=turn.asked, lease_until=None, attempts=0)
    return found if done else None
