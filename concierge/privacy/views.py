"""The privacy page, and what a client does there. Everything works without scripts.

Whatever is another's, at another house or gone is answered alike: it does not exist.
"""

import uuid
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from archive.models import Brand
from archive.wall.scope import everything
from concierge.chat.models import Conversation, Message
from concierge.clients import consent
from concierge.clients.models import Memory, NeverKeptError, Purpose, Visitor
from concierge.clients.spoken import offered, public_brand, spoken
from concierge.clients.unkept import kindly
from concierge.clients.visitors import present
from concierge.clients.wording import current_version
from concierge.gaps import askers
from concierge.privacy import held, off_record
from concierge.privacy.erasure import ErasureError, OnHoldError, erase
from concierge.privacy.forget import (
    bring_back,
    forget_conversation,
    forget_memory,
    forget_pair,
)
from concierge.privacy.holds import HeldError, is_held
from concierge.privacy.models import Erasure, SetAside
from concierge.privacy.periods import periods
from concierge.privacy.receipt import page as receipt_page

CONVERSATIONS = 10  # on one page
LONGEST_MEMORY = 300  # characters
CONFIRMED = "forget everything"
ON_HOLD = (
    gettext_lazy("The law obliges the house to keep this for now, so it cannot be removed yet."),
    gettext_lazy("It is written down and done as soon as that ends."),
)


class MemoryForm(forms.Form):
    text = forms.CharField(max_length=LONGEST_MEMORY, strip=True)


def somebody(request: HttpRequest, house: Brand) -> Visitor:
    """The visitor of this browser at this house. Raises Http404 for nobody."""
    visitor = present(request.session, house)
    if visitor is None:
        raise Http404
    return visitor


@never_cache
@require_safe
def page(request: HttpRequest, brand: str) -> HttpResponse:
    """What is held on whoever looks, where it came from, who has read it and how long it stays."""
    house = public_brand(request, brand)
    visitor = present(request.session, house)
    context: dict[str, Any] = {"brand": house, "periods": periods(house)}
    if visitor is None:
        return render(request, "privacy/nobody.html", context)
    aside = SetAside.objects.filter(visitor__in=held.person(visitor), pk=named(request, "undo"))
    pages = Paginator(held.conversations(visitor), CONVERSATIONS)
    shown = pages.get_page(request.GET.get("page"))
    context |= {
        "visitor": visitor,
        "standings": consent.standing(visitor, spoken()),
        "decisions": history(visitor),
        "memories": held.memories(visitor),
        "notes": held.notes(visitor),
        "readings": held.readings(visitor),
        "conversations": [(each, pairs(each)) for each in shown],
        "pages": shown,
        "email": held.email(visitor),
        "aside": aside.first(),
        "waiting": ON_HOLD if held.is_to_be_forgotten(visitor) else (),
        "longest_memory": LONGEST_MEMORY,
    }
    return render(request, "privacy/page.html", context)


