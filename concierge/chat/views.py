"""The concierge page and what it asks for."""

import asyncio
import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from archive.models import Brand, Document
from archive.threads import in_thread
from archive.viewer import Viewer
from catalog.models import Product
from concierge.chat.ask import NotYours, Question, accept
from concierge.chat.context import cited_context
from concierge.chat.models import Citation, Conversation, Message
from concierge.chat.stream import poke
from concierge.chat.thread import held_by, latest, shown
from concierge.chat.write import begin
from concierge.clients.models import Visitor
from concierge.clients.visitors import visitor_of, welcome

WAIT_WITHOUT_SCRIPT = 60  # seconds a page without JavaScript waits for its answer
MINUTE = 60  # seconds


class QuestionForm(forms.Form):
    conversation = forms.UUIDField()
    client_key = forms.UUIDField()
    text = forms.CharField(
        max_length=settings.QUESTION_LIMIT,
        error_messages={
            "required": "Write a question first.",
            "max_length": "That is too long: please keep to %(limit_value)d characters.",
        },
    )


@require_GET
def front(request: HttpRequest) -> HttpResponseBase:
    """The only house's page, or the list of houses."""
    brands = list(Brand.objects.filter(public=True))
    if len(brands) == 1:
        return redirect(brands[0])
    return render(request, "chat/front.html", {"brands": brands})


def public_brand(slug: str) -> Brand:
    return get_object_or_404(Brand, slug=slug, public=True)


@require_GET
def page(request: HttpRequest, brand: str) -> HttpResponse:
    """The conversation this browser last held with the house, or a new one."""
    house = public_brand(brand)
    fresh = "new" in request.GET
    conversation = None if fresh else latest(visitor_of(request.session), house)
    return show(request, house, conversation)


@require_GET
def conversation_page(request: HttpRequest, brand: str, conversation_id: uuid.UUID) -> HttpResponse:
    house = public_brand(brand)
    conversation = held_by(visitor_of(request.session), conversation_id)
    if conversation is None or conversation.brand_id != house.pk:
        raise Http404
    return show(request, house, conversation)


def show(request: HttpRequest, brand: Brand, conversation: Conversation | None) -> HttpResponse:
    response = render(request, "chat/page.html", page_context(brand, conversation))
    response._csp_update = {"img-src": brand.image_hosts}  # type: ignore[attr-defined]
    response["Cache-Control"] = "no-store"
    return response


def page_context(brand: Brand, conversation: Conversation | None) -> dict[str, Any]:
    return {
        "brand": brand,
        "conversation": conversation,
        "conversation_id": conversation.pk if conversation else uuid.uuid4(),
        "messages": shown(conversation) if conversation else [],
        "client_key": uuid.uuid4(),
        "question_limit": settings.QUESTION_LIMIT,
    }


@require_POST
async def ask(request: HttpRequest, brand: str) -> HttpResponseBase:
    """Accept a question and begin its answer; a page without JavaScript waits for it."""
    form = QuestionForm(with_suggestion(request.POST))
    if not form.is_valid():
        words = " ".join(error for errors in form.errors.values() for error in errors)
        return await in_thread(notice)(request, brand, words, 422)
    answer = await in_thread(receive)(request, brand, form.cleaned_data)
    if isinstance(answer, HttpResponse):
        return answer
    row, is_new = answer
    if is_new:
        await poke(row.conversation_id, "turn")
        task = begin(row.pk)
        if not request.htmx:  # type: ignore[attr-defined]
            await asyncio.wait([task], timeout=WAIT_WITHOUT_SCRIPT)
    return await in_thread(told)(request, row)


def with_suggestion(sent: QueryDict) -> QueryDict:
    """A suggestion pressed without JavaScript comes beside an empty question."""
    data = sent.copy()
    data["text"] = sent.get("suggestion") or sent.get("text", "")
    return data


def receive(
    request: HttpRequest, slug: str, data: dict[str, Any]
) -> tuple[Message, bool] | HttpResponse:
    """Store the question, or say in plain words why not."""
    brand = public_brand(slug)
    visitor = welcome(request.session)
    if asked_too_often(visitor):
        words = "That was a little fast for us: please wait a moment and send it again."
        return notice(request, slug, words, 429)
    question = Question(data["conversation"], data["text"], data["client_key"])
    try:
        return accept(brand, visitor, question)
    except NotYours:
        raise Http404 from None


def asked_too_often(visitor: Visitor) -> bool:
    key = f"questions:{visitor.pk}"
    cache.add(key, 0, MINUTE)
    return cache.incr(key) > settings.QUESTIONS_PER_MINUTE


def notice(request: HttpRequest, slug: str, words: str, status: int) -> HttpResponse:
    """A plain sentence, beside the composer or, without JavaScript, on a page of its own."""
    brand = public_brand(slug)
    name = "chat/partials/notice_update.html" if request.htmx else "chat/notice.html"  # type: ignore[attr-defined]
    return render(request, name, {"brand": brand, "words": words}, status=status)


def told(request: HttpRequest, row: Message) -> HttpResponse:
    conversation = Conversation.objects.select_related("brand").get(pk=row.conversation_id)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{conversation.brand.get_absolute_url()}#message-{row.pk}")
    context = page_context(conversation.brand, conversation) | {"first": row.number == 2}
    return render(request, "chat/partials/turn.html", context)


@require_GET
def citation(request: HttpRequest, brand: str, citation_id: int) -> HttpResponse:
    """The passage an answer rests on, in its context, with the quoted words marked."""
    house = public_brand(brand)
    own = Conversation.objects.of(visitor_of(request.session)).filter(brand=house)
    readable = Document.objects.visible_to(Viewer.reading(house.pk))
    found = get_object_or_404(
        Citation.objects.select_related("version__document"),
        pk=citation_id,
        message__conversation__in=own,
        version__document__in=readable,
    )
    return partial_or_page(request, house, "chat/citation", cited_context(found))


@require_GET
def piece(request: HttpRequest, brand: str, product_id: int) -> HttpResponse:
    """A piece with all its variants."""
    house = public_brand(brand)
    visible = Product.objects.visible_to(Viewer.reading(house.pk)).prefetch_related("variants")
    product = get_object_or_404(visible, pk=product_id)
    return partial_or_page(request, house, "chat/piece", {"product": product})


def partial_or_page(
    request: HttpRequest, brand: Brand, name: str, context: dict[str, Any]
) -> HttpResponse:
    inner = f"{name}.html"
    context |= {"brand": brand, "inner": inner}
    template = inner if request.htmx else "chat/sheet.html"  # type: ignore[attr-defined]
    response = render(request, template, context)
    response._csp_update = {"img-src": brand.image_hosts}  # type: ignore[attr-defined]
    response["Vary"] = "HX-Request"
    return response
