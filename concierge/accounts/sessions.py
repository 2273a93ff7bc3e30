"""Which sessions somebody is signed in with, and when they are no longer good.

A session ends at once when its person is banned, changes rank or password, or serves other houses:
`watch` hears of it from the rows, and `keep_track` finds out at the next request what was written
past Django's signals.
"""

from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import rotate_token
from django.utils.decorators import sync_and_async_middleware

from archive.threads import in_thread
from archive.wall.scope import accounts
from concierge.accounts.ended import end_sessions, tell
from concierge.accounts.models import Membership, SignedIn
from concierge.clients.models import Client

MARK = "signed_in"  # in the session: its own key and its person's rank when it was written down
STAFF_HOURS = 12  # of a session at the desk, from its beginning: a working day
RANK = ("is_active", "is_staff", "is_superuser")
WATCHED = ("password", *RANK)

Answer = HttpResponseBase | object


@sync_and_async_middleware
def keep_track(get_response: Callable[[HttpRequest], Answer]) -> Callable[[HttpRequest], Answer]:
    """Write down who signs in with which session; forget one whose person may not be there."""
    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> HttpResponse:
            if begun(request):
                await in_thread(drop_if_ended)(request)
            response: HttpResponse = await get_response(request)
            if begun(request):
                await in_thread(write_down)(request)
            return response

        return later

    def middleware(request: HttpRequest) -> Answer:
        if begun(request):
            drop_if_ended(request)
        response = get_response(request)
        if begun(request):
            write_down(request)
        return response

    return middleware


def begun(request: HttpRequest) -> bool:
    """Whether the request has, or has read or been given, a session: no row is read to find out."""
    session = request.session
    return bool(session.session_key) or session.accessed


def rank(user: Any) -> str:
    return "".join("1" if getattr(user, each) else "0" for each in RANK)


@accounts()
def drop_if_ended(request: HttpRequest) -> None:
    """A session that names a person it is not good for any more is emptied, visitor and all."""
    if SESSION_KEY not in request.session:
        return
    marked = str(request.session.get(MARK, ""))
    _, _, before = marked.rpartition(" ")
    if not request.user.is_authenticated or (before and before != rank(request.user)):
        request.session.flush()
        request.user = AnonymousUser()


@accounts()
def write_down(request: HttpRequest) -> None:
    """A session that goes on under another key goes on with another CSRF token too."""
    session = request.session
    if SESSION_KEY not in session or not request.user.is_authenticated:
        return
    if not session.session_key:
        session.save()
    marked = f"{session.session_key} {rank(request.user)}"
    if session.get(MARK) != marked:
        SignedIn.objects.update_or_create(
            session_key=session.session_key, defaults={"user_id": request.user.pk}
        )
        session[MARK] = marked
        if request.user.is_staff:
            session.set_expiry(STAFF_HOURS * 3600)
        rotate_token(request)


def watch() -> None:
    """Hear of every change that ends sessions. Called once, when the application is ready."""
    user = get_user_model()
    connect: dict[str, Any] = {"weak": False, "dispatch_uid": __name__}
    pre_save.connect(remember_before, sender=user, **connect)
    post_save.connect(after_change, sender=user, **connect)
    pre_delete.connect(before_delete, sender=user, **connect)
    m2m_changed.connect(after_groups, sender=user.groups.through, **connect)
    m2m_changed.connect(after_groups, sender=user.user_permissions.through, **connect)
    post_save.connect(after_houses, sender=Membership, **connect)
    post_delete.connect(after_houses, sender=Membership, **connect)
    post_delete.connect(after_client, sender=Client, **connect)
    user_logged_out.connect(after_logout, **connect)


@accounts()
def remember_before(instance: Any, **_: Any) -> None:
    """What the row says now, to tell what is about to change."""
    instance._before = (
        type(instance)._default_manager.filter(pk=instance.pk).values_list(*WATCHED).first()
        if instance.pk
        else None
    )


def after_change(instance: Any, created: bool, **_: Any) -> None:
    before = getattr(instance, "_before", None)
    if not created and before and before != tuple(getattr(instance, each) for each in WATCHED):
        end_sessions(instance.pk)


def before_delete(instance: Any, **_: Any) -> None:
    end_sessions(instance.pk)


def after_groups(instance: Any, action: str, reverse: bool, pk_set: Any, **_: Any) -> None:
    if not action.startswith("post_"):
        return
    if not reverse:
        end_sessions(instance.pk)
    for each in (pk_set or ()) if reverse else ():
        end_sessions(each)


def after_houses(instance: Membership, **_: Any) -> None:
    end_sessions(instance.user_id)


def after_client(instance: Client, **_: Any) -> None:
    """A client of no house any more has nothing to sign in to: their user goes with them."""
    user = get_user_model()._default_manager.filter(pk=instance.user_id, is_staff=False).first()
    if user is not None and not Client.objects.filter(user=user).exists():
        user.delete()


def after_logout(request: HttpRequest, user: Any, **_: Any) -> None:
    """Before the session is emptied: its key is still known."""
    key = request.session.session_key
    if user is None or not key:
        return
    with accounts():
        was_there = SignedIn.objects.filter(pk=key).delete()[0]
    if was_there:
        tell(user.pk, [key])
