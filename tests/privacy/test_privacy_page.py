import html
import uuid

import pytest
from django.test import Client as Browser

from concierge.audit.models import Reading
from concierge.chat.ask import Question, accept
from concierge.chat.models import Conversation, Message
from concierge.clients.consent import give, permits
from concierge.clients.models import Consent, Memory, Note, Visitor
from concierge.clients.unkept import kindly
from concierge.clients.visitors import KEY
from concierge.privacy.models import Erasure, SetAside

pytestmark = pytest.mark.django_db

PAGE = "/maison/privacy/"
SOMEWHERE = uuid.UUID(int=7)


def body(response) -> str:
    return response.content.decode()


def browser_of(visitor) -> Browser:
    client = Browser()
    session = client.session
    session[KEY] = str(visitor.browser)
    session.save()
    return client


@pytest.fixture
def memory(person):
    return Memory.objects.create(visitor=person, kind="size", origin="said", text="Ring size 52")


@pytest.fixture
def stranger(brand):
    return browser_of(Visitor.objects.create(brand=brand, browser=uuid.uuid4()))


@pytest.fixture
def elsewhere(other_brand, person):
    """The same browser's visitor at another house of the installation."""
    return Visitor.objects.create(brand=other_brand, browser=person.browser)


def acts(memory, answered) -> list[str]:
    """Every address of a thing of the client's."""
    return [
        f"{PAGE}memories/{memory.pk}/",
        f"{PAGE}memories/{memory.pk}/forget/",
        f"{PAGE}questions/{answered.question_id}/forget/",
        f"{PAGE}conversations/{answered.conversation_id}/forget/",
    ]


def test_who_has_asked_nothing_is_held_nothing_of(client, brand):
    assert "Nothing is held on you" in body(client.get(PAGE))
    assert not Visitor.objects.exists()


def test_everything_held_stands_on_the_page(browser, person, memory, answered, brand):
    Note.objects.create(visitor=person, text="Prefers to be met in Lyon")
    Reading.objects.create(
        visitor=person,
        conversation=answered.conversation_id,
        role="staff",
        reason="complaint",
        words="x",
        salt="s",
        until=memory.created,
    )
    html = body(browser.get(PAGE))
    for words in (
        "Ring size 52",
        "Prefers to be met in Lyon",
        "Who drew the kingfisher?",
        "A complaint is looked into",
        "You have allowed it",
        "Version 1",
        "beside your first question",
    ):
        assert words in html


def test_a_house_in_french_says_it_in_french(browser, answered, brand):
    brand.language = "fr"
    brand.save()
    html = body(browser.get(PAGE))
    assert "Ce que vous permettez" in html
    assert "Vous répondre" in html


def test_what_another_browser_or_house_holds_is_not_on_it(browser, memory, stranger, elsewhere):
    Memory.objects.create(visitor=elsewhere, kind="size", origin="said", text="Glove size 7")
    assert "Ring size 52" not in body(stranger.get(PAGE))
    assert "Glove size 7" not in body(browser.get(PAGE))


def test_one_press_allows_and_one_takes_it_back(browser, person):
    browser.post(f"{PAGE}consents/train/", {"answer": "yes"})
    assert permits(person.pk, "train")
    browser.post(f"{PAGE}consents/train/", {"answer": "no"})
    assert not permits(person.pk, "train")
    assert Consent.objects.get().place == "privacy"


def test_remembering_taken_back_forgets_what_was_remembered(browser, person, memory):
    give(person, "personalise", place="chat")
    browser.post(f"{PAGE}consents/personalise/", {"answer": "no"})
    assert not Memory.objects.exists()


def test_a_memory_is_corrected_in_the_client_s_words(browser, memory):
    browser.post(f"{PAGE}memories/{memory.pk}/", {"text": "Ring size 54"})
    memory.refresh_from_db()
    assert (memory.text, memory.origin) == ("Ring size 54", "written")


@pytest.mark.parametrize("text", ["", "   ", "x" * 301, "Card 4111 1111 1111 1111"])
def test_words_that_cannot_stand_leave_it_as_it_was(browser, memory, text):
    browser.post(f"{PAGE}memories/{memory.pk}/", {"text": text})
    memory.refresh_from_db()
    assert memory.text == "Ring size 52"


def test_what_is_never_kept_is_said_to_be_never_kept(browser, memory):
    response = browser.post(f"{PAGE}memories/{memory.pk}/", {"text": "Card 4111 1111 1111 1111"})
    assert response.status_code == 422
    assert kindly("en") in html.unescape(body(response))
    assert f'href="{PAGE}"' in body(response)


def test_a_memory_forgotten_can_come_back_within_its_minute(browser, memory):
    response = browser.post(f"{PAGE}memories/{memory.pk}/forget/", follow=True)
    assert not Memory.objects.exists()
    assert "For one minute" in body(response)
    browser.post(f"{PAGE}undo/{SetAside.objects.get().pk}/")
    assert Memory.objects.get().text == "Ring size 52"
    assert not SetAside.objects.exists()


