"""Whom an answer is made for, as the budgets know them."""

import logging
from datetime import timedelta
from typing import Literal

from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

from archive.viewer import Audience
from concierge.chat.models import Conversation, Message
from concierge.clients.address import fingerprint

ASKING = 3600  # seconds a question's address is remembered: longer than any answer waits
KNOWN_AFTER = timedelta(days=1)  # since a visitor's first question

logger = logging.getLogger(__name__)


def remember(answer_id: int, address: str) -> None:
    """Keep the fingerprint of who asked until the answer is written; no row ever has it."""
    if known_as := fingerprint(address, timezone.now().date()):
        cache.set(asked_from(answer_id), known_as, ASKING)


def address_of(row: Message) -> str:
    """The fingerprint, "" where none is known: then the other budgets hold alone."""
    try:
        return cache.get(asked_from(row.pk)) or ""
    except RedisError as error:
        logger.warning("address not known", extra={"error": type(error).__name__})
        return ""


def tier_of(conversation: Conversation) -> Literal["new", "known", "client"]:
    """How well they are known: signed in, come back on another day, or neither.

    A visitor without a browser is whoever works on this machine.
    """
    visitor = conversation.visitor
    if visitor.browser is None or visitor.client_id or conversation.audience != Audience.PUBLIC:
        return "client"
    return "known" if visitor.created <= timezone.now() - KNOWN_AFTER else "new"


def asked_from(answer_id: int) -> str:
    """Where in the cache the fingerprint is."""
    return f"asked-from:{answer_id}"
