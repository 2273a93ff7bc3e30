import uuid

import pytest

from concierge.answering.own_facts import facts
from concierge.chat.ask import Question, accept
from concierge.chat.hold import claim, complete
from concierge.chat.models import Message
from concierge.chat.offer import take
from concierge.chat.remember import learn, remembered_of
from concierge.chat.thread import thread_context
from concierge.chat.write import turn_of
from concierge.clients.asking import asking
from concierge.clients.consent import give, permits, withdraw
from concierge.clients.models import Memory, Visitor
from concierge.gaps.models import Gap

pytestmark = pytest.mark.django_db


@pytest.fixture
def say(brand, person, reply):
    """Asks, and answers with the archive's words or its silence."""
    from dataclasses import replace

    def say(text, talk=None, refused=False, whose=person):
        question = Question(talk or uuid.uuid4(), text, uuid.uuid4())
        answer, _ = accept(brand, whose, question)
        done = replace(reply, refused=refused, support=0.1 if refused else 0.9, kind="heritage")
        if refused:
            done = replace(done, citations=(), product_ids=(), text="The archive does not say.")
        complete(claim(answer.pk), done)
        return Message.objects.select_related("conversation__brand", "question").get(pk=answer.pk)

    return say


def last(answer):
    return thread_context(answer.conversation)["thread"][-1]


def press(browser, answer, purpose, said, **given):
    path = f"/maison/messages/{answer.pk}/{purpose}/{said}/"
    return browser.post(path, **given)


TELLING = "My ring size is 52."


def test_to_remember_is_offered_where_something_was_told(say):
    offer = last(say(TELLING)).offer
    assert (offer.purpose, offer.told) == ("personalise", ("My ring size is 52",))


def test_nothing_is_offered_where_nothing_was_told(say):
    assert last(say("Who drew the kingfisher?")).offer is None


def test_a_card_number_is_neither_offered_nor_kept_and_the_client_is_told(browser, say, person):
    give(person, "personalise", place="privacy")
    answer = say("My card number is 4111 1111 1111 1111, remember it")
    assert learn(answer.question) == []
    assert last(answer).offer is None
    assert "never remembered" in last(answer).never_kept
    page = browser.get(f"/maison/conversations/{answer.conversation_id}/").content.decode()
    assert "never remembered" in page


def test_one_yes_keeps_it_and_the_page_says_what_was_kept(browser, say, person):
    answer = say(TELLING)
    response = press(browser, answer, "personalise", "yes")
    assert response.status_code == 302
    row = Memory.objects.get()
    assert (row.kind, row.text, row.origin) == ("size", "My ring size is 52", "said")
    assert row.message == answer.question_id
    shown = last(answer)
    assert shown.offer is None
    assert [each.text for each in shown.kept] == ["My ring size is 52"]
    assert permits(person.pk, "personalise")


def test_one_no_keeps_nothing_and_is_not_asked_again_there(browser, say, person):
    answer = say(TELLING)
    press(browser, answer, "personalise", "no")
    again = say("I don't like strong scents.", talk=answer.conversation_id)
    assert last(again).offer is None
    assert not Memory.objects.exists()
    assert last(say(TELLING)).offer is not None  # another conversation may ask


def test_who_withdrew_on_the_privacy_page_is_not_asked(say, person):
    give(person, "personalise", place="privacy")
    withdraw(person, "personalise", place="privacy")
    assert last(say(TELLING)).offer is None


def test_the_curators_reading_is_offered_where_the_archive_was_silent(browser, say, brand):
    answer = say("Who is the night watchman?", refused=True)
    assert last(answer).offer.purpose == "improve"
    assert not Gap.objects.exists()
    press(browser, answer, "improve", "yes")
    assert Gap.objects.get().question == "Who is the night watchman?"


def test_what_the_thread_does_after_a_yes_is_not_of_who_gave_it(say, brand):
    take(say("Who is the night watchman?", refused=True), "improve", is_yes=True)
    assert Gap.objects.exists()
    assert asking.get() == ""


def test_no_gap_is_filed_when_the_curators_may_not_read(browser, say):
    answer = say("Who is the night watchman?", refused=True)
    press(browser, answer, "improve", "no")
    assert not Gap.objects.exists()
    later = say("Who is the day watchman?", talk=answer.conversation_id, refused=True)
    assert last(later).offer is None


def test_the_card_changes_in_place(browser, say):
    answer = say(TELLING)
    page = browser.get(f"/maison/conversations/{answer.conversation_id}/").content.decode()
    assert "remember this for the next time" in page
    response = press(browser, answer, "personalise", "yes", headers={"HX-Request": "true"})
    assert "Kept for the next time" in response.content.decode()


@pytest.mark.parametrize("whose", ["nobody", "another"])
def test_nobody_else_can_press_it(client, brand, say, whose):
    answer = say(TELLING)
    if whose == "another":
        visitor = Visitor.objects.create(brand=brand, browser=uuid.uuid4())
        session = client.session
        session["visitor"] = str(visitor.browser)
        session.save()
    assert press(client, answer, "personalise", "yes").status_code == 404
    assert not Memory.objects.exists()


@pytest.mark.parametrize("path", ["train/yes", "serve/yes", "personalise/maybe"])
def test_only_what_is_offered_can_be_answered(browser, say, path):
    answer = say(TELLING)
    assert browser.post(f"/maison/messages/{answer.pk}/{path}/").status_code == 404


def test_another_method_is_refused(browser, say):
    answer = say(TELLING)
    assert browser.get(f"/maison/messages/{answer.pk}/personalise/yes/").status_code == 405


def test_the_same_thing_is_remembered_once(say, person):
    give(person, "personalise", place="privacy")
    assert len(learn(say(TELLING).question)) == 1
    assert learn(say("my ring SIZE is 52").question) == []


def test_what_is_remembered_is_told_with_the_yes_alone(say, person):
    give(person, "personalise", place="privacy")
    learn(say(TELLING).question)
    assert remembered_of(person) == ("size: My ring size is 52",)
    withdraw(person, "personalise", place="privacy")
    assert remembered_of(person) == ()
    assert learn(say("I don't like strong scents.").question) == []


def test_off_the_record_nothing_is_offered(say, brand, person):
    quiet = Visitor.objects.create(brand=brand, browser=person.browser, off_record=True)
    assert last(say(TELLING, whose=quiet)).offer is None


def test_what_was_corrected_or_forgotten_counts_in_the_open_conversation(say, person):
    give(person, "personalise", place="privacy")
    first = say("I wear size 6 gloves")
    [memory] = learn(first.question)
    memory.text = "I wear size 7 gloves"
    memory.save()
    later = say("What do you know about me?", talk=first.conversation_id)
    assert facts(turn_of(later)) == ("size: I wear size 7 gloves",)
    memory.delete()
    assert facts(turn_of(later)) == ()


def test_what_was_said_before_the_yes_of_another_page_is_still_known(say, person):
    first = say(TELLING)
    give(person, "personalise", place="privacy")
    later = say("What do you know about me?", talk=first.conversation_id)
    assert facts(turn_of(later)) == ("size: My ring size is 52",)


def test_a_size_told_again_is_the_latest_word(say, person):
    give(person, "personalise", place="privacy")
    for text in ("I wear size 6 gloves", "I wear size 7 gloves", "I wear size 6 gloves"):
        learn(say(text).question)
    assert remembered_of(person)[-1] == "size: I wear size 6 gloves"
