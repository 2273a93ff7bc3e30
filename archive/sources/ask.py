"""Asking for a run: a row that says so, and a nudge that may be lost."""

import logging
from datetime import timedelta

from celery import current_app
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from kombu.exceptions import OperationalError

from archive.models import IngestionRun, Source
from archive.sources.lease import is_read
from archive.sources.schedule import TASK, is_due

STALE = 25.0  # seconds after which a sweep's nudge is dropped: the next sweep gives another
GRACE = timedelta(seconds=60)  # for the scheduler's own message to arrive

log = logging.getLogger(__name__)


def want(source: Source, by: AbstractBaseUser | None = None) -> bool:
    """Ask for a run, now and by hand; False if the source is being read already."""
    source.refresh_from_db(fields=["lease_until"])
    if is_read(source) or source.runs.filter(gathering=True).exists():
        return False
    Source.objects.filter(pk=source.pk).update(
        wanted=timezone.now(), wanted_by=by.pk if by else None
    )
    transaction.on_commit(lambda: nudge(source.pk))
    return True


def nudge(source_id: int, expires: float | None = None) -> None:
    """Put the source on the queue; without Redis it waits for a sweep."""
    try:
        current_app.send_task(TASK, args=[source_id], expires=expires)
    except OperationalError as error:
        log.warning("queue unreachable", extra={"error": type(error).__name__})


def renudge() -> None:
    """The sweep: sources that were asked for, half read or missed by the scheduler go on."""
    gathering = IngestionRun.objects.filter(source=OuterRef("pk"), gathering=True)
    free = Q(lease_until=None) | Q(lease_until__lt=timezone.now())
    sources = Source.objects.filter(free).select_related("brand").annotate(half=Exists(gathering))
    for source in sources:
        if source.half or source.wanted or (source.enabled and is_due(source, GRACE)):
            nudge(source.pk, STALE)
