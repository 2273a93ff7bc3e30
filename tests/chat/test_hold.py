import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from concierge.chat import hold
from concierge.chat.ask import Question, accept
from concierge.chat.models import Message

pytestmark = pytest.mark.django_db


def let_the_lease_run_out(row: Message) -> None:
    past = timezone.now() - timedelta(seconds=1)
    Message.objects.filter(pk=row.pk).update(lease_until=past)


def ask_further(row: Message, text: str = "And when?") -> Message:
    conversation = row.conversation
    sent = Question(conversation.pk, text, uuid.uuid4())
    return accept(conversation.brand, conversation.visitor, sent)[0]


@pytest.fixture
def elsewhere(brand) -> Message:
    """An answer of another conversation, held too."""
    row, _ = accept(brand, None, Question(uuid.uuid4(), "Who?", uuid.uuid4()))
    return hold.claim(row.pk)


def test_an_answer_is_held_by_one_process_at_a_time(pending):
    assert hold.claim(pending.pk).attempts == 1
    assert hold.claim(pending.pk) is None


def test_an_answer_waits_until_those_before_it_are_written(held, reply):
    second = ask_further(held)
    assert hold.claim(second.pk) is None
    assert hold.following(held.pk) == second.pk
    hold.complete(held, reply)
    assert hold.claim(second.pk).pk == second.pk


def test_a_conversation_waits_for_no_other(held, brand):
    elsewhere, _ = accept(brand, None, Question(uuid.uuid4(), "Who?", uuid.uuid4()))
    assert hold.claim(elsewhere.pk) is not None


def test_an_answer_whose_lease_ran_out_can_be_taken_over(held):
    let_the_lease_run_out(held)
    assert hold.claim(held.pk).attempts == 2


def test_a_lease_that_is_renewed_does_not_run_out(held):
    let_the_lease_run_out(held)
    assert hold.renew([(held, "So far")]) == {held.pk}
    assert hold.claim(held.pk) is None


def test_many_are_renewed_at_once_and_each_keeps_its_own_words(held, elsewhere):
    let_the_lease_run_out(held)
    assert hold.renew([(held, "One"), (elsewhere, "Two")]) == {held.pk, elsewhere.pk}
    assert hold.claim(held.pk) is None
    assert [Message.objects.get(pk=each.pk).text for each in (held, elsewhere)] == ["One", "Two"]


def test_of_many_those_that_are_taken_over_or_stopped_keep_nothing(held, elsewhere):
    let_the_lease_run_out(held)
    hold.claim(held.pk)
    hold.stop(elsewhere.pk)
    assert hold.renew([(held, "stale"), (elsewhere, "late")]) == set()
    assert [Message.objects.get(pk=each.pk).text for each in (held, elsewhere)] == ["", ""]
    assert type(hold.refused(held)) is hold.Superseded
    assert type(hold.refused(elsewhere)) is hold.Stopped


def test_a_released_answer_can_be_taken_at_once(held):
    hold.release(held)
    assert hold.claim(held.pk) is not None


def test_a_superseded_process_can_write_nothing_more(held, reply):
    let_the_lease_run_out(held)
    successor = hold.claim(held.pk)
    for attempt in (
        lambda: hold.keep(held, text="stale"),
        lambda: hold.complete(held, reply),
        lambda: hold.fail(held),
    ):
        with pytest.raises(hold.Superseded):
            attempt()
    assert hold.renew([(held, "stale")]) == set()
    hold.complete(successor, reply)
    successor.refresh_from_db()
    assert successor.text == reply.text
    assert successor.citations.count() == 1


def test_a_finished_answer_cannot_be_written_again(answered, reply):
    with pytest.raises(hold.Superseded):
        hold.complete(answered, reply)
    assert hold.claim(answered.pk) is None


def test_a_completed_answer_has_its_citations_and_cards(answered, reply, version, product):
    assert (answered.state, answered.rung, answered.text) == ("complete", "extractive", reply.text)
    [citation] = answered.citations.all()
    assert version.text[citation.start : citation.end] == citation.cited_text
    assert citation.page == 4
    assert [card.product for card in answered.cards.all()] == [product]


