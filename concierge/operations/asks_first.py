"""The console asks who may look before it looks.

Django's page of a row's history looks the row up first and asks for the right afterwards, so that
somebody without it is told which rows there are.
"""

from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


class AsksFirst:
    """To stand after whoever finds out who asks."""

    sync_capable = async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> None:
        """Raises PermissionDenied."""
        match = request.resolver_match
        shown = getattr(view, "model_admin", None)
        if shown is None or match is None or not (match.url_name or "").endswith("_history"):
            return
        at_work = shown.admin_site.has_permission(request)
        if at_work and not shown.has_view_or_change_permission(request):
            raise PermissionDenied
