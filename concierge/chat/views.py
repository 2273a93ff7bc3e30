"""The concierge page and what it asks for."""

import asyncio
import uuid
from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from archive.models import Brand, Document
from archive.threads import in_thread
from archive.viewer import Viewer
from archive.wall.scope import Within, everything
from catalog.face import Face
from catalog.models import Product, Variant
from concierge.chat import hold
from concierge.chat.agree import agreement
from concierge.chat.ask import COMPOSER, NotYours, Question, accept, asker, is_to_begin
from concierge.chat.context import cited_context
from concierge.chat.issue import is_issued, issue, own
from concierge.chat.models import Citation, Conversation, Message
from concierge.chat.offer import OFFERED, take
from concierge.chat.payer import remember
from concierge.chat.stream import poke
from concierge.chat.thread import held_by, latest, thread_context
from concierge.chat.walled import reader
from concierge.chat.write import begin, let_go
from concierge.clients.models import Purpose, Visitor
from concierge.clients.spoken import offered, public_brand, reads, spoken
from concierge.clients.throttle import MINUTE, is_too_fast
from concierge.clients.visitors import browser_here, present
from concierge.clients.wording import current_version

WAIT_WITHOUT_SCRIPT = 60  # seconds a page without JavaScript waits for its answer
FIRST_ANSWER = 2  # its number in a conversation
VISITORS_OF_AN_ADDRESS = 10  # one office or hotel, asking at once


class QuestionForm(forms.Form):
    conversation = forms.UUIDField()
    client_key = forms.UUIDField()
    agreed = forms.IntegerField(required=False)  # the version of the words beside the composer
    agreed_in = forms.CharField(required=False, max_length=8)  # and their language
    off_record = forms.BooleanField(required=False)
    text = forms.CharField(
        max_length=settings.QUESTION_LIMIT,
        error_messages={
            "required": gettext_lazy("Write a question first."),
            "max_length": gettext_lazy(
                "That is too long: please keep to %(limit_value)d characters."
            ),
        },
    )


@require_safe
def front(request: HttpRequest) -> HttpResponseBase:
    """The only house's page, or the list of houses."""
    brands = list(Brand.objects.filter(public=True))
    if len(brands) == 1:
        return redirect(brands[0])
    return render(request, "chat/front.html", {"brands": brands})


@require_safe
def page(request: HttpRequest, brand: str) -> HttpResponse:
    """The conversation this browser last held with the house, or a new one."""
    house = public_brand(request, brand)
    fresh = "new" in request.GET
    return show(request, house, None if fresh else latest(present(request.session, house), house))


@require_safe
def conversation_page(request: HttpRequest, brand: str, conversation_id: uuid.UUID) -> HttpResponse:
    """One conversation; for a page whose socket is silent, only its thread."""
    house = public_brand(request, brand)
    conversation = held_by(present(request.session, house), conversation_id)
    if conversation is None and request.htmx:  # type: ignore[attr-defined]
        return begun_anew(request, house)
    if conversation is None:
        raise Http404
    if request.htmx:  # type: ignore[attr-defined]
        context = thread_context(conversation)
        return unstored(render(request, "chat/partials/thread_update.html", context))
    return show(request, house, conversation)


def begun_anew(request: HttpRequest, brand: Brand) -> HttpResponse:
    """To a page whose conversation is gone: the words taken off, and a new one to begin."""
    context = page_context(request, brand, None) | {"is_anew": True}
    context |= {"agreement": agreement(brand, present(request.session, brand))}
    response = unstored(render(request, "chat/partials/turn.html", context, status=404))
    response["HX-Replace-Url"] = brand.get_absolute_url()
    return response


def show(request: HttpRequest, brand: Brand, conversation: Conversation | None) -> HttpResponse:
    context = page_context(request, brand, conversation)
    context |= {"agreement": agreement(brand, present(request.session, brand))}
    return with_images(brand, unstored(render(request, "chat/page.html", context)))


def page_context(
    request: HttpRequest, brand: Brand, conversation: Conversation | None, after: int = 0
) -> dict[str, Any]:
    empty: dict[str, Any] = {"brand": brand, "conversation": None, "thread": [], "length": 0}
    context = thread_context(conversation, after) if conversation else empty
    return context | {
        "conversation_id": conversation.pk if conversation else issue(request),
        "is_open": any(each.message.may_change for each in context["thread"]),
        "client_key": uuid.uuid4(),
        "question_limit": settings.QUESTION_LIMIT,
    }


