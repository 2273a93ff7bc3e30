"""The foot of a page: the language its reader would rather have, remembered by their browser."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from concierge.clients.spoken import offered, public_brand


@require_POST
def choose_language(request: HttpRequest, brand: str) -> HttpResponse:
    """Back to the page it was chosen on, in that language; one the product has not changes none."""
    house = public_brand(request, brand)
    response = redirect(page_of(request) or house.get_absolute_url())
    if language := offered(request.POST.get("language", "")):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def page_of(request: HttpRequest) -> str:
    """The page of ours that the choice was made on, as its path; "" for another's or for none.

    A page whose address a script has changed is told by where it is now.
    """
    told = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(told, {request.get_host()}, request.is_secure()):
        return ""
    parts = urlsplit(told)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
