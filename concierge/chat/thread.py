"""What a page shows of a conversation, the same for a request, a socket and a reload.

Everything shown carries `at`, its place in the life of the answer, so that a page which is handed
an older state after a newer one keeps the newer.
"""

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, prefetch_related_objects
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import override

from archive.models import Brand
from catalog.face import Face
from catalog.models import Product
from concierge.chat import stream
from concierge.chat.models import Card, Citation, Conversation, Message
from concierge.chat.offer import Offer, kept, never_kept, offered
from concierge.chat.render import MARKER, answer_html
from concierge.clients.keys import ForgottenError
from concierge.clients.models import Memory, Visitor
from concierge.clients.visitors import present

ATTEMPT = 1_000_000  # more than the events of any attempt
ENDED = ATTEMPT - 1


@dataclass(frozen=True, slots=True)
class Shown:
    """A message and what is to be seen of it."""

    message: Message
    html: str = ""
    at: int = 0
    standing: stream.Standing = field(default_factory=stream.Standing)
    attempt: stream.Attempt | None = None  # whose events are to be read, once it has begun
    sources: tuple[tuple[Citation, str], ...] = ()
    pieces: tuple[Face, ...] = ()
    offer: Offer | None = None
    kept: tuple[Memory, ...] = ()  # what was remembered of its question
    never_kept: str = ""  # said where the question holds what is never remembered


def held_by(visitor: Visitor | None, conversation_id: UUID | str) -> Conversation | None:
    """The conversation, when it is this visitor's; another's is as if it did not exist."""
    own = Conversation.objects.of(visitor).select_related("brand")
    try:
        return own.filter(pk=conversation_id).first()
    except ValidationError:
        return None


def held_here(session: Any, conversation_id: UUID | str) -> Conversation | None:
    """The same for a browser, at whichever house the conversation is."""
    found = Conversation.objects.select_related("brand").filter(pk=conversation_id).first()
    return held_by(present(session, found.brand), conversation_id) if found else None


def latest(visitor: Visitor | None, brand: Brand) -> Conversation | None:
    return Conversation.objects.of(visitor).filter(brand=brand).select_related("brand").first()


def citation_url(brand: Brand, citation: Citation) -> str:
    return reverse("chat:citation", args=[brand.slug, citation.pk])


def shown(conversation: Conversation, after: int = 0) -> list[Shown]:
    """The messages numbered above `after`, in order; an answer being written as far as it is."""
    visible = Product.objects.visible_to(conversation.viewer)
    visible = visible.select_related("brand").prefetch_related("variants")
    messages = list(
        conversation.messages.filter(number__gt=after).select_related("question").order_by("number")
    )
    # What is still to come has neither sources nor pieces; of a document its text is not shown.
    whole = [each for each in messages if each.role != Message.Role.CLIENT and not each.is_open]
    cited = Citation.objects.select_related("version__document").defer("version__text")
    prefetch_related_objects(
        whole,
        Prefetch("citations", cited),
        Prefetch("cards", Card.objects.filter(product__in=visible).select_related("variant")),
        Prefetch("cards__product", visible),
    )
    return [_shown(message, conversation.brand) for message in messages]


def _shown(message: Message, brand: Brand) -> Shown:
    if message.role == Message.Role.CLIENT:
        return Shown(message)
    if message.state == Message.State.STREAMING or message.is_settling:
        return _growing(message)
    if message.is_open:
        return Shown(message)
    if message.state == Message.State.STOPPED and message.lease_until:
        message.text = MARKER.sub("", message.text)  # nobody is left to say what they mean
    cited = [(each, citation_url(brand, each)) for each in message.citations.all()]
    links = {citation.number: address for citation, address in cited}
    return Shown(
        message,
        html=mark_safe(answer_html(message.text, links)),  # noqa: S308 - sanitised by render
        at=words_at(message, ENDED),
        sources=tuple(cited),
        pieces=tuple(card.face for card in message.cards.all()),
    )


def _growing(message: Message) -> Shown:
    """The stream is ahead of the row, which is written once a second."""
    try:
        attempt = stream.attempt_at(message)
    except ForgottenError:  # erased in this very moment
        return Shown(message)
    standing = stream.standing(attempt)
    html = standing.html if standing.number else answer_html(message.text)
    return Shown(
        message,
        html=mark_safe(html),  # noqa: S308 - sanitised by render
        at=words_at(message, ENDED - 1 if message.is_settling else standing.number),
        standing=standing,
        attempt=attempt,
    )


def words_at(message: Message, number: int) -> int:
    return message.attempts * ATTEMPT + number


def thread_context(conversation: Conversation, after: int = 0) -> dict[str, Any]:
    """What the thread's template needs. Those up to `after`, which the page has, are only named."""
    earlier = conversation.messages.filter(number__lte=after).order_by("number")
    named = list(earlier.values_list("pk", flat=True)) if after else []
    thread = asking(conversation, shown(conversation, after))
    return {
        "brand": conversation.brand,
        "conversation": conversation,
        "named": named,
        "thread": thread,
        "length": len(named) + len(thread),
    }


def asking(conversation: Conversation, thread: list[Shown]) -> list[Shown]:
    """With what is asked of the client under the last answer, and what was kept of which."""
    memories = kept(conversation, [each.message for each in thread])
    whole = [
        replace(each, kept=tuple(memories[each.message.pk]))
        if each.message.pk in memories
        else each
        for each in thread
    ]
    if whole:
        last = whole[-1].message
        asked, said = offered(conversation, last), never_kept(conversation, last)
        whole[-1] = replace(whole[-1], offer=asked, never_kept=said)
    return whole


@dataclass(frozen=True, slots=True)
class Update:
    """The thread for a socket; the answer being written or waited for; what will not change."""

    html: str
    awaited: Shown | None
    settled: int  # the number up to which every message is whole


def thread_update(conversation: Conversation, after: int = 0, language: str = "") -> Update:
    """For a page in `language`, else in the house's."""
    with override(language or conversation.brand.language):
        context = thread_context(conversation, after)
        html = render_to_string("chat/partials/thread_update.html", context)
    thread: list[Shown] = context["thread"]
    awaited = next((each for each in thread if each.message.is_open), None)
    changing = next((each.message.number for each in thread if each.message.may_change), None)
    last = thread[-1].message.number if thread else after
    settled = changing - 1 if changing else last
    return Update(html, awaited, settled)


def words_update(message: Message, standing: stream.Standing) -> str:
    """The words of one answer for a socket."""
    html = mark_safe(standing.html)  # noqa: S308 - sanitised by render
    each = Shown(message, html=html, at=words_at(message, standing.number))
    return render_to_string("chat/partials/words_update.html", {"each": each})
