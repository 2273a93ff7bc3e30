"""What a conversation remembers of itself: rolled on after each answer, told to the next turn."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Any, Literal

from django.db import DatabaseError
from django.db.models import QuerySet

from archive.models import Document
from archive.threads import in_thread
from catalog.models import Product
from concierge.answering.summarise import (
    FULL,
    Heard,
    Memory,
    Shortening,
    rendered,
    rolled,
    shortened,
)
from concierge.answering.turn import Turn
from concierge.answering.way import way_of
from concierge.chat.models import Conversation, Message
from concierge.clients.keys import ForgottenError
from concierge.clients.sealed import sealed
from concierge.llm.errors import ProviderError
from concierge.llm.registry import small_model

FRESH = 2  # messages that are not summarised yet: a model is told at least those themselves
PATIENCE = 20.0  # seconds a model has; nobody waits for it

logger = logging.getLogger(__name__)


def recalled(conversation: Conversation) -> str:
    """The summary for a prompt; pieces and documents that may be shown at this moment alone."""
    if not conversation.summary:
        return ""
    memory = Memory.loaded(conversation.summary)
    viewer = conversation.viewer
    return rendered(
        memory,
        titles(Product.objects.visible_to(viewer), memory.pieces),
        titles(Document.objects.visible_to(viewer), memory.documents),
    )


def titles(visible: QuerySet[Any], ids: tuple[int, ...]) -> list[str]:
    found = dict(visible.filter(pk__in=ids).values_list("pk", "title")) if ids else {}
    return [" ".join(found[pk].split()) for pk in ids if pk in found]


@dataclass(frozen=True, slots=True)
class Step:
    """One rolling on: the summary from message `since` to message `until`."""

    conversation: Conversation
    memory: Memory
    since: int
    until: int


def due(answer_id: int) -> Step | None:
    """What this answer's conversation is to remember from now on; None when nothing is new."""
    own = Message.objects.select_related("conversation__brand").defer("text", "voice_faults")
    row = own.filter(pk=answer_id).first()
    if row is None:  # it was erased meanwhile
        return None
    conversation = row.conversation
    since, until = conversation.summarised, row.number - FRESH
    if until <= since:
        return None
    messages = (
        conversation.messages.filter(number__gt=since, number__lte=until, state__in=Message.SAID)
        .exclude(text="")
        .prefetch_related("cards", "citations__version")
        .order_by("number")
    )
    memory = rolled(Memory.loaded(conversation.summary), [heard(each) for each in messages])
    return Step(conversation, memory, since, until)


def heard(message: Message) -> Heard:
    if message.role != Message.Role.CONCIERGE:
        who: Literal["client", "advisor"]
        who = "advisor" if message.role == Message.Role.ADVISOR else "client"
        return Heard(message.number, who, message.text)
    return Heard(
        message.number,
        "concierge",
        pieces=tuple(card.product_id for card in message.cards.all()),
        documents=tuple(
            dict.fromkeys(each.version.document_id for each in message.citations.all())
        ),
        person=message.person,
    )


def keep(step: Step) -> bool:
    """Store it, unless the conversation remembers further by now."""
    held = Conversation.objects.filter(pk=step.conversation.pk, summarised=step.since)
    field = Conversation._meta.get_field("summary")
    words = sealed(step.memory.dumped(), step.conversation.visitor_id, field)
    return bool(held.update(summary=words, summarised=step.until))


async def roll_on(answer_id: int, turn: Turn) -> None:
    """Remember what this answer leaves behind. The client has it by now, whatever happens here."""
    try:
        step = await in_thread(due)(answer_id)
        if step is None or not await in_thread(keep)(step):
            return
        if step.memory.length >= FULL and (memory := await short(step.memory, turn)):
            await in_thread(keep)(Step(step.conversation, memory, step.until, step.until))
    except (DatabaseError, ForgottenError) as error:
        logger.warning("summary not kept", extra={"error": type(error).__name__})


async def short(memory: Memory, turn: Turn) -> Memory | None:
    """As a small model shortens it; None without one, or when it fails."""
    if (model := await small_model()) is None:
        return None
    asked = Shortening(turn.brand.name, turn.reference, turn.payer)
    try:
        async with asyncio.timeout(PATIENCE):
            return await shortened(memory, asked, model, await way_of(turn))
    except (ProviderError, TimeoutError) as error:
        reason = getattr(error, "reason", "timeout")
        logger.info("summary not shortened", extra={"reason": reason})
        return None
