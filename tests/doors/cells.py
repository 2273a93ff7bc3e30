"""One knock at one door, what is expected of it by the table, and what came."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client as Browser
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

OPEN, MISSING, REFUSED, METHOD, SIGN_IN = "open", "missing", "refused", "wrong method", "sign in"
UNKNOWN = "missing"  # the target that everything kept from somebody must look like

MASKS = (
    (re.compile(r'(csrfmiddlewaretoken" value|nonce|data-token)="[^"]*"'), r"\1"),
    (re.compile(r"'nonce-[^']*'"), "nonce"),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "uuid"),
    (re.compile(r'("csrfToken"|X-CSRFToken[^:]*): ?"[^"]*"'), r"\1"),
)
NOT_READY = 503  # said by a page that tells how it is
NEAR = 60  # characters shown around a difference
PASSING = {"Content-Length", "Expires", "X-Request-ID"}


@dataclass(frozen=True)
class Cell:
    """`named` are the words of the address that no answer's sameness may hang on."""

    route: str
    method: str
    who: str
    target: str
    address: str
    expected: frozenset[str]
    named: tuple[str, ...] = ()
    sends: dict[str, Any] = field(default_factory=dict, hash=False)
    unseen: tuple[str, ...] = ()  # words that must not stand in the answer
    alike: bool = True  # whether, kept from somebody, it has to look like what is missing

    def __str__(self) -> str:
        return f"{self.method} {self.address} ({self.route}) by {self.who}, {self.target}"


@dataclass(frozen=True)
class Came:
    outcome: str
    answer: tuple[Any, ...]  # status, headers and body, without what differs from call to call
    leaked: tuple[str, ...] = ()


def knock(cell: Cell, browser: Browser, session: str) -> Came:
    """Everything that the knock changes in the database is taken back."""
    browser.cookies.clear()
    if session:
        browser.cookies[settings.SESSION_COOKIE_NAME] = session
    with transaction.atomic():
        response = browser.generic(cell.method, cell.address, **form(cell))
        came = understood(cell, response)
        transaction.set_rollback(True)
    return came


def form(cell: Cell) -> dict[str, Any]:
    if cell.method != "POST":
        return {}
    return {"data": encode_multipart(BOUNDARY, cell.sends), "content_type": MULTIPART_CONTENT}


def understood(cell: Cell, response: HttpResponseBase) -> Came:
    body = text_of(response)
    leaked = tuple(each for each in cell.unseen if each in body)
    headers = [
        (name, masked(value, cell)) for name, value in response.items() if name not in PASSING
    ]
    cookies = sorted(response.cookies)
    answer = (response.status_code, sorted(headers), cookies, masked(body, cell))
    return Came(outcome_of(response), answer, leaked)


def text_of(response: HttpResponseBase) -> str:
    if response.streaming:
        return ""
    return response.content.decode(errors="replace")  # type: ignore[attr-defined]


def masked(text: str, cell: Cell) -> str:
    for each in cell.named:
        text = re.sub(rf"(?<=[/“\"=]){re.escape(each)}(?=[/”\"?&#])", "named", text)
    for pattern, instead in MASKS:
        text = pattern.sub(instead, text)
    return text


def outcome_of(response: HttpResponseBase) -> str:
    status, to = response.status_code, response.get("Location", "")
    if status >= 500 and status != NOT_READY:
        return f"it fails with {status}"
    if status in (301, 302, 303) and to.startswith("/admin/login/"):
        return SIGN_IN
    if status in (301, 302, 303) and to == "/admin/":
        return MISSING  # as Django's console says it
    return {404: MISSING, 405: METHOD, 403: REFUSED}.get(status, OPEN)


def surprises(cells: list[Cell], sessions: dict[str, str]) -> Iterator[str]:
    """A sentence for each cell that is not as the table has it."""
    browser = Browser(raise_request_exception=False)
    unknown: dict[tuple[str, str, str], tuple[Any, ...]] = {}
    for cell in sorted(cells, key=lambda each: each.target != UNKNOWN):
        came = knock(cell, browser, sessions[cell.who])
        if came.outcome not in cell.expected:
            yield f"{cell}: {came.outcome}, not {' or '.join(sorted(cell.expected))}"
        if came.leaked:
            yield f"{cell}: shows {', '.join(came.leaked)}"
        place = (cell.route, cell.method, cell.who)
        if cell.target == UNKNOWN:
            unknown[place] = came.answer
        elif (
            cell.alike
            and OPEN not in cell.expected
            and place in unknown
            and came.answer != unknown[place]
        ):
            where = first_difference(came.answer, unknown[place])
            yield f"{cell}: not as if it did not exist: {where}"


def first_difference(one: tuple[Any, ...], other: tuple[Any, ...]) -> str:
    for mine, theirs in zip(one, other, strict=True):
        if mine != theirs:
            mine, theirs = str(mine), str(theirs)
            same = takewhile(lambda pair: pair[0] == pair[1], zip(mine, theirs, strict=False))
            at = sum(1 for _ in same)
            near = slice(max(0, at - NEAR), at + NEAR)
            return f"{mine[near]!r} / {theirs[near]!r}"
    return ""
