"""A socket sees the database as the client of its conversation does."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.db.models import Q

from archive.threads import in_thread
from archive.viewer import Viewer
from archive.wall.scope import NOBODY, NOTHING, People, Scope, Within, everything, of_reader
from concierge.chat.models import Conversation
from concierge.clients.models import Visitor
from concierge.clients.visitors import browser_of

Application = Callable[[dict[str, Any], Any, Any], Awaitable[None]]


@everything()
def people_of(session: Any, brand_id: int) -> People:
    """Whose rows this browser may see at a house: its visitors', and those of who is signed in."""
    browser, user = browser_of(session), session.get(SESSION_KEY)
    if browser is None and user is None:
        return NOBODY
    here = Visitor.objects.filter(browser=browser) if browser else Visitor.objects.none()
    rows = list(here.values_list("pk", "brand", "client"))
    known = {pk for pk, at, _ in rows if at == brand_id}
    # Whoever signed in with it is known by other browsers too.
    theirs = Q(client__in=clients) if (clients := {each for *_, each in rows if each}) else Q()
    theirs |= Q(client__user=user) if user else Q()
    if theirs:
        known.update(Visitor.objects.filter(theirs, brand=brand_id).values_list("pk", flat=True))
    return People(tuple(known), browser, int(user) if user else None)


@everything()
def scope_of(session: Any, conversation_id: UUID) -> Scope:
    """Of who looks at this conversation; nothing where there is none."""
    found = Conversation.objects.only("brand_id", "audience").filter(pk=conversation_id).first()
    if found is None:
        return NOTHING
    return of_reader(found.viewer, people_of(session, found.brand_id))


def reader(brand_id: int, session: Any) -> Scope:
    """Of whoever is on the pages of a house."""
    return of_reader(Viewer.reading(brand_id), people_of(session, brand_id))


def walled(application: Application) -> Any:
    """`application`, a consumer's of one conversation, behind the wall."""

    async def behind(scope: dict[str, Any], receive: Any, send: Any) -> None:
        asked = scope["url_route"]["kwargs"]["conversation_id"]
        seen = await in_thread(scope_of)(scope["session"], asked)
        with Within(seen):
            await application(scope, receive, send)

    return behind
