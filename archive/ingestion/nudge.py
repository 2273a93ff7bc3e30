"""Telling the queue that there is work. The rows stay the truth; a lost nudge is repeated."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from itertools import islice
from typing import Any

from celery import current_app
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from kombu.exceptions import ChannelError, OperationalError

from archive.ingestion import finish
from archive.ingestion.claim import ATTEMPTS, park
from archive.models import IngestionItem

TASK = "archive.ingest_item"
CLOSE = "archive.close_run"
QUEUE = "ingestion"  # of items; what else there is to do never waits behind them
PATIENCE = timedelta(seconds=20)  # for a worker to take what it was nudged to
BATCH = 500  # items marked by one statement
CUT_OFF = "The work on this file was cut off three times: it may be too large for this machine."

State = IngestionItem.State
log = logging.getLogger(__name__)


def nudge(items: Iterable[int]) -> None:
    """Put the items on their queue; without Redis they wait for a sweep."""
    waiting = iter(items)
    while batch := list(islice(waiting, BATCH)):
        rows = IngestionItem.objects.filter(pk__in=batch, state=State.WAITING)
        rows.update(lease_until=timezone.now() + PATIENCE)
        if not send(TASK, batch, QUEUE):
            return


def send(task: str, ids: Iterable[int], queue: str) -> bool:
    """One message for each of `ids`; False without Redis."""
    try:
        for each in ids:
            current_app.send_task(task, args=[each], queue=queue)
    except OperationalError as error:
        log.warning("queue unreachable", extra={"error": type(error).__name__})
        return False
    return True


def renudge() -> None:
    """The sweep: everything that was left lying goes on. Any number of sweeps may run at once.

    What a killed worker had begun goes first. What nobody has begun is nudged again only when the
    queue is empty: while it is not, no worker is idle, and nudges would pile up.
    """
    first = current_app.conf.task_default_queue
    park_cut_off()
    begun = taken(Q(state=State.WORKING, lease_until__lt=timezone.now()))
    send(TASK, begun, first)
    if is_empty():
        now = timezone.now()
        left = taken(Q(state=State.WAITING) & (Q(lease_until=None) | Q(lease_until__lt=now)))
        send(TASK, left, QUEUE)
    finish.give_up()
    send(CLOSE, finish.free().values_list("pk", flat=True), first)


def taken(condition: Q) -> list[int]:
    """Items under `condition`, first in first, each given to one sweep alone."""
    with transaction.atomic():
        rows = IngestionItem.objects.filter(condition, attempts__lt=ATTEMPTS).order_by("pk")
        found = list(locked(rows).values_list("pk", flat=True))
        IngestionItem.objects.filter(pk__in=found).update(
            state=State.WAITING, lease_until=timezone.now() + PATIENCE
        )
    return found


def park_cut_off() -> None:
    """Give up on the items whose workers were killed three times."""
    now = timezone.now()
    with transaction.atomic():
        cut_off = IngestionItem.objects.filter(
            Q(state=State.WORKING, lease_until__lt=now) | Q(state=State.WAITING),
            attempts__gte=ATTEMPTS,
        )
        for item in locked(cut_off).select_related("run__brand", "run__source", "document"):
            park(item, CUT_OFF)


def locked(rows: QuerySet[IngestionItem]) -> QuerySet[IngestionItem]:
    return rows.select_for_update(skip_locked=True, of=("self",))


def is_empty() -> bool:
    """Whether no item is on the queue; False without Redis."""
    try:
        with current_app.connection_for_read() as connection:
            channel: Any = connection.default_channel
            return not channel.queue_declare(QUEUE, passive=True).message_count
    except ChannelError:  # a queue that is empty does not exist
        return True
    except OperationalError as error:
        log.warning("queue unreachable", extra={"error": type(error).__name__})
        return False
