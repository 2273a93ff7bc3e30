"""The staff's second factor: when it is asked for, and how its secret is kept."""

import base64
import hashlib
from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from asgiref.sync import iscoroutinefunction
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.utils.decorators import sync_and_async_middleware

from archive.threads import in_thread
from archive.wall.scope import accounts

GUARDED = ("/admin/", "/staff/")
OPEN = ("/admin/login/", "/admin/logout/")
SECOND = "mfa"  # django-allauth's word, in the session, for a second factor that was shown

Answer = HttpResponseBase | object


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """django-allauth's second factor, its secrets sealed by a key derived from `SECRET_KEY`."""

    def encrypt(self, text: str) -> str:
        return seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """ "" where the key is lost: no code is right then, and `reset_mfa` begins anew."""
        try:
            return seal().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return ""

    def get_totp_issuer(self) -> str:
        return "Concierge"


def seal() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    derived = (hashlib.sha256(f"staff second factor {key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(each)) for each in derived])


@sync_and_async_middleware
def second_factor(get_response: Callable[[HttpRequest], Answer]) -> Callable[[HttpRequest], Answer]:
    """No page of the console for staff that has shown a password alone, where one is required."""
    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> HttpResponse:
            refused = await in_thread(refusal)(request) if guarded(request) else None
            return refused or await get_response(request)

        return later

    def middleware(request: HttpRequest) -> Answer:
        refused = refusal(request) if guarded(request) else None
        return refused or get_response(request)

    return middleware


def guarded(request: HttpRequest) -> bool:
    if not settings.STAFF_MFA or request.path in OPEN:
        return False
    return request.path.startswith(GUARDED)


def refusal(request: HttpRequest) -> HttpResponse | None:
    """Where somebody without it is sent: to set one up, or to sign in with the one they have."""
    if not request.user.is_authenticated or shown(request):
        return None
    if has_one(request.user):
        logout(request)
        return redirect("admin:login")
    return redirect("mfa_activate_totp")


@accounts()
def has_one(user: Any) -> bool:
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user=user, type__in=kinds).exists())


def shown(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return any(each.get("method") == SECOND for each in records)


def note(request: HttpRequest, kind: str) -> None:
    """Who has just typed the first code has shown it; the session goes on under another key."""
    record_authentication(request, request.user, SECOND, type=kind)
    request.session.cycle_key()
    rotate_token(request)
