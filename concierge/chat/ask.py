"""A question is accepted: its message and its pending answer are rows before anything else."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from archive.models import Brand
from concierge.chat.models import Conversation, Message
from concierge.clients.consent import give, is_decided
from concierge.clients.keys import ForgottenError
from concierge.clients.models import Purpose, Visitor
from concierge.clients.off_record import ended
from concierge.clients.visitors import browser_of, unrecorded, welcome

COMPOSER = "composer"
RESENT = timedelta(hours=1)  # within which a question whose reply was lost is sent again


class NotYours(LookupError):  # noqa: N818 - what is so, not what went wrong
    """The conversation is somebody else's, which is told as if it did not exist."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a page or a command sends."""

    conversation_id: uuid.UUID
    text: str
    client_key: uuid.UUID
    audience: str = "public"
    place: str = COMPOSER  # where the words stood that sending it agrees to; empty: nowhere
    spoken: str = ""  # the language of those words; empty: the house's

    @property
    def key(self) -> uuid.UUID:
        """The same for the same words sent again; other words are another question."""
        return uuid.uuid5(self.client_key, self.text)


def sender(question: Question) -> Visitor | None:
    """Who sent this very question before, for a page that lost the reply and with it the cookie.

    A visitor is made with the first question, and only the page that sent it knows its key.
    """
    first = Message.objects.filter(
        conversation=question.conversation_id,
        number=1,
        client_key=question.key,
        created__gt=timezone.now() - RESENT,
    )
    sent = first.select_related("conversation__visitor").first()
    return sent.conversation.visitor if sent else None


def is_to_begin(question: Question) -> bool:
    """Whether nobody has begun the conversation, or it was this very question that did."""
    begun = Conversation.objects.filter(pk=question.conversation_id).exists()
    return not begun or sender(question) is not None


def asker(session: Any, brand: Brand, question: Question, off_record: bool) -> Visitor:
    """Who asks: the visitor of the conversation it goes on with, else the browser's own.

    A conversation is off the record from its first question or not at all. Whoever begins another
    ends the one that was.
    """
    held = Conversation.objects.select_related("visitor__brand").filter(
        pk=question.conversation_id, brand=brand, visitor__browser=browser_of(session)
    )
    going_on = held.first() if browser_of(session) else None
    if going_on is not None:
        return going_on.visitor
    known = sender(question)
    if known is None:
        leave(session, brand)
    if off_record and known is None:
        return unrecorded(session, brand)
    return welcome(session, brand, known)


def leave(session: Any, brand: Brand) -> None:
    """The conversations this browser has off the record at the house are over."""
    browser = browser_of(session)
    if browser is None:
        return
    for visitor in Visitor.objects.filter(browser=browser, brand=brand, off_record=True):
        ended.send(sender=Visitor, visitor=visitor)


def accept(brand: Brand, visitor: Visitor | None, question: Question) -> tuple[Message, bool]:
    """Store the question and its pending answer, once. Returns the answer and whether it is new.

    Without a `visitor` it is whoever works on this machine who asks. The first question of a
    visitor is their yes to being answered, in the words beside the composer.

    The same question sent again, by a second press or after a lost reply, gives the first answer.
    A question asked while another is being answered waits for its turn. Raises NotYours, for
    somebody who is forgotten at this very moment too.
    """
    try:
        with transaction.atomic():
            return stored(brand, visitor, question)
    except (IntegrityError, ForgottenError, Conversation.DoesNotExist, Visitor.DoesNotExist):
        if visitor is None or Visitor.objects.filter(pk=visitor.pk).exists():
            raise
        raise NotYours(question.conversation_id) from None


def stored(brand: Brand, visitor: Visitor | None, question: Question) -> tuple[Message, bool]:
    """What `accept` does, in its transaction."""
    agree(visitor, question)
    conversation, is_new = begun(brand, visitor, question)
    if is_new:  # nobody else sees it yet
        return written(conversation, question, 1), True
    # What was told to one audience is not gone on with before another.
    if (conversation.brand_id, conversation.audience) != (brand.pk, question.audience):
        raise NotYours(question.conversation_id)
    if not is_of(conversation, visitor):
        raise NotYours(question.conversation_id)
    # One question at a time takes its number.
    conversation = Conversation.objects.select_for_update().get(pk=conversation.pk)
    told = conversation.messages.filter(client_key=question.key).first()
    if told:
        return told.answer, False
    last = conversation.messages.order_by("-number").values_list("number", flat=True).first()
    answer = written(conversation, question, (last or 0) + 1)
    conversation.save(update_fields=["updated"])
    return answer, True


def written(conversation: Conversation, question: Question, number: int) -> Message:
    """The question as a message of that number, and its pending answer as the next."""
    asked = Message.objects.create(
        conversation=conversation,
        number=number,
        role=Message.Role.CLIENT,
        text=question.text,
        client_key=question.key,
    )
    return Message.objects.create(
        conversation=conversation,
        number=asked.number + 1,
        role=Message.Role.CONCIERGE,
        state=Message.State.PENDING,
        question=asked,
    )


def agree(visitor: Visitor | None, question: Question) -> None:
    """The first question is the yes to being answered, unless it was decided before."""
    if visitor and question.place and not is_decided(visitor, Purpose.SERVE):
        give(
            visitor,
            Purpose.SERVE,
            language=question.spoken,
            place=question.place,
            conversation=question.conversation_id,
        )


def begun(brand: Brand, visitor: Visitor | None, question: Question) -> tuple[Conversation, bool]:
    """The conversation, and whether it begins with this question."""
    return Conversation.objects.get_or_create(  # type: ignore[misc]  # made only where needed
        id=question.conversation_id,
        defaults={
            "brand": brand,
            "visitor": lambda: visitor or Visitor.objects.create(brand=brand),
            "audience": question.audience,
        },
    )


def is_of(conversation: Conversation, visitor: Visitor | None) -> bool:
    if visitor is None:
        return conversation.visitor.browser is None
    return Conversation.objects.of(visitor).filter(pk=conversation.pk).exists()
