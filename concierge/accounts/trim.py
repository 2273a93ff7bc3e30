"""What is kept of sign-ins, and for how long."""

import time
from pathlib import Path

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from concierge.accounts.letter import FILES
from concierge.accounts.link import AGE
from concierge.accounts.models import SignedIn


def trim() -> int:
    """Remove records of sign-ins older than `SIGN_IN_DAYS`, and sessions that have ended."""
    before = timezone.now() - settings.AXES_COOLOFF_TIME
    removed = 0
    for model in (AccessAttempt, AccessFailureLog, AccessLog):
        removed += model.objects.filter(attempt_time__lt=before).delete()[0]
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return removed + int(SignedIn.objects.exclude(session_key__in=alive).delete()[0]) + letters()


def letters() -> int:
    """On a trial run, remove the letters whose links have ended; gives how many."""
    if settings.EMAIL_BACKEND != FILES:
        return 0
    ended = [
        each
        for each in Path(settings.EMAIL_FILE_PATH).glob("*.log")
        if each.stat().st_mtime < time.time() - AGE
    ]
    for each in ended:
        each.unlink(missing_ok=True)
    return len(ended)
