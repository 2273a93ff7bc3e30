"""What the law obliges a house to keep stays, whoever would remove it: its days, or the client.

What a client asks for meanwhile is written down, and done when the hold ends.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from archive.ingestion.metadata import time_zone
from archive.models import Brand
from archive.wall.scope import everything
from concierge.audit.chain import Deed, append
from concierge.audit.models import Act
from concierge.chat.models import Conversation
from concierge.clients.models import Visitor
from concierge.privacy.models import Hold


class HeldError(Exception):
    """The law obliges the house to keep it for now; nothing was removed."""


@dataclass(frozen=True, slots=True)
class Held:
    """Visitors who are on hold with everything that is theirs, and single conversations."""

    people: frozenset[uuid.UUID]
    conversations: frozenset[uuid.UUID]


def standing(brand: Brand, now: datetime | None = None) -> QuerySet[Hold]:
    """A hold's last day ends at midnight where the house is."""
    today = (now or timezone.now()).astimezone(time_zone(brand)).date()
    lasting = Q(until=None) | Q(until__gte=today)
    return Hold.objects.filter(lasting, brand=brand, ended=None)


def held_of(brand: Brand, now: datetime | None = None) -> Held:
    people: set[uuid.UUID] = set()
    conversations: set[uuid.UUID] = set()
    for hold in standing(brand, now).select_related("visitor"):
        if hold.conversation_id:
            conversations.add(hold.conversation_id)
        else:
            same = Visitor.objects.same_person(hold.visitor)
            people.update(same.values_list("pk", flat=True))
    return Held(frozenset(people), frozenset(conversations))


def is_held(visitor: Visitor, conversation: uuid.UUID | None = None) -> bool:
    """Whether a hold stands on everything of this person, or on this one conversation."""
    with everything():
        held = held_of(visitor.brand)
    return visitor.pk in held.people or conversation in held.conversations


def holds_back(brand: Brand | None, visitors: Iterable[uuid.UUID]) -> bool:
    """Whether a hold stands on any of these visitors, or on anything they have said."""
    if brand is None:
        return False
    with everything():
        held = held_of(brand)
        said = Conversation.objects.filter(pk__in=held.conversations, visitor__in=list(visitors))
        return bool(held.people.intersection(visitors)) or said.exists()


def put_on_hold(
    talk: Conversation, by: Any, why: str, until: date | None = None, *, person: bool = False
) -> Hold:
    """Keep a conversation, or everything of the `person` who had it."""
    with transaction.atomic():
        hold = Hold.objects.create(
            brand_id=talk.brand_id,
            visitor_id=talk.visitor_id,
            conversation=None if person else talk,
            why=why,
            by=by,
            until=until,
        )
        append(Deed.on(hold, Act.HELD, by, hold.brand_id))
    return hold


def end(hold: Hold, by: Any) -> bool:
    """What was asked meanwhile is done by the next sweep. False when it had ended."""
    with transaction.atomic():
        if not Hold.objects.filter(pk=hold.pk, ended=None).update(ended=timezone.now()):
            return False
        append(Deed.on(hold, Act.RELEASED, by, hold.brand_id))
    return True
