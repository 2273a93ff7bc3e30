"""Each request sees the database as the person who makes it may, and no further."""

from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.decorators import sync_and_async_middleware

from archive.models import Brand
from archive.threads import in_thread
from archive.wall.scope import (
    ACCOUNTS,
    EVERYTHING,
    NOTHING,
    Scope,
    Within,
    everything,
    of_house,
)
from concierge.accounts.staff import brands_of
from concierge.chat.walled import reader

STAFFS = {"admin", "console"}
# Where the staff signs in and out and sees to a second factor: of accounts, and of nothing else.
SIGNING_IN = ("admin/login/", "admin/logout/", "accounts/")
COUNTING = {"metrics"}  # pages of figures, which count the rows of every house
# Where what is asked for reaches rows that no client sees: of calls, of questions left open.
ACTING = {"account", "privacy"}
SAFE = {"GET", "HEAD", "OPTIONS"}


@sync_and_async_middleware
def walled(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """To stand after the session's and the user's."""
    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> Any:
            with Within(await in_thread(scope_of)(request)):
                return await get_response(request)

        return later

    def middleware(request: HttpRequest) -> Any:
        with Within(scope_of(request)):
            return get_response(request)

    return middleware


def scope_of(request: HttpRequest) -> Scope:
    """Who asks: staff in the console, a client on a house's pages; nobody anywhere else."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return NOTHING
    return asked(request, match)


@everything()
def asked(request: HttpRequest, match: ResolverMatch) -> Scope:
    if match.route.startswith(SIGNING_IN):
        return ACCOUNTS
    if STAFFS.intersection(match.app_names):
        brands = brands_of(request.user)
        return EVERYTHING if brands is None else of_house(brands, request.user.pk)
    if match.url_name in COUNTING:
        return EVERYTHING
    # A house without a page is asked after like one that is not there.
    house = Brand.objects.filter(slug=match.kwargs.get("brand", ""), public=True)
    brand_id = house.values_list("pk", flat=True).first()
    if brand_id is None:
        return NOTHING
    if request.method not in SAFE and ACTING.intersection(match.app_names):
        return of_house([brand_id])
    return reader(brand_id, request.session)
