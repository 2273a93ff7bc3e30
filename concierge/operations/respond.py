"""A request is answered in one thread, from its first middleware to its last.

Django would run each middleware in the event loop and whatever it reads in a thread, and go there
and back for each of them: for one page some forty times.
"""

from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction, sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.db import close_old_connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class Responder(ASGIHandler):
    """Answers HTTP under ASGI; a view that is a coroutine still runs in the event loop."""

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = await sync_to_async(self.get_response)(request)
        return response

    def make_view_atomic(self, view: Callable[..., Any]) -> Callable[..., Any]:
        """The view, about to be called: one that waits in the event loop keeps no connection."""
        if iscoroutinefunction(view):
            close_old_connections()
        made: Callable[..., Any] = super().make_view_atomic(view)
        return made
