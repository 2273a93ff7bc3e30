"""The language that the pages of a house speak with whoever reads them.

What they chose in the foot of a page, else what their browser asks for, else the house's; always
one that the product is written in. The house's own texts stay as the house wrote them.
"""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from archive.models import Brand

DEFAULT = "en"


def offered(code: str) -> str:
    """The product's language that `code` names ("de" for "de-CH"); "" for none."""
    language = code.partition("-")[0].lower()
    return language if language in dict(settings.LANGUAGES) else ""


def language_of(cookies: Mapping[str, str], accepted: str, brand: Brand) -> str:
    """What a reader with these cookies and this Accept-Language header reads at the house."""
    chosen = cookies.get(settings.LANGUAGE_COOKIE_NAME, "")
    asked_for = [code for code, weight in parse_accept_lang_header(accepted) if weight > 0]
    told = map(offered, (chosen, *asked_for, brand.language))
    return next(filter(None, told), DEFAULT)


def reads(request: HttpRequest, brand: Brand) -> str:
    """The same for whoever sent this request."""
    return language_of(request.COOKIES, request.headers.get("Accept-Language", ""), brand)


def heard(scope: Mapping[str, object], brand: Brand) -> str:
    """The same for whoever opened this socket, by its ASGI scope."""
    headers = dict(scope["headers"])  # type: ignore[call-overload]
    accepted = headers.get(b"accept-language", b"").decode("latin-1")
    return language_of(scope["cookies"], accepted, brand)  # type: ignore[arg-type]


def public_brand(request: HttpRequest, slug: str) -> Brand:
    """The house at this address; the page then speaks its reader's language. Raises Http404."""
    house = get_object_or_404(Brand, slug=slug, public=True)
    translation.activate(reads(request, house))
    return house


def spoken() -> str:
    """The language that is active, as the product names it."""
    return offered(translation.get_language() or "") or DEFAULT
