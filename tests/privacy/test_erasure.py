import hashlib
import uuid

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from concierge.chat.ask import Question, accept
from concierge.chat.models import Conversation, Message
from concierge.clients import consent
from concierge.clients.models import Client, Consent, Key, Memory, Note, Visitor
from concierge.llm.budget import pseudonym
from concierge.llm.models import Call, Spending
from concierge.privacy import erasure as journey
from concierge.privacy import ledger
from concierge.privacy.erasure import ErasureError, ask, erase, sweep
from concierge.privacy.models import BrowserSession, Erasure
from concierge.privacy.places import everything_of

pytestmark = pytest.mark.django_db

CLIENT = Erasure.Reason.CLIENT


@pytest.fixture
def known(person, answered, brand):
    """Somebody of whom the house holds something everywhere that rows are."""
    Memory.objects.create(visitor=person, kind="size", text="A glove of 7", origin="said")
    Note.objects.create(visitor=person, text="Likes the heron")
    consent.give(person, "personalise", place="chat")
    name = pseudonym(person.pk.hex)
    Call.objects.create(provider="p", model="m", purpose="a", outcome="ok", visitor=name)
    Spending.objects.create(scope=f"visitor:{name}", since=timezone.now(), cap=1)
    return person


def test_everything_of_a_person_goes_and_the_receipt_counts_it(known):
    receipt = erase(known, CLIENT).receipt["receipt"]
    found = {place["name"]: place["found"] for place in receipt["places"]}
    assert found["clients.Visitor"] == found["chat.Conversation"] == found["clients.Note"] == 1
    assert found["chat.Message"] == 2
    assert found["spending"] == 2
    assert all(place["left"] == 0 for place in receipt["places"])
    for model in (Visitor, Conversation, Message, Memory, Note, Consent, Key):
        assert not model.objects.exists()


def test_what_a_call_cost_stays_without_who_it_was_for(known):
    erase(known, CLIENT)
    assert Call.objects.get().visitor == ""
    assert not Spending.objects.exists()


def test_every_visitor_of_a_signed_in_person_goes(brand, person, django_user_model):
    user = django_user_model.objects.create(username="client-1")
    client = Client.objects.create(brand=brand, user=user)
    other = Visitor.objects.create(brand=brand, browser=uuid.uuid4(), client=client)
    Visitor.objects.filter(pk=person.pk).update(client=client)
    person.refresh_from_db()
    stranger = Visitor.objects.create(brand=brand, browser=uuid.uuid4())
    receipt = erase(person, CLIENT)
    assert set(receipt.visitors) == {person.pk, other.pk}
    assert list(Visitor.objects.all()) == [stranger]
    assert not Client.objects.exists()
    assert not django_user_model.objects.filter(pk=user.pk).exists()


def test_the_account_of_somebody_who_works_here_stays(brand, person, django_user_model):
    user = django_user_model.objects.create(username="ines", is_staff=True)
    client = Client.objects.create(brand=brand, user=user)
    Visitor.objects.filter(pk=person.pk).update(client=client)
    erase(client, CLIENT)
    assert not Visitor.objects.exists()
    assert django_user_model.objects.filter(pk=user.pk).exists()


def test_the_same_browser_at_another_house_keeps_its_visitor_and_its_session(
    browser, person, other_brand
):
    elsewhere = Visitor.objects.create(brand=other_brand, browser=person.browser)
    erase(person, CLIENT)
    assert list(Visitor.objects.all()) == [elsewhere]
    assert BrowserSession.objects.filter(browser=elsewhere.browser).exists()


def test_the_browser_is_a_stranger_afterwards(browser, known, brand):
    assert BrowserSession.objects.exists()
    erase(known, CLIENT)
    assert not BrowserSession.objects.exists()
    page = browser.get(reverse("chat:page", args=[brand.slug]))
    assert page.status_code == 200
    assert "kingfisher" not in page.content.decode()


def test_a_second_wish_is_the_same_erasure(known):
    first = ask(known, CLIENT)
    assert ask(known, CLIENT) == first
    assert erase(known, CLIENT) == first
    assert Erasure.objects.count() == 1


