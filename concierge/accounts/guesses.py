"""How many passwords a person's account is tried with before the trying waits.

The limit stands before the password hasher, in django-axes' own place for it, and is taken in one
step (`window`): guesses that arrive together pass no more than those that arrive in turn. Who has
signed in from a browser before has a count of their own there, so that whoever guesses from
elsewhere can hold the account against strangers but not against the person it belongs to
(OWASP's device cookie).
"""

import secrets
import unicodedata
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from concierge.accounts.window import UncountedError, take

MOST = 5  # guesses of one account that reach the hasher
WINDOW = 300  # seconds
COOKIE_AGE = 60 * 60 * 24 * 365  # seconds
COOKIE_PATH = "/admin/login/"
SALT = "concierge.accounts.known"


class Handler(AxesDatabaseHandler):  # type: ignore[misc]
    """django-axes asks here whether a password may be tried, and tells what came of it."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        name = (credentials or {}).get("username") or ""
        try:
            return not take(f"password {subject(request, name)}", MOST, WINDOW)
        except UncountedError:
            return True

    def user_logged_in(self, sender: Any, request: HttpRequest, user: Any, **more: Any) -> None:
        """Sign-ins of clients are nobody's business: only those of the staff are written down."""
        if user.is_staff:
            super().user_logged_in(sender, request, user, **more)

    def user_logged_out(self, sender: Any, request: HttpRequest, user: Any, **more: Any) -> None:
        if user is not None and user.is_staff:
            super().user_logged_out(sender, request, user, **more)


def account(name: str) -> str:
    """One form of a name, for counting: Ada and ada are one to an attacker."""
    return unicodedata.normalize("NFKC", str(name)).casefold()[:200]


def subject(request: HttpRequest, name: str) -> str:
    """Whose count it is: the account's, or the account's in one browser that knows it."""
    known = account(name)
    cookie = request.COOKIES.get(settings.KNOWN_COOKIE_NAME, "")
    try:
        told, device = signing.loads(cookie, salt=SALT, max_age=COOKIE_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return known
    return f"{known} at {device}" if told == mark(known) else known


def mark(known: str) -> str:
    return salted_hmac(SALT, known).hexdigest()[:32]


def remember(response: HttpResponse, name: str) -> None:
    """Let this browser be known to the account that has just signed in with it."""
    told = signing.dumps([mark(account(name)), secrets.token_urlsafe(12)], salt=SALT)
    response.set_cookie(
        settings.KNOWN_COOKIE_NAME,
        told,
        max_age=COOKIE_AGE,
        path=COOKIE_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def address_of(request: HttpRequest) -> str | None:
    return request.META.get("REMOTE_ADDR") or None


def refusal(request: HttpRequest, *_: Any) -> HttpResponse:
    """The page of who has to wait; the same for an account that does not exist."""
    response = render(request, "account/wait.html", {"minutes": WINDOW // 60}, status=429)
    response["Retry-After"] = str(WINDOW)
    response["Cache-Control"] = "no-store"
    return response