def test_a_citation_names_the_page_of_the_quoted_words(held, reply, version):
    """Not that of its passage, which may begin on the page before."""
    [cited] = reply.citations
    words = "Nobody remembers who drew the second."
    start = version.text.index(words)
    over = replace(cited, start=start, end=start + len(words), text=words)
    hold.complete(held, replace(reply, citations=(over,)))
    assert held.citations.get().page == 5


@pytest.mark.parametrize(
    ("question", "apology"),
    [("1934?", "I am sorry"), ("Qui a dessiné le martin-pêcheur ?", "Je suis désolé")],
)
def test_a_failed_answer_apologises_in_its_question_s_language_or_the_house_s(
    held, question, apology
):
    held.question.text = question
    hold.fail(held)
    held.refresh_from_db()
    assert held.state == "failed"
    assert held.text.startswith(apology)


def test_an_answer_whose_process_died_is_an_orphan(held):
    assert hold.orphans() == []
    let_the_lease_run_out(held)
    assert hold.orphans() == [held]


def test_a_question_just_accepted_is_no_orphan(pending):
    assert hold.orphans() == []


def test_a_question_whose_process_died_before_beginning_is_an_orphan(pending):
    Message.objects.filter(pk=pending.pk).update(created=timezone.now() - 2 * hold.LEASE)
    assert hold.orphans() == [pending]


def test_an_answer_that_waits_its_turn_is_no_orphan(held):
    second = ask_further(held)
    Message.objects.filter(pk=second.pk).update(created=timezone.now() - 2 * hold.LEASE)
    assert hold.orphans() == []


def test_an_orphan_is_given_up_after_three_attempts(pending):
    for _ in range(hold.MOST_ATTEMPTS):
        let_the_lease_run_out(hold.claim(pending.pk))
    [orphan] = hold.orphans()
    assert hold.given_up(orphan)
    pending.refresh_from_db()
    assert pending.state == "failed"
    assert hold.orphans() == []


def test_an_orphan_tried_less_often_is_not_given_up(held):
    let_the_lease_run_out(held)
    assert not hold.given_up(hold.orphans()[0])


def test_a_stopped_answer_can_be_written_no_further(held, reply):
    assert hold.stop(held.pk)
    assert hold.renew([(held, "more")]) == set()
    with pytest.raises(hold.Stopped):
        hold.complete(held, reply)
    assert hold.claim(held.pk) is None
    assert hold.orphans() == []


def test_what_stands_of_a_stopped_answer_is_written_once(held, reply):
    hold.stop(held.pk)
    hold.settle(held, reply)
    with pytest.raises(hold.Superseded):
        hold.settle(held, replace(reply, text="again"))
    held.refresh_from_db()
    assert (held.state, held.text, held.is_settling) == ("stopped", reply.text, False)
    assert held.citations.count() == 1


def test_who_was_superseded_does_not_settle_what_another_was_stopped_at(held, reply):
    let_the_lease_run_out(held)
    hold.claim(held.pk)
    hold.stop(held.pk)
    with pytest.raises(hold.Superseded):
        hold.settle(held, reply)


def test_an_answer_that_has_ended_is_not_stopped(answered):
    assert not hold.stop(answered.pk)
    answered.refresh_from_db()
    assert answered.state == "complete"


def test_an_answer_is_stopped_once(held):
    assert hold.stop(held.pk)
    assert not hold.stop(held.pk)


def test_an_answer_nobody_has_begun_is_stopped_without_words(pending):
    assert hold.stop(pending.pk)
    pending.refresh_from_db()
    assert (pending.state, pending.text, pending.is_settling) == ("stopped", "", False)


def test_an_answer_whose_process_died_keeps_the_words_last_kept_when_stopped(held):
    hold.renew([(held, "Ottoline drew")])
    let_the_lease_run_out(held)
    assert hold.stop(held.pk)
    held.refresh_from_db()
    assert (held.text, held.is_settling) == ("Ottoline drew", False)


def test_the_answer_after_a_stopped_one_may_be_begun(held):
    second = ask_further(held)
    hold.stop(held.pk)
    assert hold.next_of_stopped(held.pk) is None  # whoever writes the first goes on to it
    let_the_lease_run_out(held)
    assert hold.next_of_stopped(held.pk) == second.pk
    assert hold.claim(second.pk).pk == second.pk
