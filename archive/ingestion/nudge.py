"""Telling the queue that there is work. The rows stay the truth; a lost nudge is repeated."""

import logging
from collections.abc import Iterable
from datetime import timedelta

from celery import current_app
from django.db.models import Q
from django.utils import timezone
from kombu.exceptions import OperationalError

from archive.ingestion.claim import ATTEMPTS
from archive.ingestion.finish import close_run
from archive.models import IngestionItem

TASK = "archive.ingest_item"
PATIENCE = timedelta(seconds=300)  # before an item that nobody has taken is nudged again
CUT_OFF = "The work on this file was cut off three times: it may be too large for this machine."

State = IngestionItem.State
log = logging.getLogger(__name__)


def nudge(items: Iterable[int]) -> None:
    """Put the items on the queue; without a queue they wait for the next sweep."""
    try:
        for item in items:
            current_app.send_task(TASK, args=[item])
            waiting = IngestionItem.objects.filter(pk=item, state=State.WAITING)
            waiting.update(lease_until=timezone.now() + PATIENCE)
    except OperationalError as error:
        log.warning("queue unreachable", extra={"error": type(error).__name__})


def renudge() -> None:
    """The sweep: items left lying are nudged, those cut off too often are parked as failed."""
    now = timezone.now()
    lying = IngestionItem.objects.filter(
        Q(lease_until__lt=now) | Q(state=State.WAITING, lease_until=None),
        state__in=(State.WAITING, State.WORKING),
    )
    parked = lying.filter(attempts__gte=ATTEMPTS)
    runs = set(parked.values_list("run_id", flat=True))
    parked.update(state=State.FAILED, reason=CUT_OFF, lease_until=None, finished=now)
    for run in runs:
        close_run(run)
    left = lying.filter(attempts__lt=ATTEMPTS).order_by("pk")
    nudge(left.values_list("pk", flat=True).iterator())
