import base64
import os
import uuid

import pytest
from django.core.exceptions import FieldError
from django.db import transaction

from concierge.clients import keys
from concierge.clients.keys import ForgottenError, Ring, SealError
from concierge.clients.models import Key, Memory, Visitor
from concierge.clients.sealed import Sealed, sealed

pytestmark = pytest.mark.django_db
PLACE = "clients_memory.text"


@pytest.fixture(autouse=True)
def _nothing_kept():
    keys.kept.drop()


@pytest.fixture
def other_person(brand):
    return Visitor.objects.create(brand=brand, browser=uuid.uuid4())


def fresh() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


def column(row) -> bytes:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM clients_memory WHERE id = %s", [row.pk])
        return bytes(cursor.fetchone()[0])


def remembered(person, text="My ring size is 52."):
    return Memory.objects.create(visitor=person, kind="size", origin="said", text=text)


def test_what_is_kept_is_not_in_the_database_in_words(person):
    row = remembered(person)
    assert b"ring" not in column(row)
    assert Memory.objects.get().text == "My ring size is 52."


def test_the_same_words_are_sealed_differently_each_time(person):
    assert column(remembered(person)) != column(remembered(person))


@pytest.mark.parametrize("text", ["", "é", "\U0001f9e3 " * 500])
def test_any_text_comes_back_as_it_was(person, text):
    remembered(person, text)
    assert Memory.objects.get().text == text


def test_an_update_must_be_given_sealed_text(person):
    row = remembered(person)
    with pytest.raises(FieldError, match="sealed"), transaction.atomic():
        Memory.objects.filter(pk=row.pk).update(text="plain")
    words = sealed("new", person.pk, Memory._meta.get_field("text"))
    Memory.objects.filter(pk=row.pk).update(text=words)
    assert Memory.objects.get().text == "new"


@pytest.mark.parametrize("lookup", ["text", "text__contains", "text__in", "text__iexact"])
def test_sealed_text_cannot_be_searched_in(person, lookup):
    with pytest.raises(FieldError, match="sealed"):
        Memory.objects.filter(**{lookup: "ring"}).exists()


def test_empty_text_can_be_looked_for(person):
    remembered(person, "")
    assert Memory.objects.filter(text="").exists()
    assert not Memory.objects.exclude(text="").exists()


def test_without_its_key_text_reads_as_nothing(person):
    remembered(person)
    Key.objects.all().delete()
    keys.kept.drop()
    assert Memory.objects.get().text == ""


def test_a_destroyed_key_is_not_made_again_for_reading(person):
    blob = keys.seal("words", person.pk, PLACE)
    Key.objects.all().delete()
    keys.kept.drop()
    with pytest.raises(ForgottenError):
        keys.unseal(blob, PLACE)


def test_sealed_text_opens_in_its_own_place_alone(person):
    blob = keys.seal("words", person.pk, PLACE)
    with pytest.raises(SealError, match="changed"):
        keys.unseal(blob, "chat_message.text")


def test_sealed_text_opens_for_its_own_visitor_alone(person, other_person):
    keys.seal("theirs", other_person.pk, PLACE)
    blob = keys.seal("words", person.pk, PLACE)
    moved = blob[:1] + other_person.pk.bytes + blob[17:]
    with pytest.raises(SealError, match="changed"):
        keys.unseal(moved, PLACE)


@pytest.mark.parametrize("at", [0, 5, 20, -1])
def test_a_changed_byte_is_noticed(person, at):
    blob = bytearray(keys.seal("words", person.pk, PLACE))
    blob[at] ^= 1
    with pytest.raises(SealError):
        keys.unseal(bytes(blob), PLACE)


def test_a_key_is_wrapped_by_the_first_of_the_environment(person, settings):
    settings.CLIENT_KEYS = f"{fresh()}, {fresh()}"
    keys.seal("words", person.pk, PLACE)
    assert Key.objects.get().wrapper == Ring(settings.CLIENT_KEYS).current


