"""What a page shows of a conversation, the same for a request, a socket and a reload."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from archive.models import Brand
from catalog.models import Product
from concierge.chat.models import Card, Citation, Conversation, Message
from concierge.chat.render import answer_html
from concierge.clients.models import Visitor


def held_by(visitor: Visitor | None, conversation_id: UUID | str) -> Conversation | None:
    """The conversation, when it is this visitor's; another's is as if it did not exist."""
    own = Conversation.objects.of(visitor).select_related("brand")
    try:
        return own.filter(pk=conversation_id).first()
    except ValidationError:
        return None


def latest(visitor: Visitor | None, brand: Brand) -> Conversation | None:
    return Conversation.objects.of(visitor).filter(brand=brand).select_related("brand").first()


def citation_url(brand: Brand, citation: Citation) -> str:
    return reverse("chat:citation", args=[brand.slug, citation.pk])


def shown(conversation: Conversation) -> list[Message]:
    """The messages in order, each with `html`, `sources` and `pieces` to show."""
    viewer, brand = conversation.viewer, conversation.brand
    visible = Product.objects.visible_to(viewer).prefetch_related("variants")
    messages = conversation.messages.prefetch_related(
        Prefetch("citations", Citation.objects.select_related("version__document")),
        Prefetch("cards", Card.objects.prefetch_related(Prefetch("product", visible))),
    ).order_by("number")
    return [prepare(message, brand) for message in messages]


def prepare(message: Message, brand: Brand) -> Message:
    citations = list(message.citations.all())
    links = {citation.number: citation_url(brand, citation) for citation in citations}
    message.html = html_of(message, links)  # type: ignore[attr-defined]
    message.sources = [  # type: ignore[attr-defined]
        (citation, links[citation.number]) for citation in citations
    ]
    message.pieces = [card.product for card in message.cards.all()]  # type: ignore[attr-defined]
    return message


def html_of(message: Message, links: dict[int, str]) -> SafeString:
    if message.role == Message.Role.CLIENT:
        return mark_safe("")  # noqa: S308 - a client's own words are escaped by the template
    return mark_safe(answer_html(message.text, links))  # noqa: S308 - sanitised by render


def thread_html(conversation: Conversation) -> tuple[str, Message | None]:
    """The whole thread for a socket, and the answer being written, if one is."""
    messages = shown(conversation)
    context = {"brand": conversation.brand, "conversation": conversation, "messages": messages}
    open_answer = next((message for message in messages if message.is_open), None)
    return render_to_string("chat/partials/thread_update.html", context), open_answer


def answer_html_of(answer_id: int) -> str:
    """One finished answer for a socket."""
    message = Message.objects.select_related("conversation__brand").get(pk=answer_id)
    [finished] = [m for m in shown(message.conversation) if m.pk == answer_id]
    context = {"brand": message.conversation.brand, "message": finished}
    return render_to_string("chat/partials/message_update.html", context)