def test_two_processes_do_not_erase_one_person_at_once(known):
    asked = ask(known, CLIENT)
    Erasure.objects.update(held_until=timezone.now() + journey.HOLD)
    with pytest.raises(ErasureError, match="at this very moment"):
        journey.carry_out(asked)


STEPS = ("write_down", "collect", "let_go", "destroy_keys", "remove", "finish")


class Killed(BaseException):
    """As a process is: nothing gets to clear up."""


@pytest.mark.parametrize("step", STEPS)
def test_an_erasure_cut_short_is_finished_by_the_sweep(known, step, ledger_file):
    asked = ask(known, CLIENT)
    until_killed(asked, step)
    Erasure.objects.update(held_until=timezone.now())
    assert sweep() == 1
    finished = Erasure.objects.get()
    assert finished.finished
    assert not Message.objects.exists()
    found = {place["name"]: place["found"] for place in finished.receipt["receipt"]["places"]}
    assert found["chat.Message"] == 2
    assert [line.event for line in ledger.lines()].count(ledger.ASKED) == 1


def until_killed(asked, step):
    """Carry out all steps before `step`, as a process does that is killed there."""
    Erasure.objects.filter(pk=asked.pk).update(held_until=timezone.now())
    asked.refresh_from_db()
    person = None
    for name in STEPS[: STEPS.index(step)]:
        if name == "write_down":
            journey.write_down(asked)
        elif name == "collect":
            person = journey.collect(asked)
        elif name == "remove":
            journey.remove(asked, person)
        else:
            getattr(journey, name)(person)


def digests():
    """A digest of every row of every table, as the database keeps it."""
    found = set()
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if not model._meta.proxy:
                cursor.execute(f'SELECT t::text FROM "{table}" AS t')
                found |= {(table, hashlib.sha256(row.encode()).hexdigest()) for (row,) in cursor}
    return found


def test_everybody_elses_rows_are_unchanged_to_the_byte(brand, known):
    other = Visitor.objects.create(brand=brand, browser=uuid.uuid4())
    accept(brand, other, Question(uuid.uuid4(), "What of mine?", uuid.uuid4()))
    Memory.objects.create(visitor=other, kind="taste", text="Silk", origin="said")
    before = digests()
    mine = everything_of([known.pk], [])
    erase(known, CLIENT)
    after = digests()
    gone = {table for table, _ in before - after}
    changed = {table for table, _ in after - before}
    own = {apps.get_model(label)._meta.db_table for label, pks in mine.rows.items() if pks}
    house_s = {"llm_call", "llm_spending", "django_session", "privacy_browsersession"}
    assert gone <= own | house_s | {"privacy_ledgermark"}
    assert changed <= {"llm_call", "privacy_erasure", "privacy_ledgermark", "audit_entry"}
    kept = {row for row in before if row[0] in own} & after
    assert len([row for row in kept if row[0] == "chat_message"]) == 2


def test_what_was_under_way_is_found_by_a_later_look(known):
    erased = erase(known, CLIENT)
    Call.objects.create(
        provider="p", model="m", purpose="a", outcome="ok", visitor=pseudonym(known.pk.hex)
    )
    assert sweep() == 1
    assert not Call.objects.exclude(visitor="").exists()
    Erasure.objects.update(finished=timezone.now() - journey.LATER * 2)
    sweep()
    erased.refresh_from_db()
    assert erased.settled
    assert erased.whom == {}


def test_of_a_conversation_off_the_record_a_count_is_left(known, brand):
    from concierge.clients.models import DayCount

    erase(known, Erasure.Reason.OFF_RECORD)
    Erasure.objects.update(finished=timezone.now() - journey.LATER * 2)
    sweep()
    assert not Erasure.objects.exists()
    assert DayCount.objects.get().count == 1


def test_a_question_that_comes_while_its_person_is_forgotten_finds_nobody(known, brand):
    conversation = Conversation.objects.get()
    erase(known, CLIENT)
    response = Browser().post(
        reverse("chat:ask", args=[brand.slug]),
        {"conversation": conversation.pk, "client_key": uuid.uuid4(), "text": "Still there?"},
    )
    assert response.status_code < 500
    assert not Visitor.objects.filter(pk=known.pk).exists()
