"""One thing is forgotten: a memory, a question with its answer, a conversation.

It is gone from its tables, from the words of growing answers and from the gaps at once. For a
minute its rows lie aside, in the form of a serialiser, so that the client may have it back; what
they said lies there sealed with their own key, as it was.
"""

import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core import serializers
from django.db import transaction
from django.db.models import Max, QuerySet
from django.db.models.deletion import Collector
from django.utils import timezone

from archive.wall.scope import everything
from concierge.chat import hold
from concierge.chat.models import Conversation, Message
from concierge.clients import decisions
from concierge.clients.models import Memory, Visitor
from concierge.gaps import askers
from concierge.privacy.holds import HeldError, is_held
from concierge.privacy.models import SetAside
from concierge.privacy.places import Person
from concierge.privacy.places_redis import remove_cache, remove_streams
from concierge.privacy.unallowed import has_withdrawn

FOR_A_MINUTE = timedelta(seconds=60)
FIRST = (Conversation, Message)


@everything()  # whose it is was seen to; what hangs on it may be the house's
def forget_memory(visitor: Visitor, memory: Memory) -> SetAside:
    """Raises Memory.DoesNotExist where it is gone or another's, and HeldError as they all do."""
    unless_held(visitor)
    own = Memory.objects.filter(visitor__in=Visitor.objects.same_person(visitor))
    found = own.get(pk=memory.pk)
    with transaction.atomic():
        return put_aside(visitor, SetAside.What.MEMORY, [Memory.objects.filter(pk=found.pk)])


@everything()
def forget_pair(visitor: Visitor, question: Message) -> SetAside:
    """A question of the client's and what was answered, with what was remembered of it."""
    unless_held(visitor, question.conversation_id)
    pair = Message.objects.filter(pk=question.pk) | Message.objects.filter(question=question.pk)
    answers = list(pair.exclude(question=None))
    let_go(answers)
    with transaction.atomic():
        Conversation.objects.select_for_update().get(pk=question.conversation_id)
        unask(visitor, [question])
        aside = put_aside(visitor, SetAside.What.PAIR, [pair, remembered_of(pair)])
        # Its summary may hold the words: it is made again of what is left.
        Conversation.objects.filter(pk=question.conversation_id).update(summary="", summarised=0)
    empty(answers)
    return aside


@everything()
def forget_conversation(visitor: Visitor, conversation: Conversation) -> SetAside:
    unless_held(visitor, conversation.pk)
    messages = conversation.messages.all()
    answers = list(messages.exclude(question=None))
    let_go(answers)
    with transaction.atomic():
        unask(visitor, list(messages.filter(role=Message.Role.CLIENT)))
        rows = [Conversation.objects.filter(pk=conversation.pk), remembered_of(messages)]
        aside = put_aside(visitor, SetAside.What.CONVERSATION, rows)
    empty(answers)
    return aside


def unless_held(visitor: Visitor, conversation: uuid.UUID | None = None) -> None:
    """Raises HeldError where a legal hold stands on the person, or on the one conversation."""
    if is_held(visitor, conversation):
        raise HeldError


def remembered_of(messages: QuerySet[Message]) -> QuerySet[Memory]:
    return Memory.objects.filter(message__in=list(messages.values_list("pk", flat=True)))


def let_go(answers: Iterable[Message]) -> None:
    """Nobody goes on writing them."""
    for answer in answers:
        hold.stop(answer.pk)


def unask(visitor: Visitor, questions: list[Message]) -> None:
    """Take what these questions left with the curators; in the person's name, whoever asked."""
    texts = [each.text for each in questions]
    askers.unask(list(Visitor.objects.same_person(visitor).values_list("pk", flat=True)), texts)


def empty(answers: Iterable[Message]) -> None:
    """What Redis still has of the answers' words and of who asked for them."""
    gone = Person(attempts={each.pk: each.attempts for each in answers})
    remove_streams(gone)
    remove_cache(gone)


def put_aside(visitor: Visitor, what: str, kinds: Iterable[QuerySet[Any]]) -> SetAside:
    """Remove the rows and all that hangs on them, and keep them for a minute."""
    rows: list[Any] = []
    for found in kinds:
        collector = Collector(using=found.db, origin=found)
        collector.collect(found)
        rows += [row for held in collector.data.values() for row in held]
        rows += [row for held in collector.fast_deletes for row in held]
    rows.sort(key=place_in_line)
    aside = SetAside.objects.create(
        visitor=visitor,
        what=what,
        rows=serializers.serialize("json", rows),
        until=timezone.now() + FOR_A_MINUTE,
    )
    roots = [row for row in rows if isinstance(row, (Conversation, Message, Memory))]
    named = [(row._meta.label_lower, row.pk) for row in roots]
    if not visitor.off_record:
        decisions.write(decisions.FORGOT, aside=aside.pk, rows=named)
    for found in kinds:
        found.delete()
    return aside


def place_in_line(row: Any) -> tuple[int, int]:
    """What others hang on comes back before them, a question before its answer."""
    return (FIRST.index(type(row)) if type(row) in FIRST else len(FIRST), getattr(row, "number", 0))


@everything()
def bring_back(visitor: Visitor, aside_id: uuid.UUID) -> bool:
    """Undo a forgetting within its minute; False when that is over, or was never theirs.

    So it is when the conversation around it was forgotten since: that comes back first. What is
    remembered stays away where the client has since said that nothing may be.
    """
    own = Visitor.objects.same_person(visitor)
    with transaction.atomic():
        held = SetAside.objects.select_for_update().filter(pk=aside_id, visitor__in=own).first()
        if held is None or held.until <= timezone.now():
            return False
        rows = list(serializers.deserialize("json", held.rows))
        if not find_place([each.object for each in rows]):
            return False
        is_unwanted = has_withdrawn(visitor)
        for each in rows:
            if not (is_unwanted and isinstance(each.object, Memory)):
                each.save()
        held.delete()
    if not visitor.off_record:
        decisions.write(decisions.HAD_BACK, aside=aside_id)
    return True


def find_place(rows: list[Any]) -> bool:
    """Number a pair that comes back after others have taken its place; whether there is one."""
    messages = [each for each in rows if isinstance(each, Message)]
    around = {each.conversation_id for each in messages}
    around -= {each.pk for each in rows if isinstance(each, Conversation)}
    for pk in around:
        if not Conversation.objects.select_for_update().filter(pk=pk).exists():
            return False
        there = Message.objects.filter(conversation=pk)
        if there.filter(number__in=[each.number for each in messages]).exists():
            end = there.aggregate(last=Max("number"))["last"]
            for number, each in enumerate(messages, end + 1):
                each.number = number
    return True


def empty_the_bin() -> int:
    """What was set aside a minute ago is gone for good; gives how many things."""
    return SetAside.objects.filter(until__lt=timezone.now()).delete()[0]
