"""A socket sees the database as the client of its conversation does."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY

from archive.threads import in_thread
from archive.viewer import Viewer
from archive.wall.scope import NOTHING, People, Scope, Within, everything, of_reader
from concierge.chat.models import Conversation
from concierge.clients.visitors import browser_of

Application = Callable[[dict[str, Any], Any, Any], Awaitable[None]]


def people_of(session: Any) -> People:
    """Whose rows this browser may see: its own visitors', and those of who is signed in."""
    user = session.get(SESSION_KEY)
    return People(browser=browser_of(session), user=int(user) if user else None)


@everything()
def scope_of(session: Any, conversation_id: UUID) -> Scope:
    """Of who looks at this conversation; nothing where there is none."""
    found = Conversation.objects.only("brand_id", "audience").filter(pk=conversation_id).first()
    return of_reader(found.viewer, people_of(session)) if found else NOTHING


def reader(brand_id: int, session: Any) -> Scope:
    """Of whoever is on the pages of a house."""
    return of_reader(Viewer.reading(brand_id), people_of(session))


def walled(application: Application) -> Any:
    """`application`, a consumer's of one conversation, behind the wall."""

    async def behind(scope: dict[str, Any], receive: Any, send: Any) -> None:
        asked = scope["url_route"]["kwargs"]["conversation_id"]
        seen = await in_thread(scope_of)(scope["session"], asked)
        with Within(seen):
            await application(scope, receive, send)

    return behind
