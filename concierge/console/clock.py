"""One clock for the whole console: that of the houses a person serves, where they share one."""

from collections.abc import Callable
from datetime import UTC, tzinfo
from typing import Any

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.decorators import sync_and_async_middleware

from archive.ingestion.metadata import time_zone
from archive.models import Brand
from archive.threads import in_thread

CONSOLE = "/admin/"


@sync_and_async_middleware
def clock(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """To stand behind the wall, which shows each person the houses they serve."""
    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> Any:
            if not request.path_info.startswith(CONSOLE):
                return await get_response(request)
            with timezone.override(await in_thread(own_zone)()):
                return await get_response(request)

        return later

    def middleware(request: HttpRequest) -> Any:
        if not request.path_info.startswith(CONSOLE):
            return get_response(request)
        with timezone.override(own_zone()):
            return get_response(request)

    return middleware


def own_zone() -> tzinfo:
    """The time zone of every house in sight; UTC where they have several, or there is none."""
    zones = {time_zone(house) for house in Brand.objects.only("time_zone")}
    return zones.pop() if len(zones) == 1 else UTC
