"""What the house holds of one person, as plain values: for their page, and to take away.

Everything is the person's of this browser at this house: their visitors, by `same_person`. What is
off the record is told like the rest for as long as it is there.
"""

import uuid
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from archive.wall.scope import everything
from concierge.accounts.models import Mailbox
from concierge.audit.models import Reading
from concierge.chat.models import Citation, Conversation, Message
from concierge.clients.consent import decisions
from concierge.clients.models import Memory, Note, Visitor
from concierge.clients.wording import words_of
from concierge.gaps.models import Asking
from concierge.llm.budget import pseudonym
from concierge.llm.models import Call
from concierge.privacy.models import Erasure

FORM = 1  # of the exported document
TOLD_EVERY = 20  # conversations


def person(visitor: Visitor) -> QuerySet[Visitor]:
    return Visitor.objects.same_person(visitor)


def conversations(visitor: Visitor) -> QuerySet[Conversation]:
    """The latest first, each with how many messages it has."""
    own = Conversation.objects.of(visitor).select_related("brand", "visitor")
    return own.annotate(length=Count("messages")).order_by("-updated")


def messages_of(conversation_ids: Iterable[uuid.UUID]) -> QuerySet[Message]:
    cited = Citation.objects.select_related("version__document")
    return (
        Message.objects.filter(conversation__in=conversation_ids)
        .select_related("conversation__visitor")
        .prefetch_related(Prefetch("citations", cited), "products")
        .order_by("conversation", "number")
    )


def memories(visitor: Visitor) -> QuerySet[Memory]:
    return Memory.objects.filter(visitor__in=person(visitor)).order_by("kind", "created")


def notes(visitor: Visitor) -> QuerySet[Note]:
    return Note.objects.filter(visitor__in=person(visitor)).order_by("created")


def readings(visitor: Visitor) -> QuerySet[Reading]:
    """Who of the house has opened their words, the latest first."""
    return Reading.objects.filter(visitor__in=person(visitor)).order_by("-at")


@everything()
def is_to_be_forgotten(visitor: Visitor) -> bool:
    """Whether it was asked for, and something still stands against it."""
    own = list(person(visitor).values_list("pk", flat=True))
    return Erasure.objects.filter(finished=None, visitors__overlap=own).exists()


def email(visitor: Visitor) -> str:
    """Of the account they are signed in to; empty without one."""
    if visitor.client_id is None:
        return ""
    known = Mailbox.objects.filter(visitor__in=person(visitor)).order_by("pk").last()
    return known.email if known else ""


@everything()
def exported(visitor: Visitor, tell: Callable[[int], None] | None = None) -> dict[str, Any]:
    """Everything, as JSON can tell it: dates in ISO 8601 with their zone.

    `tell` hears now and then how many conversations are done.
    """
    talks = []
    for row in conversations(visitor).iterator(chunk_size=100):
        talks.append(talk(row))
        if tell and len(talks) % TOLD_EVERY == 0:
            tell(len(talks))
    return {
        "form": FORM,
        "house": visitor.brand.name,
        "exported": iso(timezone.now()),
        "visitors": [
            {"id": str(each.pk), "since": iso(each.created), "off_the_record": each.off_record}
            for each in person(visitor).order_by("created")
        ],
        "account": {"email": email(visitor)} if visitor.client_id else None,
        "consents": [consent(row, visitor) for row in decisions(visitor).order_by("pk")],
        "memories": [memory(row) for row in memories(visitor)],
        "notes_of_the_house": [
            {"text": row.text, "written": iso(row.created)} for row in notes(visitor)
        ],
        "read_by": [reading(row) for row in readings(visitor)],
        "questions_left_open": [
            {"text": row.text, "asked": row.count}
            for row in Asking.objects.filter(visitor__in=person(visitor)).order_by("pk")
        ],
        "calls_to_providers": calls(visitor),
        "conversations": talks,
    }


def consent(row: Any, visitor: Visitor) -> dict[str, Any]:
    try:
        words = words_of(visitor.brand, row.purpose, row.language, row.version).means
    except KeyError:  # the house has taken the file of that version away
        words = ""
    return {
        "purpose": row.purpose,
        "version": row.version,
        "words": words,
        "language": row.language,
        "place": row.place,
        "given": iso(row.given),
        "withdrawn": iso(row.withdrawn),
    }


def memory(row: Memory) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "text": row.text,
        "origin": row.origin,
        "kept_since": iso(row.created),
        "changed": iso(row.updated),
        "message": row.message,
    }


def reading(row: Reading) -> dict[str, Any]:
    """Not by name: their role, when and why."""
    return {
        "at": iso(row.at),
        "role": row.role,
        "reason": row.reason,
        "words": row.words,
        "conversation": str(row.conversation),
    }


def calls(visitor: Visitor) -> list[dict[str, Any]]:
    """What was put to a provider for them: where and when, never the words."""
    names = [pseudonym(each.hex) for each in person(visitor).values_list("pk", flat=True)]
    rows = Call.objects.filter(visitor__in=names).order_by("pk")
    return [
        {"at": iso(row.created), "provider": row.provider, "model": row.model, "for": row.purpose}
        for row in rows
    ]


def talk(row: Conversation) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "began": iso(row.created),
        "last": iso(row.updated),
        "remembered_of_it": row.summary,
        "messages": [message(each) for each in messages_of([row.pk])],
    }


def message(row: Message) -> dict[str, Any]:
    return {
        "number": row.number,
        "from": row.role,
        "at": iso(row.created),
        "text": row.text,
        "state": row.state,
        "sources": [
            {"title": each.version.document.title, "words": each.cited_text, "page": each.page}
            for each in row.citations.all()
        ],
        "pieces": [each.title for each in row.products.all()],
    }


def iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def place(name: str) -> str:
    """Where a yes or a no was said, in the page's language."""
    told = {
        "composer": _("beside your first question"),
        "chat": _("in the conversation"),
        "privacy": _("on this page"),
    }
    return told.get(name, name)