def test_a_question_and_its_answer_go_and_come_back_whole(browser, answered):
    before = {each.pk: each.text for each in Message.objects.all()}
    browser.post(f"{PAGE}questions/{answered.question_id}/forget/")
    assert not Message.objects.exists()
    assert Conversation.objects.exists()
    browser.post(f"{PAGE}undo/{SetAside.objects.get().pk}/")
    assert {each.pk: each.text for each in Message.objects.all()} == before
    assert answered.citations.count() == answered.cards.count() == 1


def test_a_conversation_goes_with_all_that_hangs_on_it(browser, person, answered):
    Memory.objects.create(
        visitor=person, kind="size", origin="said", text="x", message=answered.question_id
    )
    browser.post(f"{PAGE}conversations/{answered.conversation_id}/forget/")
    assert not Conversation.objects.exists()
    assert not Memory.objects.exists()
    browser.post(f"{PAGE}undo/{SetAside.objects.get().pk}/")
    assert Conversation.objects.get().messages.count() == 2
    assert Memory.objects.exists()


def test_what_comes_back_after_another_question_stands_behind_it(browser, person, answered):
    browser.post(f"{PAGE}questions/{answered.question_id}/forget/")
    again = Question(answered.conversation_id, "And the fern?", uuid.uuid4())
    accept(person.brand, person, again)
    back = browser.post(f"{PAGE}undo/{SetAside.objects.get().pk}/")
    assert back.status_code == 302
    texts = Message.objects.filter(role="client").order_by("number")
    assert [each.text for each in texts] == ["And the fern?", "Who drew the kingfisher?"]
    assert sorted(Message.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_a_question_comes_back_after_the_conversation_around_it(browser, answered):
    browser.post(f"{PAGE}questions/{answered.question_id}/forget/")
    pair = SetAside.objects.get()
    browser.post(f"{PAGE}conversations/{answered.conversation_id}/forget/")
    whole = SetAside.objects.exclude(pk=pair.pk).get()
    undone = [browser.post(f"{PAGE}undo/{each.pk}/").status_code for each in (pair, whole, pair)]
    assert undone == [404, 302, 302]
    assert Message.objects.count() == 2
    assert browser.post(f"{PAGE}undo/{pair.pk}/").status_code == 404  # once


def test_what_may_not_be_remembered_any_more_does_not_come_back(browser, person, memory):
    give(person, "personalise", place="chat")
    browser.post(f"{PAGE}memories/{memory.pk}/forget/")
    browser.post(f"{PAGE}consents/personalise/", {"answer": "no"})
    browser.post(f"{PAGE}undo/{SetAside.objects.get().pk}/")
    assert not Memory.objects.exists()


def test_what_was_set_aside_is_sealed(browser, answered):
    browser.post(f"{PAGE}conversations/{answered.conversation_id}/forget/")
    assert "Who drew" not in SetAside.objects.get().rows


def test_after_its_minute_it_is_gone_for_good(browser, memory):
    from datetime import timedelta

    from django.db.models import F

    from concierge.privacy.tasks import tidy

    browser.post(f"{PAGE}memories/{memory.pk}/forget/")
    SetAside.objects.update(until=F("until") - timedelta(seconds=61))
    [aside] = SetAside.objects.all()
    assert browser.post(f"{PAGE}undo/{aside.pk}/").status_code == 404
    tidy()
    assert not SetAside.objects.exists()


def test_forgetting_everything_asks_once_more(browser, answered):
    assert "Shall everything be forgotten?" in body(browser.get(f"{PAGE}forget/"))
    browser.post(f"{PAGE}forget/")
    assert Conversation.objects.exists()


def test_the_second_press_forgets_everything_and_gives_a_receipt(browser, memory, answered):
    html = body(browser.post(f"{PAGE}forget/", {"sure": "forget everything"}))
    receipt = Erasure.objects.get().receipt
    assert receipt["signature"] in html
    assert not Visitor.objects.exists()
    assert "Nothing is held on you" in body(browser.get(PAGE))


@pytest.mark.parametrize("which", range(4))
def test_another_s_thing_is_as_if_it_did_not_exist(stranger, memory, answered, which):
    assert stranger.post(acts(memory, answered)[which], {"text": "x"}).status_code == 404
    assert (Memory.objects.count(), Message.objects.count()) == (1, 2)


def test_another_s_undo_is_as_if_it_did_not_exist(browser, stranger, memory):
    browser.post(f"{PAGE}memories/{memory.pk}/forget/")
    assert stranger.post(f"{PAGE}undo/{SetAside.objects.get().pk}/").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "consents/serve/",
        "memories/1/",
        "memories/1/forget/",
        "questions/1/forget/",
        f"conversations/{SOMEWHERE}/forget/",
        f"undo/{SOMEWHERE}/",
        f"off-the-record/{SOMEWHERE}/",
        "export/",
        "forget/",
    ],
)
def test_nobody_can_do_nothing(client, brand, path):
    assert client.post(f"{PAGE}{path}").status_code == 404
    if path != "forget/":
        assert client.get(f"{PAGE}{path}").status_code == 405
    assert client.post(f"/nowhere/privacy/{path}").status_code == 404


def test_an_unknown_purpose_is_not_found(browser):
    assert browser.post(f"{PAGE}consents/advertise/", {"answer": "yes"}).status_code == 404


def test_the_page_is_only_looked_at(browser):
    assert browser.post(PAGE).status_code == 405
    assert browser.get(PAGE)["Cache-Control"].startswith("max-age=0")
