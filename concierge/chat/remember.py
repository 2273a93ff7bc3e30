"""What a client tells of themselves is remembered, with their yes, and told to later turns."""

from django.db import transaction

from concierge.chat.models import Message
from concierge.clients.consent import permits, permits_until_kept
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
    known = {(row.kind, row.text.casefold()) for row in rows}
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
