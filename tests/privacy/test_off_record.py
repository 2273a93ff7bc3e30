import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from concierge.chat.models import Conversation, Message
from concierge.clients.models import Consent, DayCount, Memory, Visitor
from concierge.clients.off_record import SILENCE
from concierge.gaps.models import Gap
from concierge.llm.budget import pseudonym
from concierge.llm.models import Call
from concierge.privacy import erasure
from concierge.privacy.ledger import path as ledger_path
from concierge.privacy.models import Erasure
from concierge.privacy.off_record import forget_all, forget_silent

pytestmark = pytest.mark.django_db(transaction=True)

ASK = "/maison/messages/"


def ask(client, text="My ring size is 52.", talk=None, **given):
    sent = {"conversation": talk or uuid.uuid4(), "client_key": uuid.uuid4(), "text": text}
    return client.post(ASK, sent | {"agreed": 1} | given)


def quiet(client):
    """Its address, and what is left of it on the page."""
    return ask(client, off_record="on").url.partition("#")[0]


def settled():
    """Nothing more of it can come."""
    for each in Erasure.objects.all():
        Erasure.objects.filter(pk=each.pk).update(finished=timezone.now() - timedelta(hours=1))
    erasure.sweep()


def test_the_switch_stands_before_the_first_question_alone(client, brand):
    assert 'name="off_record"' in client.get("/maison/").content.decode()
    address = ask(client).url.partition("#")[0]
    assert 'name="off_record"' not in client.get(address).content.decode()


def test_it_is_held_by_a_visitor_of_its_own_and_said_clearly(client, brand):
    address = quiet(client)
    [visitor] = Visitor.objects.all()
    assert visitor.off_record
    html = client.get(address).content.decode()
    assert "Off the record." in html
    assert "End and forget it" in html


def test_it_goes_on_as_it_began(client, brand):
    address = quiet(client)
    ask(client, "And who drew it?", talk=re.search(r"conversations/([^/]+)", address)[1])
    assert Visitor.objects.count() == 1
    assert Conversation.objects.get().messages.count() == 4


def test_nothing_is_remembered_offered_or_filed(client, brand):
    address = quiet(client)
    html = client.get(address).content.decode()
    assert "remember this" not in html
    assert not Memory.objects.exists()
    assert not Gap.objects.exists()


def test_ended_it_leaves_a_count_of_the_day(client, brand):
    address = quiet(client)
    talk = Conversation.objects.get().pk
    client.post(f"/maison/privacy/off-the-record/{talk}/")
    assert client.get(address).status_code == 404
    settled()
    for model in (Visitor, Conversation, Message, Consent, Erasure):
        assert not model.objects.exists()
    day = DayCount.objects.get(what="off_record")
    assert (day.day, day.count) == (timezone.now().date(), 1)


def test_beginning_another_ends_it(client, brand):
    address = quiet(client)
    ask(client, "Who drew the kingfisher?")
    assert client.get(address).status_code == 404
    assert not Visitor.objects.filter(off_record=True).exists()
    assert Conversation.objects.count() == 1


def test_what_is_on_the_record_stays(client, brand):
    kept = ask(client, "Who drew the kingfisher?").url.partition("#")[0]
    quiet(client)
    client.post(f"/maison/privacy/off-the-record/{Conversation.objects.first().pk}/")
    assert client.get(kept).status_code == 200
    assert Visitor.objects.get().off_record is False


def test_half_an_hour_of_silence_ends_it(client, brand):
    quiet(client)
    now = timezone.now()
    assert forget_silent(now + SILENCE - timedelta(minutes=1)) == 0
    assert forget_silent(now + SILENCE + timedelta(minutes=1)) == 1
    assert not Visitor.objects.exists()


def test_only_its_own_browser_sees_or_ends_it(client, other_visitor, brand):
    address = quiet(client)
    talk = Conversation.objects.get().pk
    assert other_visitor.get(address).status_code == 404
    ask(other_visitor)
    path = f"/maison/privacy/off-the-record/{talk}/"
    assert other_visitor.post(path).status_code == 404
    assert other_visitor.get(path).status_code == 405
    assert Conversation.objects.filter(pk=talk).exists()


def test_a_conversation_on_the_record_is_not_ended_so(client, brand):
    ask(client)
    talk = Conversation.objects.get().pk
    assert client.post(f"/maison/privacy/off-the-record/{talk}/").status_code == 404
    assert Conversation.objects.exists()


def test_signing_out_ends_it(client, brand, django_user_model):
    user = django_user_model.objects.create_user("ada", password="x")
    client.force_login(user)
    quiet(client)
    client.logout()
    assert not Visitor.objects.filter(off_record=True).exists()


# What one conversation may change for good, and why none of it tells of anybody.
COUNTS = {
    "clients_daycount": "the count",
    "llm_call": "what a call cost, of nobody and of no answer",
    "llm_spending": "the sums of the house and of the day",
}


def tables():
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        held = {}
        for name in names:
            cursor.execute(f'SELECT t::text FROM "{name}" AS t')
            held[name] = sorted(row for (row,) in cursor.fetchall())
    return held


def beside():
    """What the files beside the database say."""
    return {path.name: path.read_bytes() for path in ledger_path().parent.glob("*.jsonl")}


@pytest.mark.parametrize("ends", ["button", "silence"])
def test_whatever_was_done_in_it_every_table_is_as_before(client, brand, ends):
    client.get("/maison/")
    files, before = beside(), tables()
    address = quiet(client)
    talk = Conversation.objects.get()
    ask(client, "Who drew the kingfisher in 1871?", talk=talk.pk)
    visitor = talk.visitor
    known = pseudonym(visitor.pk.hex)
    Call.objects.create(visitor=known, reference=str(talk.messages.last().pk), brand=brand)
    client.post("/maison/privacy/consents/serve/", {"answer": "no"})
    asked = talk.messages.filter(role="client").last()
    client.post(f"/maison/privacy/questions/{asked.pk}/forget/")
    client.post("/maison/privacy/export/")
    if ends == "button":
        client.post(f"/maison/privacy/off-the-record/{talk.pk}/")
    else:
        assert forget_silent(timezone.now() + SILENCE + timedelta(minutes=1)) == 1
    settled()
    after = tables()
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed <= set(COUNTS), changed - set(COUNTS)
    assert beside() == files
    [call] = Call.objects.all()
    assert (call.visitor, call.reference) == ("", "")
    assert client.get(address).status_code == 404


def test_a_backup_that_brings_one_back_has_it_forgotten(client, brand):
    quiet(client)
    assert forget_all() == 1
    assert not Visitor.objects.exists()