def test_an_older_key_of_the_environment_still_opens(person, settings):
    old, new = fresh(), fresh()
    settings.CLIENT_KEYS = old
    blob = keys.seal("words", person.pk, PLACE)
    keys.kept.drop()
    settings.CLIENT_KEYS = f"{new},{old}"
    assert keys.unseal(blob, PLACE) == "words"


def test_without_the_wrapping_key_the_operator_is_told_which(person, settings):
    settings.CLIENT_KEYS = fresh()
    blob = keys.seal("words", person.pk, PLACE)
    missing = Key.objects.get().wrapper
    keys.kept.drop()
    settings.CLIENT_KEYS = fresh()
    with pytest.raises(SealError, match=missing):
        keys.unseal(blob, PLACE)


@pytest.mark.parametrize("told", ["", " , ", "short", "ä" * 44, "A" * 43])
def test_keys_of_the_environment_that_are_none_are_refused(told):
    with pytest.raises(SealError):
        Ring(told)


def test_many_keys_are_fetched_at_once(person, other_person, django_assert_num_queries):
    blobs = [keys.seal("words", each.pk, PLACE) for each in (person, other_person)]
    keys.kept.drop()
    with django_assert_num_queries(1):
        keys.warm({person.pk, other_person.pk})
        assert [keys.unseal(blob, PLACE) for blob in blobs] == ["words", "words"]


def test_a_row_s_text_may_be_set_to_what_is_sealed_already(person):
    row = remembered(person)
    row.text = Sealed(keys.seal("sealed before", person.pk, PLACE))
    row.save()
    assert Memory.objects.get().text == "sealed before"


def test_a_key_made_in_a_transaction_that_is_taken_back_seals_nothing_more(person):
    with transaction.atomic():
        keys.seal("words", person.pk, PLACE)
        transaction.set_rollback(True)
    assert keys.known(person.pk) is None
    assert keys.unseal(keys.seal("words", person.pk, PLACE), PLACE) == "words"
    assert Key.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_key_is_at_hand_once_it_is_committed(person, django_assert_num_queries):
    keys.seal("words", person.pk, PLACE)
    with django_assert_num_queries(0):
        keys.seal("more", person.pk, PLACE)


def test_nobody_who_is_gone_is_given_a_key():
    with pytest.raises(ForgottenError):
        keys.seal("words", uuid.uuid4(), PLACE)
    assert not Key.objects.exists()


def test_a_process_holds_a_few_thousand_keys_at_most():
    held = keys._Kept()
    visitors = [uuid.uuid4() for _ in range(keys.KEPT + 2)]
    for each in visitors:
        held.keep(each, b"key")
    assert [held.get(each) for each in (*visitors[:2], visitors[-1])] == [None, None, b"key"]


def test_a_seal_of_one_purpose_opens_no_other_s(person):
    keys.seal("words", person.pk, PLACE)
    one, other = (keys.Seal.of(person.pk, name) for name in ("answer:1:1", "answer:1:2"))
    assert one.unseal(one.seal("words")) == "words"
    assert other.unseal(one.seal("words")) == one.unseal(b"not sealed") == ""


def test_keys_are_told_to_nobody(person, settings):
    from django.contrib import admin
    from django.core import serializers

    keys.seal("words", person.pk, PLACE)
    key, ring = keys.key_of(person.pk), keys.ring()
    row = Key.objects.get()
    shown = [
        repr(row),
        str(row),
        repr(ring),
        repr(keys.Seal(key)),
        serializers.serialize("json", [row]),
    ]
    for secret in (key, keys.decoded(settings.CLIENT_KEYS)):
        for form in (secret.hex(), base64.b64encode(secret).decode(), repr(secret)):
            assert not [each for each in shown if form in each]
    assert not admin.site.is_registered(Key)
