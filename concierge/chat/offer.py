"""What a conversation asks its client for, where it matters: one quiet question at a time.

It stands under the last answer alone: to remember, where the message told something worth it; to
let the curators read, where the archive could not answer. What was answered, yes or no, is not
asked again in that conversation.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from archive.wall.scope import everything
from concierge.answering.extract import RUNG as EXTRACTIVE
from concierge.answering.turn import Reply
from concierge.chat.models import Conversation, Message
from concierge.chat.remember import learn
from concierge.chat.write import turn_of
from concierge.clients.asking import asked_by
from concierge.clients.consent import give, last_decision, permits, was_asked_in, withdraw
from concierge.clients.models import Memory, Purpose
from concierge.clients.recognise import recognised, withheld
from concierge.clients.spoken import spoken
from concierge.clients.unkept import kindly
from concierge.clients.wording import Words, current_version, words_of
from concierge.gaps.file import file

OFFERED = frozenset({Purpose.PERSONALISE, Purpose.IMPROVE})
PLACE = "chat"


@dataclass(frozen=True, slots=True)
class Offer:
    """A question under an answer. `told` is what would be remembered, in the client's words."""

    purpose: str
    words: Words
    told: tuple[str, ...] = ()


def offered(conversation: Conversation, answer: Message) -> Offer | None:
    """What is asked under this answer, the last of its conversation; None for most."""
    visitor, asked = conversation.visitor, answer.question
    if visitor.off_record or visitor.browser is None or asked is None or answer.may_change:
        return None
    told = [each.text for each in recognised(asked.text)]
    if told:  # one question under an answer, not the next when that is answered
        is_asked = is_open(conversation, Purpose.PERSONALISE)
        return offer(conversation, Purpose.PERSONALISE, told) if is_asked else None
    silent = answer.refused and answer.rung == EXTRACTIVE
    if silent and is_open(conversation, Purpose.IMPROVE):
        return offer(conversation, Purpose.IMPROVE)
    return None


def never_kept(conversation: Conversation, answer: Message) -> str:
    """What a client is told whose question holds what is never remembered; empty for most."""
    asked = answer.question
    if conversation.visitor.off_record or asked is None or answer.may_change:
        return ""
    return kindly(spoken()) if withheld(asked.text) else ""


def offer(conversation: Conversation, purpose: str, told: Iterable[str] = ()) -> Offer:
    return Offer(purpose, words_of(conversation.brand, purpose, spoken()), tuple(told))


def is_open(conversation: Conversation, purpose: str) -> bool:
    """Whether it is still to be asked. Who has said no on the privacy page is not asked again."""
    visitor = conversation.visitor
    if was_asked_in(conversation.pk, purpose) or permits(visitor.pk, purpose):
        return False
    last = last_decision(visitor, purpose)
    if last is None or last.place == PLACE:
        return True
    return last.version != current_version(conversation.brand.slug, purpose)


def take(answer: Message, purpose: str, is_yes: bool, language: str = "") -> None:
    """The client's yes or no to what stood under this answer, in `language`; a yes holds for it
    already."""
    conversation = answer.conversation
    visitor = conversation.visitor
    decide = give if is_yes else withdraw
    decide(visitor, purpose, language=language, place=PLACE, conversation=conversation.pk)
    if not is_yes or answer.question is None:
        return
    if purpose == Purpose.PERSONALISE:
        for asked in conversation.messages.filter(role=Message.Role.CLIENT).order_by("number"):
            learn(asked)
    else:
        said = Reply(answer.text, rung=answer.rung, refused=answer.refused, support=answer.support)
        turn = turn_of(answer)
        # What curators read is no client's to see.
        with asked_by(turn.visitor), everything():
            file(turn, said)


def kept(conversation: Conversation, answers: Iterable[Message]) -> dict[int, list[Memory]]:
    """By answer, what was remembered of its question."""
    asked = {each.question_id: each.pk for each in answers if each.question_id}
    rows: dict[int, list[Memory]] = {}
    for memory in Memory.objects.filter(visitor=conversation.visitor_id, message__in=asked):
        if memory.message is not None:
            rows.setdefault(asked[memory.message], []).append(memory)
    return rows