def unstored(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


def with_images(brand: Brand, response: HttpResponse) -> HttpResponse:
    """Let the page show the house's product images from where the house keeps them."""
    response._csp_update = {"img-src": brand.image_hosts}  # type: ignore[attr-defined]
    return response


@require_POST
async def ask(request: HttpRequest, brand: str) -> HttpResponseBase:
    """Accept a question and begin its answer; a page without JavaScript waits for it."""
    received = await in_thread(receive)(request, brand)
    if isinstance(received, HttpResponse):
        return received
    row, is_new = received
    if is_new:
        await poke(row.conversation_id, "turn")
        task = begin(row.pk)
        if not request.htmx:  # type: ignore[attr-defined]
            await asyncio.wait([task], timeout=WAIT_WITHOUT_SCRIPT)
    return await in_thread(told_anew)(request, row, is_new)


def with_suggestion(sent: QueryDict) -> QueryDict:
    """A suggestion pressed without JavaScript comes beside an empty question."""
    data = sent.copy()
    data["text"] = sent.get("suggestion") or sent.get("text", "")
    return data


def receive(request: HttpRequest, slug: str) -> tuple[Message, bool] | HttpResponse:
    """Store the question, or say in plain words why not."""
    brand = public_brand(request, slug)
    form = QuestionForm(with_suggestion(request.POST))
    if not form.is_valid():
        said = " ".join(str(error) for error in form.errors.get("text", ()))
        return notice(request, brand, said or _("This page has grown old: please reload it."), 422)
    known = present(request.session, brand)
    if is_flooded(request, known):
        words = _("That was a little fast for us: please wait a moment and send it again.")
        response = notice(request, brand, words, 429)
        response["Retry-After"] = str(MINUTE)
        return response
    data = form.cleaned_data
    is_read = data["agreed"] == current_version(brand.slug, Purpose.SERVE)
    place = COMPOSER if is_read else ""
    question = Question(
        *(data["conversation"], data["text"], data["client_key"]),
        place=place,
        spoken=offered(data["agreed_in"]) or spoken(),
    )
    try:
        # Somebody new is nobody yet, and another's conversation is to be known as such.
        with everything():
            question = under_its_number(request, brand, question)
            visitor = asker(request.session, brand, question, data["off_record"])
            row, is_new = accept(brand, visitor, question)
    except NotYours:
        raise Http404 from None
    if known != visitor:  # the question that made them known is one of their minute too
        asks_too_fast(visitor)
    if is_new:
        remember(row.pk, request.META.get("REMOTE_ADDR", ""))
    return row, is_new


def under_its_number(request: HttpRequest, brand: Brand, question: Question) -> Question:
    """The conversation that was named, where it is theirs or for this browser to begin; else one
    under a number of their own."""
    number = question.conversation_id
    is_theirs = held_by(present(request.session, brand), number) is not None
    if is_theirs or (is_issued(request, number) and is_to_begin(question)):
        return question
    return replace(question, conversation_id=own(browser_here(request.session), number))


def is_flooded(request: HttpRequest, visitor: Visitor | None) -> bool:
    """A visitor who drops the cookie each time is still held by the address."""
    address = request.META.get("REMOTE_ADDR", "")
    most = settings.QUESTIONS_PER_MINUTE * VISITORS_OF_AN_ADDRESS
    if is_too_fast(f"address {address}", most):
        return True
    return visitor is not None and asks_too_fast(visitor)


def asks_too_fast(visitor: Visitor) -> bool:
    """Count one question of theirs; whether it is one too many this minute."""
    return is_too_fast(f"visitor {visitor.pk}", settings.QUESTIONS_PER_MINUTE)


def notice(request: HttpRequest, brand: Brand, words: str, status: int) -> HttpResponse:
    """A plain sentence, beside the composer or, without JavaScript, on a page of its own, where
    what was written stands ready to be sent again."""
    name = "chat/partials/notice_update.html" if request.htmx else "chat/notice.html"  # type: ignore[attr-defined]
    told = {"brand": brand, "words": words, "question_limit": settings.QUESTION_LIMIT}
    told |= {"sent": with_suggestion(request.POST)}
    return unstored(render(request, name, told, status=status))


@require_POST
async def stop(request: HttpRequest, brand: str, message_id: int) -> HttpResponseBase:
    """End an answer at its reader's wish; one that has ended stays as it is."""
    row = await in_thread(own_answer)(request, brand, message_id)
    if await in_thread(hold.stop)(row.pk):
        await poke(row.conversation_id, "turn")
        await let_go(row.pk)
    return await in_thread(told)(request, row)


@require_POST
def answer_offer(
    request: HttpRequest, brand: str, message_id: int, purpose: str, answer: str
) -> HttpResponseBase:
    """The client's yes or no to what stands under an answer."""
    row = own_answer(request, brand, message_id)
    if purpose not in OFFERED or answer not in {"yes", "no"}:
        raise Http404
    take(row, purpose, answer == "yes", offered(request.POST.get("shown_in", "")) or spoken())
    return told(request, row)


def own_answer(request: HttpRequest, slug: str, message_id: int) -> Message:
    """The answer, of this visitor's own conversations with the house. Raises Http404."""
    house = public_brand(request, slug)
    own = Conversation.objects.of(present(request.session, house))
    rows = Message.objects.select_related("conversation__brand", "conversation__visitor__brand")
    return get_object_or_404(
        rows.select_related("question__conversation"),
        pk=message_id,
        conversation__in=own,
        question__isnull=False,
    )


def told_anew(request: HttpRequest, row: Message, is_new: bool) -> HttpResponse:
    """As `told`, to a visitor who may have been made only now.

    A page that shows a conversation whose rows are gone begins another, be it by the same number.
    """
    with everything():
        found = Conversation.objects.filter(pk=row.conversation_id)
        brand_id = found.values_list("brand_id", flat=True).first()
    if brand_id is None:  # it was forgotten while it was answered
        raise Http404
    is_anew = uuid.UUID(request.POST["conversation"]) != row.conversation_id
    is_anew |= "begun" in request.POST and is_new and row.number == FIRST_ANSWER
    with Within(reader(brand_id, request.session)):
        return told(request, row, is_anew)


def told(request: HttpRequest, row: Message, is_anew: bool = False) -> HttpResponse:
    """The thread with the new question, at the address that brings it back; in place of all that
    the page shows where the question began another conversation than was sent."""
    conversation = get_object_or_404(
        Conversation.objects.select_related("brand", "visitor__brand"), pk=row.conversation_id
    )
    brand = conversation.brand
    address = reverse("chat:conversation", args=[brand.slug, conversation.pk])
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{address}#message-{row.question_id}")
    after = 0 if is_anew else row.number - 2
    with translation.override(reads(request, brand)):
        context = page_context(request, brand, conversation, after) | {"is_anew": is_anew}
        context |= {"agreement": agreement(brand, conversation.visitor)}
        response = unstored(render(request, "chat/partials/turn.html", context))
    response["HX-Replace-Url"] = address
    return response


@require_safe
def citation(request: HttpRequest, brand: str, citation_id: int) -> HttpResponse:
    """The passage an answer rests on, in its context, with the quoted words marked."""
    house = public_brand(request, brand)
    own = Conversation.objects.of(present(request.session, house))
    readable = Document.objects.visible_to(Viewer.reading(house.pk))
    found = get_object_or_404(
        Citation.objects.select_related("version__document"),
        pk=citation_id,
        message__conversation__in=own,
        version__document__in=readable,
    )
    return partial_or_page(request, house, "chat/citation.html", cited_context(found))


@require_safe
def piece(request: HttpRequest, brand: str, product_id: int) -> HttpResponse:
    """A piece with all its variants, in one of them (`?form=`) first where one was meant."""
    house = public_brand(request, brand)
    visible = Product.objects.visible_to(Viewer.reading(house.pk))
    visible = visible.select_related("brand").prefetch_related("variants")
    product = get_object_or_404(visible, pk=product_id)
    context = {"product": product, "face": Face(product, asked_form(request, product))}
    return partial_or_page(request, house, "chat/piece.html", context)


def asked_form(request: HttpRequest, product: Product) -> Variant | None:
    """The product's own variant that the address names; another's, or none, is no form."""
    asked = request.GET.get("form", "")
    return next((each for each in product.variants.all() if str(each.pk) == asked), None)


def partial_or_page(
    request: HttpRequest, brand: Brand, inner: str, context: dict[str, Any]
) -> HttpResponse:
    """A leaf for the drawer, or the same leaf as a page of its own."""
    template = inner if request.htmx else "chat/sheet.html"  # type: ignore[attr-defined]
    response = render(request, template, context | {"brand": brand, "inner": inner})
    response["Vary"] = "HX-Request"
    return with_images(brand, unstored(response))
