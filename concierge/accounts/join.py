"""A browser's visitor becomes a client's: what they said there is theirs wherever they sign in."""

import uuid
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from archive.models import Brand
from archive.wall.scope import everything
from concierge.accounts.models import Mailbox
from concierge.clients.models import Client, Visitor
from concierge.clients.visitors import KEY, browser_of, visitor_of, welcome

METHOD = "letter"
NAMED = "client-"  # how the names of clients' accounts begin
BACKEND = "django.contrib.auth.backends.ModelBackend"


class RefusedError(Exception):
    """This person may not sign in."""


def join(request: HttpRequest, brand: Brand, email: str) -> Client:
    """Sign the owner of `email` in at `brand`, and take this browser's visitor along.

    The session goes on under another key. A visitor who is already somebody else's stays theirs:
    the browser then begins anew. Raises RefusedError.
    """
    with everything():
        client = client_of(brand, email)
        visitor = visitor_of(request.session, brand)
        if visitor is not None and visitor.client_id not in (None, client.pk):
            request.session.flush()
            visitor = None
        sign_in(request, client.user)
        visitor = carried_over(request.session, visitor) or welcome(request.session, brand)
        with transaction.atomic():
            Visitor.objects.filter(pk=visitor.pk).update(client=client)
            Mailbox.objects.update_or_create(visitor_id=visitor.pk, defaults={"email": email})
    return client


def client_of(brand: Brand, email: str) -> Client:
    """Who this is at the house, made on the first sign-in. Raises RefusedError."""
    users = get_user_model()._default_manager
    known, *older = names(brand, email)
    with transaction.atomic():
        users.filter(username__in=older).exclude(username=known).update(username=known)
        user, _ = users.get_or_create(
            username=known, defaults={"password": make_password(None), "is_staff": False}
        )
        if not user.is_active or user.is_staff or user.is_superuser:
            raise RefusedError
        client, _ = Client.objects.get_or_create(brand=brand, user=user)
    return client


def names(brand: Brand, email: str) -> list[str]:
    """What stands for an address at one house, under today's key and those before it.

    The address itself is in no column that can be read: the same person at another house of this
    installation is another name, and is not to be found by it.
    """
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    told = f"{brand.pk} {email}"
    return [
        f"{NAMED}{salted_hmac(__name__, told, secret=key, algorithm='sha256').hexdigest()[:40]}"
        for key in keys
    ]


def sign_in(request: HttpRequest, user: Any) -> None:
    """By django-allauth, which keeps how it was done; somebody else's session is emptied first."""
    user.backend = BACKEND
    get_adapter(request).login(request, user)
    record_authentication(request, user, METHOD)


def carried_over(session: Any, visitor: Visitor | None) -> Visitor | None:
    """The visitor of before, under a new browser where the session was emptied."""
    if visitor is not None and browser_of(session) is None:
        visitor.browser = uuid.uuid4()
        visitor.save(update_fields=["browser"])
        session[KEY] = str(visitor.browser)
    return visitor
