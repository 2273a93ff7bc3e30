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
from django.db import connection
from django.utils import timezone

from archive.wall.scope import everything
from concierge.chat.models import Conversation
from concierge.chat.thread import held_here
from concierge.clients.models import Visitor
from concierge.clients.visitors import browser_of

RANK = ("is_active", "is_staff", "is_superuser")
# Asked once a second while words flow, so in one statement. Of those asked: their place in the
# list, where the session lives, the conversation is still its holder's, at a house that is open,
# and who looks, a browser's visitor, is one person with the holder.
STANDING = """
    SELECT asked.place FROM unnest(%s::text[], %s::uuid[], %s::uuid[], %s::uuid[])
        WITH ORDINALITY AS asked (session, conversation, holder, visitor, place)
    JOIN django_session AS session ON session.session_key = asked.session
    JOIN chat_conversation AS held
        ON held.id = asked.conversation AND held.visitor_id = asked.holder
    JOIN archive_brand AS house ON house.id = held.brand_id AND house.public
    JOIN clients_visitor AS looking ON looking.id = asked.visitor
    JOIN clients_visitor AS holder ON holder.id = asked.holder
    WHERE session.expire_date > %s AND looking.browser IS NOT NULL
    AND (looking.browser = holder.browser OR looking.client_id = holder.client_id)
"""


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
    """Those that still hold; one statement, and another where somebody is signed in."""
    asked = list(rights)
    if not asked:
        return set()
    columns = [[each.session, each.conversation, each.holder, each.visitor] for each in asked]
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [*map(list, zip(*columns, strict=True)), timezone.now()])
        held = {asked[place - 1] for (place,) in cursor.fetchall()}
    signed_in = {each.user[0] for each in held if each.user}
    known = users(signed_in) if signed_in else {}
    return {each for each in held if each.user is None or known.get(each.user[0]) == each.user}


def users(keys: set[int]) -> dict[int, tuple[Any, ...]]:
    found = get_user_model()._default_manager.filter(pk__in=keys).values_list("pk", *RANK)
    return {row[0]: tuple(row) for row in found}
