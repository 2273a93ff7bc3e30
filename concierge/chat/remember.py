"""What a client tells of themselves is remembered, with their yes, and told to later turns."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from concierge.chat.models import Conversation, Message
from concierge.clients.consent import last_decision, permits, permits_until_kept
from concierge.clients.models import Memory, Purpose, Visitor
from concierge.clients.recognise import Told, recognised
from concierge.clients.unkept import may_be_kept

TOLD = 30  # memories a turn is told, the latest


def remembered_of(visitor: Visitor) -> tuple[str, ...]:
    """The client's own words for themselves, the oldest first; nothing without their yes."""
    if not permits(visitor.pk, Purpose.PERSONALISE):
        return ()
    rows = Memory.objects.filter(visitor__in=Visitor.objects.same_person(visitor))
    latest = sorted(rows, key=lambda row: row.updated)[-TOLD:]
    return tuple(f"{row.kind}: {row.text}" for row in latest if row.text and may_be_told(row))


def learned_from(conversation: Conversation) -> datetime | None:
    """Since when what the client said in this conversation is kept as memories; None for never.

    A yes given in it holds for the whole of it, any other for what was said after it.
    """
    if not permits(conversation.visitor_id, Purpose.PERSONALISE):
        return None
    last = last_decision(conversation.visitor, Purpose.PERSONALISE)
    if last is None or last.conversation == conversation.pk:
        return conversation.created
    return last.given


def may_be_told(row: Memory) -> bool:
    """Whether it may still be kept as rules are by now."""
    return may_be_kept(row.text, is_taste=row.kind == Memory.Kind.TASTE)


def learn(asked: Message) -> list[Memory]:
    """Keep what this message of a client's tells, where they allow it; the same thing once."""
    visitor = asked.conversation.visitor
    told = recognised(asked.text)
    if not told:
        return []
    with transaction.atomic():
        if not permits_until_kept(visitor.pk, Purpose.PERSONALISE):
            return []
        return kept(visitor, asked, told)


def kept(visitor: Visitor, asked: Message, told: list[Told]) -> list[Memory]:
    rows = Memory.objects.filter(visitor__in=Visitor.objects.same_person(visitor))
    known = {(row.kind, row.text.casefold()): row for row in rows}
    again = {
        known[same].pk for each in told if (same := (each.kind, each.text.casefold())) in known
    }
    # Told once more, it is the latest word on it.
    rows.filter(pk__in=again).exclude(message=asked.pk).update(updated=timezone.now())
    return [
        Memory.objects.create(
            visitor=visitor,
            kind=each.kind,
            text=each.text,
            origin=Memory.Origin.SAID,
            message=asked.pk,
        )
        for each in told
        if (each.kind, each.text.casefold()) not in known
    ]
