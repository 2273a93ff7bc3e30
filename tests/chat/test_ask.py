import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from concierge.chat.ask import NotYours, Question, accept
from concierge.chat.models import Conversation, Message
from concierge.clients.models import Visitor

pytestmark = pytest.mark.django_db


def question(text="Who drew it?", **given) -> Question:
    known = {"conversation_id": uuid.uuid4(), "client_key": uuid.uuid4()} | given
    return Question(text=text, **known)


def test_a_question_and_its_pending_answer_are_rows_at_once(brand, person):
    answer, is_new = accept(brand, person, question())
    assert is_new
    asked = answer.question
    assert (asked.number, asked.role, asked.text) == (1, "client", "Who drew it?")
    assert (answer.number, answer.role, answer.state) == (2, "concierge", "pending")


def test_the_same_question_sent_again_gives_the_first_answer(brand, person):
    sent = question()
    first, _ = accept(brand, person, sent)
    assert accept(brand, person, sent) == (first, False)
    assert Message.objects.count() == 2


def test_other_words_under_the_same_key_are_another_question(brand, person):
    sent = question()
    accept(brand, person, sent)
    edited = Question(sent.conversation_id, "And when?", sent.client_key)
    answer, is_new = accept(brand, person, edited)
    assert is_new
    assert answer.number == 4


@pytest.mark.django_db(transaction=True)
def test_questions_sent_at_the_same_moment_each_get_their_place(brand, person):
    conversation = uuid.uuid4()

    def send(number: int) -> int:
        try:
            sent = question(f"Question {number}?", conversation_id=conversation)
            return accept(brand, person, sent)[0].number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(send, range(4)))
    assert sorted(numbers) == [2, 4, 6, 8]


@pytest.mark.django_db(transaction=True)
def test_one_question_sent_twice_at_the_same_moment_is_one(brand, person):
    sent = question()

    def send(_: int) -> tuple[int, bool]:
        try:
            answer, is_new = accept(brand, person, sent)
            return answer.pk, is_new
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(send, range(4)))
    assert len({pk for pk, _ in told}) == 1
    assert sorted(is_new for _, is_new in told) == [False, False, False, True]


def test_nobody_can_ask_in_the_conversation_of_another(brand, person):
    answer, _ = accept(brand, person, question())
    intruder = Visitor.objects.create(brand=brand, browser=uuid.uuid4())
    with pytest.raises(NotYours):
        accept(brand, intruder, question(conversation_id=answer.conversation_id))
    with pytest.raises(NotYours):
        accept(brand, None, question(conversation_id=answer.conversation_id))
    assert Message.objects.count() == 2


def test_a_visitor_cannot_ask_in_a_conversation_of_nobody(brand, person):
    answer, _ = accept(brand, None, question())
    with pytest.raises(NotYours):
        accept(brand, person, question(conversation_id=answer.conversation_id))


def test_a_conversation_belongs_to_one_brand(brand, other_brand, person):
    answer, _ = accept(brand, person, question())
    with pytest.raises(NotYours):
        accept(other_brand, person, question(conversation_id=answer.conversation_id))
    assert Conversation.objects.get().brand == brand
