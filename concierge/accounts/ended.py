"""The end of a person's sessions, told to whoever holds something open for them."""

import logging
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.dispatch import Signal

from archive.wall.scope import accounts
from concierge.accounts.models import SignedIn

# Sent after the sessions are gone, with `user_id` and `keys`, a list of session keys. A receiver
# that holds sockets open closes those of the keys; one that fails is logged and holds up nobody.
sessions_ended = Signal()
logger = logging.getLogger(__name__)


def end_sessions(user_id: int, keep: str | None = None) -> int:
    """End every session of a person but the one whose key is `keep`; gives how many."""
    with accounts():
        rows = SignedIn.objects.filter(user_id=user_id)
        if keep:
            rows = rows.exclude(session_key=keep)
        keys = list(rows.values_list("session_key", flat=True))
        store = import_module(settings.SESSION_ENGINE).SessionStore
        for key in keys:
            store().delete(key)
        rows.filter(session_key__in=keys).delete()
    if keys:
        tell(user_id, keys)
    return len(keys)


def tell(user_id: int, keys: list[str]) -> None:
    """Once the sessions are gone for everybody: a socket asked before would find them there."""

    def now() -> None:
        for receiver, answer in sessions_ended.send_robust(None, user_id=user_id, keys=keys):
            if isinstance(answer, Exception):
                told = {"receiver": str(receiver), "error": type(answer).__name__}
                logger.error("an end of sessions was not heard", extra=told)

    transaction.on_commit(now)
