"""Why a socket may show a conversation, and whether that still holds.

A right is what was so when the socket opened: this session, of this person, at this house, who
holds this conversation. When any of it has changed the socket is closed; its page opens another,
which is asked anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.models import Session
from django.utils import timezone

from archive.wall.scope import everything
from concierge.chat.models import Conversation
from concierge.chat.thread import held_here
from concierge.clients.models import Visitor
from concierge.clients.visitors import browser_of

RANK = ("is_active", "is_staff", "is_superuser")


@dataclass(frozen=True, slots=True)
class Right:
    conversation: UUID
    holder: UUID  # the visitor whose conversation it is
    session: str
    visitor: UUID  # whoever of the person looks: of this browser
    user: tuple[Any, ...] | None  # who is signed in, and their rank


@everything()
def right_of(session: Any, conversation_id: UUID | str) -> tuple[Conversation, Right] | None:
    """The conversation and the right to it; None for nobody's, another's, and a closed house's."""
    found = held_here(session, conversation_id)
    if found is None or not found.brand.public or not session.session_key:
        return None
    told = session.get(SESSION_KEY)
    user = users({int(told)}).get(int(told)) if told else None
    if told and (user is None or not user[1]):
        return None
    looking = Visitor.objects.filter(browser=browser_of(session), brand=found.brand_id)
    visitor = looking.order_by("off_record", "-created").values_list("pk", flat=True).first()
    if visitor is None:  # let go of in this very moment
        return None
    return found, Right(found.pk, found.visitor_id, session.session_key, visitor, user)


@everything()
def standing(rights: Iterable[Right]) -> set[Right]:
    """Those that still hold; four statements, however many there are."""
    asked = list(rights)
    sessions = Session.objects.filter(
        session_key__in={each.session for each in asked}, expire_date__gt=timezone.now()
    )
    alive = set(sessions.values_list("session_key", flat=True))
    known = users({each.user[0] for each in asked if each.user})
    holders = dict(
        Conversation.objects.filter(
            pk__in={each.conversation for each in asked}, brand__public=True
        ).values_list("pk", "visitor")
    )
    named = {each.visitor for each in asked} | {each.holder for each in asked}
    people = {
        pk: (browser, client)
        for pk, browser, client in Visitor.objects.filter(pk__in=named).values_list(
            "pk", "browser", "client"
        )
    }
    return {
        each
        for each in asked
        if each.session in alive
        and holders.get(each.conversation) == each.holder
        and is_same(people.get(each.visitor), people.get(each.holder))
        and (each.user is None or known.get(each.user[0]) == each.user)
    }


def users(keys: set[int]) -> dict[int, tuple[Any, ...]]:
    found = get_user_model()._default_manager.filter(pk__in=keys).values_list("pk", *RANK)
    return {row[0]: tuple(row) for row in found}


def is_same(looking: tuple[Any, Any] | None, holder: tuple[Any, Any] | None) -> bool:
    """Whether both, (browser, client) each, are one person who is still there."""
    if looking is None or holder is None or looking[0] is None:
        return False
    return looking[0] == holder[0] or (looking[1] is not None and looking[1] == holder[1])
