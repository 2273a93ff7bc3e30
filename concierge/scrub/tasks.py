"""What the scheduler does for the disks, at night."""

import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone
from psycopg import OperationalError

from concierge.scrub.models import Pass
from concierge.scrub.run import scrub, scrub_keys

NIGHT = timedelta(hours=12)  # after a finished pass, until the next is begun
LIMIT = 10800  # seconds: a house's largest table is not broken off in the middle

logger = logging.getLogger(__name__)


@shared_task(name="scrub.keys", time_limit=LIMIT)
def keys() -> None:
    """After erasures, write their keys out of the files."""
    try:
        made = scrub_keys()
    except OperationalError as error:
        logger.warning("no pass over the keys", extra={"error": type(error).__name__})
        return
    if made is not None and made.left:
        logger.warning("something left on the disks", extra={"left": len(made.left)})


@shared_task(name="scrub.nightly", time_limit=LIMIT)
def nightly() -> None:
    """Called several times a night: until a pass is finished, and then no more that night."""
    if Pass.objects.filter(finished__gt=timezone.now() - NIGHT).exists():
        return
    try:
        made = scrub()
    except OperationalError as error:
        logger.warning("no pass over the files", extra={"error": type(error).__name__})
        return
    if made is not None and made.left:
        logger.warning("something left on the disks", extra={"left": len(made.left)})
