"""A conversation off the record ends: whoever had it is forgotten, and a count is what is left.

No line of a ledger, no entry of a log and no session tells that there was one; what its calls cost
stays in the sums, of nobody.
"""

import uuid
from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_out
from django.db.models import Max
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from archive.wall.scope import everything
from concierge.accounts.models import SignedIn
from concierge.clients.models import Visitor
from concierge.clients.off_record import SILENCE, ended
from concierge.clients.visitors import KEY, browser_of
from concierge.privacy import erasure
from concierge.privacy.models import BrowserSession, Erasure
from concierge.privacy.session_store import SessionStore


def forget(visitor: Visitor) -> None:
    """From this moment nobody finds the conversation; the sweep finishes what a place delays."""
    with everything():
        asked = erasure.ask(visitor, Erasure.Reason.OFF_RECORD)
        Visitor.objects.filter(pk=visitor.pk).update(browser=None, client=None)
        try:
            erasure.carry_out(asked)
        except erasure.ErasureError:
            return


def forget_silent(now: datetime | None = None) -> int:
    """Forget those whose last word is SILENCE old; gives how many."""
    before = (now or timezone.now()) - SILENCE
    last = Greatest(
        Coalesce(Max("conversations__updated"), "created"),
        Coalesce(Max("conversations__messages__finished"), "created"),
    )
    silent = Visitor.objects.filter(off_record=True).annotate(last=last).filter(last__lt=before)
    over = list(silent)
    for visitor in over:
        browser = visitor.browser
        forget(visitor)
        for key in nobodys(browser):
            SessionStore().delete(key)
    return len(over)


def nobodys(browser: uuid.UUID | None) -> list[str]:
    """Keys of sessions that lead to nobody at any house, and are signed in as nobody."""
    if browser is None or Visitor.objects.filter(browser=browser).exists():
        return []
    held = BrowserSession.objects.filter(browser=browser)
    return list(
        held.exclude(session_key__in=SignedIn.objects.values("session_key")).values_list(
            "session_key", flat=True
        )
    )


def forget_all() -> int:
    """After a restore: nobody goes on with what was said off the record then. Gives how many."""
    held = list(Visitor.objects.filter(off_record=True))
    for visitor in held:
        forget(visitor)
    return len(held)


def leave(session: Any) -> None:
    """A session keeps no browser that is nobody any more."""
    browser = browser_of(session)
    with everything():
        if browser is None or Visitor.objects.filter(browser=browser).exists():
            return
    if SESSION_KEY in session:
        del session[KEY]
    else:
        session.flush()


def when_ended(sender: object, visitor: Visitor, **given: Any) -> None:
    """Heard when a client begins another conversation."""
    forget(visitor)


def when_signed_out(sender: object, request: Any = None, **given: Any) -> None:
    """Heard while the session still knows its browser: at every house, what is off the record."""
    browser = browser_of(request.session) if request is not None else None
    if browser is None:
        return
    with everything():
        for visitor in Visitor.objects.filter(browser=browser, off_record=True):
            forget(visitor)


def listen() -> None:
    ended.connect(when_ended, dispatch_uid="concierge-off-record-ended")
    user_logged_out.connect(when_signed_out, dispatch_uid="concierge-off-record-signed-out")
