"""A question is accepted: its message and its pending answer are rows before anything else."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from archive.models import Brand
from concierge.chat.models import Conversation, Message
from concierge.clients.models import Visitor

LEASE = timedelta(seconds=15)  # how long an answer may go without a sign of life


class NotYours(LookupError):
    """The conversation is somebody else's, which is told as if it did not exist."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a page or a command sends."""

    conversation_id: uuid.UUID
    text: str
    client_key: uuid.UUID
    audience: str = "public"


def accept(brand: Brand, visitor: Visitor | None, question: Question) -> tuple[Message, bool]:
    """Store the question and its pending answer, once. Returns the answer and whether it is new.

    The same `client_key` sent again, in a second tab or after a lost reply, gives the first answer.
    Raises NotYours.
    """
    with transaction.atomic():
        conversation, _ = Conversation.objects.get_or_create(
            id=question.conversation_id,
            defaults={"brand": brand, "visitor": visitor, "audience": question.audience},
        )
        if conversation.brand_id != brand.pk or conversation.visitor != visitor:
            raise NotYours(question.conversation_id)
        conversation = Conversation.objects.select_for_update().get(pk=conversation.pk)
        told = conversation.messages.filter(client_key=question.client_key).first()
        if told:
            return told.answer, False
        last = conversation.messages.order_by("-number").values_list("number", flat=True).first()
        asked = Message.objects.create(
            conversation=conversation,
            number=(last or 0) + 1,
            role=Message.Role.CLIENT,
            text=question.text,
            client_key=question.client_key,
        )
        answer = Message.objects.create(
            conversation=conversation,
            number=asked.number + 1,
            role=Message.Role.CONCIERGE,
            state=Message.State.PENDING,
            question=asked,
            attempts=1,
            lease_until=timezone.now() + LEASE,
        )
        conversation.save(update_fields=["updated"])
        return answer, True
