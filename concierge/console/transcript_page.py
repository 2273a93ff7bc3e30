"""What is sent to providers, as it is sent: for whoever answers for it."""

import re
import time
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from archive.console.page import page
from archive.models import Brand
from concierge.accounts.staff import brands_of
from concierge.audit.chain import Deed, append
from concierge.audit.models import Act
from concierge.llm import transcript
from concierge.llm.budget import pseudonym
from concierge.llm.cost_page import PURPOSES, words

PLACEHOLDER = re.compile(r"(\[[A-Z]+_\d+\])")
WATCHING = "watching"  # in the session: by house, when it was last written down
AGAIN = 3600.0  # seconds of watching that one entry of the log tells
NAME = re.compile(r"\d{1,16}-\d{1,16}")  # of an entry of a Redis stream


def houses(request: HttpRequest) -> list[Brand]:
    """Those whose calls may be watched. Raises PermissionDenied."""
    if not request.user.has_perm(transcript.MAY_WATCH):
        raise PermissionDenied
    own = brands_of(request.user)
    return list(Brand.objects.all() if own is None else Brand.objects.filter(pk__in=own))


def chosen(request: HttpRequest, brands: list[Brand]) -> Brand | None:
    asked = request.GET.get("brand", "")
    return next((each for each in brands if str(each.pk) == asked), brands[0] if brands else None)


def is_new(request: HttpRequest, brand: Brand) -> bool:
    """Whether this session has not been written down as watching the house within the hour."""
    since: dict[str, float] = request.session.get(WATCHING, {})
    return time.time() - since.get(str(brand.pk), 0) > AGAIN


def write_down(request: HttpRequest, brand: Brand) -> None:
    """However it came to be shown: by the page, or by its news asked for alone."""
    append(Deed(Act.LISTED, "llm.transcript", "", brand.pk, request.user))
    since = request.session.get(WATCHING, {})
    request.session[WATCHING] = since | {str(brand.pk): time.time()}


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    brands = houses(request)
    brand = chosen(request, brands)
    if brand:
        write_down(request, brand)
    context = seen(brand, "") | {"brands": brands, "minutes": transcript.KEPT // 60}
    return page(request, "console/transcript.html", "What is sent", **context)


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """The calls since the last that the page has, and the page's next question."""
    after = request.GET.get("after", "")
    brand = chosen(request, houses(request))
    if brand and is_new(request, brand):
        write_down(request, brand)
    context = seen(brand, after if NAME.fullmatch(after) else "")
    return render(request, "console/partials/transcript_news.html", context)


def seen(brand: Brand | None, after: str) -> dict[str, Any]:
    try:
        found = transcript.watch(brand.pk, after) if brand else []
    except RedisError:
        return {"brand": brand, "calls": [], "after": after, "is_away": True}
    last = found[-1][0] if found else after
    return {"brand": brand, "calls": [shown(row) for _, row in reversed(found)], "after": last}


def shown(row: dict[str, Any]) -> dict[str, Any]:
    messages = [(words(who), marked(text)) for who, text in row["messages"]]
    return row | {
        "at": parse_datetime(row["at"]),
        "purpose": PURPOSES.get(row["purpose"], words(row["purpose"])),
        "who": f"Visitor {pseudonym(row['visitor'])[:4].upper()}"
        if row["visitor"]
        else "This house",
        "messages": messages,
        "said": marked(row["said"]),
        "hidden": sum(len(PLACEHOLDER.findall(text)) for _, text in row["messages"]),
    }


def marked(text: str) -> SafeString:
    """The words, with what stands for something personal marked."""
    parts = PLACEHOLDER.split(text)
    told = (
        mark_safe(f"<mark>{conditional_escape(part)}</mark>") if number % 2 else part  # noqa: S308
        for number, part in enumerate(parts)
    )
    return format_html_join("", "{}", ((part,) for part in told))
