"""What the house knows of somebody, so that no provider is told it."""

from collections.abc import Iterator

from django.db.models import QuerySet

from concierge.clients.models import Memory, Note, Visitor
from concierge.redaction.known import Known
from concierge.redaction.told import told

KINDS = (Memory.Kind.NAME, Memory.Kind.EMAIL, Memory.Kind.PHONE, Memory.Kind.ADDRESS)


def known_of(visitor: Visitor) -> tuple[Known, ...]:
    """Names and addresses remembered of this person, noted by the house, or of their account."""
    return tuple(dict.fromkeys([*of_account(visitor), *of_rows(visitor)]))


def of_account(visitor: Visitor) -> Iterator[Known]:
    if visitor.client is None:
        return
    user = visitor.client.user
    for value in (user.get_full_name(), user.get_username()):
        yield from told("name" if "@" not in value else "email", value)
    yield from told("email", user.email)


def of_rows(visitor: Visitor) -> Iterator[Known]:
    person = Visitor.objects.same_person(visitor)
    memories: QuerySet[Memory] = Memory.objects.filter(visitor__in=person, kind__in=KINDS)
    for memory in memories:
        yield from told(memory.kind, memory.text)
    for note in Note.objects.filter(visitor__in=person):
        yield from told("", note.text)