def named(request: HttpRequest, name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def pairs(conversation: Conversation) -> list[tuple[Message, Message | None]]:
    """Each question with what was answered, in order."""
    messages = list(held.messages_of([conversation.pk]))
    answers = {each.question_id: each for each in messages if each.question_id}
    return [(each, answers.get(each.pk)) for each in messages if each.role == Message.Role.CLIENT]


def history(visitor: Visitor) -> list[dict[str, Any]]:
    """Every yes and no, the latest first."""
    rows = consent.decisions(visitor).order_by("-pk")
    told = consent.standing(visitor, spoken())
    names = {each.words.purpose: each.words.name for each in told}
    return [
        {
            "name": names[Purpose(row.purpose)],
            "version": row.version,
            "given": row.given,
            "withdrawn": row.withdrawn,
            "place": held.place(row.place),
        }
        for row in rows
    ]


def back(house: Brand, where: str = "", **query: Any) -> HttpResponse:
    asked = f"?undo={query['undo']}" if query.get("undo") else ""
    return redirect(f"{reverse('privacy:page', args=[house.slug])}{asked}{where}")


@never_cache
@require_POST
def decide(request: HttpRequest, brand: str, purpose: str) -> HttpResponse:
    """A yes or its withdrawal, in one press; it holds for the very next thing that is done."""
    house = public_brand(request, brand)
    visitor = somebody(request, house)
    if purpose not in Purpose.values:
        raise Http404
    language = offered(request.POST.get("shown_in", "")) or spoken()
    if request.POST.get("answer") != "yes":
        consent.withdraw(visitor, purpose, language=language, place="privacy")
        withdrawn(visitor, purpose)
    elif is_of_today(request, house, purpose):
        consent.give(visitor, purpose, language=language, place="privacy")
    return back(house, "#consents")


def is_of_today(request: HttpRequest, house: Brand, purpose: str) -> bool:
    """Whether the words on the page were today's; a page that does not say is taken at its word."""
    current = str(current_version(house.slug, purpose))
    return request.POST.get("shown", current) == current


@everything()
def withdrawn(visitor: Visitor, purpose: str) -> None:
    """What was kept by this yes alone goes with it; on hold it is used no more, and goes after."""
    if is_held(visitor):
        return
    if purpose == Purpose.IMPROVE:
        askers.forget(list(held.person(visitor).values_list("pk", flat=True)))
    if purpose == Purpose.PERSONALISE:
        held.memories(visitor).exclude(origin=Memory.Origin.HOUSE).delete()


def kept_back(request: HttpRequest, house: Brand, *, is_noted: bool = False) -> HttpResponse:
    """What the house may not remove now, said to the client."""
    words = " ".join(str(each) for each in (ON_HOLD if is_noted else ON_HOLD[:1]))
    told = {"brand": house, "words": words}
    return render(request, "privacy/told.html", told, status=202 if is_noted else 409)


def own_memory(visitor: Visitor, memory_id: int) -> Memory:
    return get_object_or_404(Memory, pk=memory_id, visitor__in=held.person(visitor))


@never_cache
@require_POST
def correct(request: HttpRequest, brand: str, memory_id: int) -> HttpResponse:
    """Other words for a memory. Without any, or by what is never kept, it stays as it was."""
    house = public_brand(request, brand)
    memory = own_memory(somebody(request, house), memory_id)
    form = MemoryForm(request.POST)
    if is_held(memory.visitor):
        return kept_back(request, house)
    if form.is_valid() and form.cleaned_data["text"] != memory.text:
        memory.text = form.cleaned_data["text"]
        memory.origin = Memory.Origin.WRITTEN
        try:
            memory.save(update_fields=["text", "origin", "updated"])
        except NeverKeptError:
            told = {"brand": house, "words": kindly(spoken())}
            return render(request, "privacy/told.html", told, status=422)
    return back(house, "#memories")


@never_cache
@require_POST
def forget_one_memory(request: HttpRequest, brand: str, memory_id: int) -> HttpResponse:
    house = public_brand(request, brand)
    visitor = somebody(request, house)
    try:
        aside = forget_memory(visitor, own_memory(visitor, memory_id))
    except HeldError:
        return kept_back(request, house)
    return back(house, "#memories", undo=aside.pk)


@never_cache
@require_POST
def forget_one_pair(request: HttpRequest, brand: str, message_id: int) -> HttpResponse:
    """A question with its answer."""
    house = public_brand(request, brand)
    visitor = somebody(request, house)
    own = Message.objects.filter(
        conversation__in=Conversation.objects.of(visitor), role=Message.Role.CLIENT
    )
    try:
        aside = forget_pair(visitor, get_object_or_404(own, pk=message_id))
    except HeldError:
        return kept_back(request, house)
    return back(house, "#conversations", undo=aside.pk)


@never_cache
@require_POST
def forget_one_conversation(
    request: HttpRequest, brand: str, conversation_id: uuid.UUID
) -> HttpResponse:
    house = public_brand(request, brand)
    visitor = somebody(request, house)
    own = get_object_or_404(Conversation.objects.of(visitor), pk=conversation_id)
    try:
        aside = forget_conversation(visitor, own)
    except HeldError:
        return kept_back(request, house)
    return back(house, "#conversations", undo=aside.pk)


@never_cache
@require_POST
def undo(request: HttpRequest, brand: str, aside_id: uuid.UUID) -> HttpResponse:
    """Have it back, within the minute."""
    house = public_brand(request, brand)
    if not bring_back(somebody(request, house), aside_id):
        raise Http404
    return back(house)


@never_cache
@require_POST
def end_off_record(request: HttpRequest, brand: str, conversation_id: uuid.UUID) -> HttpResponse:
    """The client ends a conversation off the record: it is forgotten at once."""
    house = public_brand(request, brand)
    own = Conversation.objects.of(somebody(request, house)).filter(visitor__off_record=True)
    found = get_object_or_404(own.select_related("visitor"), pk=conversation_id)
    off_record.forget(found.visitor)
    off_record.leave(request.session)
    return redirect(house)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forget_everything(request: HttpRequest, brand: str) -> HttpResponse:
    """Asked once more, then done; what comes back is the receipt, to be kept."""
    house = public_brand(request, brand)
    visitor = somebody(request, house)
    if request.method != "POST" or request.POST.get("sure") != CONFIRMED:
        count = held.conversations(visitor).count()
        context = {"brand": house, "count": count, "confirmed": CONFIRMED}
        return render(request, "privacy/forget_everything.html", context)
    try:
        erasure = erase(visitor, Erasure.Reason.CLIENT)
    except OnHoldError:
        return kept_back(request, house, is_noted=True)
    except ErasureError:
        words = _(
            "Everything is being removed; a part of it takes a little longer. It is finished by "
            "itself within minutes."
        )
        request.session.flush()
        return render(request, "privacy/told.html", {"brand": house, "words": words}, status=202)
    request.session.flush()  # its row is gone with the rest
    return HttpResponse(receipt_page(erasure, request))
