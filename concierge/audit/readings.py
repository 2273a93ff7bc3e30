"""Breaking the glass: somebody of the staff gives a reason, and reads one conversation's words."""

import hashlib
import secrets
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from concierge.audit.chain import Deed, append, role_of
from concierge.audit.models import Act, Reading
from concierge.clients.models import Visitor

OPEN_FOR = timedelta(minutes=60)
KIND = "chat.conversation"


def open_words(
    conversation: uuid.UUID, visitor: Visitor, by: Any, reason: str, words: str
) -> Reading:
    """`by` may read the conversation's words for OPEN_FOR; written down before they are shown.

    `reason` is a code of `Reason`, `words` the sentence that goes with it: the log has its digest,
    under a salt that goes with the visitor.
    """
    now = timezone.now()
    with transaction.atomic():
        reading = Reading.objects.create(
            visitor=visitor,
            conversation=conversation,
            who=by,
            role=role_of(by),
            reason=reason,
            words=words,
            salt=secrets.token_hex(16),
            at=now,
            until=now + OPEN_FOR,
        )
        digest = digest_of(reading.salt, words)
        append(Deed(Act.OPENED, KIND, str(conversation), visitor.brand_id, by, reason, digest))
    return reading


def digest_of(salt: str, words: str) -> str:
    return hashlib.sha256(f"{salt}\0{words}".encode()).hexdigest()


def standing(conversation: uuid.UUID, by: Any, now: datetime | None = None) -> Reading | None:
    """The reading by which `by` may read the words now."""
    open_ones = Reading.objects.filter(until__gt=now or timezone.now())
    return open_ones.filter(conversation=conversation, who=by).order_by("-until").first()


def of(visitor: Visitor) -> list[Reading]:
    """Who has opened the words of this person at this house, the latest first."""
    return list(Reading.objects.filter(visitor__in=Visitor.objects.same_person(visitor)))
