"""Sessions in the database, as Django keeps them, that can be found by their browser.

Each is asked for by its key and in the scope of accounts: no other code of a request sees any.
"""

from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from archive.wall.scope import accounts
from concierge.clients.visitors import KEY, browser_of
from concierge.privacy.models import BrowserSession


class SessionStore(DatabaseStore):
    """Each session that knows its browser is written down beside it, and leaves with it."""

    @accounts()
    def _get_session_from_db(self) -> Any:
        return super()._get_session_from_db()  # type: ignore[misc]

    async def _aget_session_from_db(self) -> Any:
        return await sync_to_async(self._get_session_from_db)()

    @accounts()
    def exists(self, session_key: str) -> bool:
        return super().exists(session_key)

    async def aexists(self, session_key: str) -> bool:
        return await sync_to_async(self.exists)(session_key)

    @accounts()
    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            self.create()  # which saves it under a key
            return
        super().save(must_create)
        if browser := browser_of(self):
            BrowserSession.objects.bulk_create(
                [BrowserSession(session_key=self.session_key, browser=browser)],
                update_conflicts=True,
                update_fields=["browser"],
                unique_fields=["session_key"],
            )

    async def asave(self, must_create: bool = False) -> None:
        await sync_to_async(self.save)(must_create)

    @accounts()
    def delete(self, session_key: str | None = None) -> None:
        super().delete(session_key)
        if key := session_key or self.session_key:
            BrowserSession.objects.filter(session_key=key).delete()

    async def adelete(self, session_key: str | None = None) -> None:
        await sync_to_async(self.delete)(session_key)

    @classmethod
    def clear_expired(cls) -> None:
        super().clear_expired()
        alive = cls.get_model_class()._default_manager.values("session_key")
        BrowserSession.objects.exclude(session_key__in=alive).delete()


def write_down(sessions: Any, browsers: Any) -> int:
    """Write down the sessions that are there already; gives how many. For the migration."""
    found = []
    for row in sessions.objects.iterator():
        told = DatabaseStore().decode(row.session_data).get(KEY)
        if told:
            found.append(browsers(session_key=row.session_key, browser=told))
    browsers.objects.bulk_create(found, ignore_conflicts=True)
    return len(found)
