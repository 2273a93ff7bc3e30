import base64
import io
import os
import uuid

import pytest
from django.core.management import CommandError, call_command

from concierge.clients import checks, keys, rotate
from concierge.clients.keys import Ring
from concierge.clients.models import Key, Memory, Visitor

pytestmark = pytest.mark.django_db


def fresh() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


OLD, NEW = fresh(), fresh()
old, new = Ring(OLD).current, Ring(NEW).current


@pytest.fixture
def people(brand, settings):
    """Five clients of whom something is remembered, their keys wrapped by the old key."""
    settings.CLIENT_KEYS = OLD
    keys.kept.drop()
    for number in range(5):
        somebody = Visitor.objects.create(brand=brand, browser=uuid.uuid4())
        text = f"My ring size is 5{number}"
        Memory.objects.create(visitor=somebody, kind="size", origin="said", text=text)
    keys.kept.drop()
    settings.CLIENT_KEYS = f"{NEW},{OLD}"
    yield
    keys.kept.drop()


def rotated() -> str:
    out = io.StringIO()
    call_command("rotate_keys", stdout=out)
    return out.getvalue()


def test_every_key_is_wrapped_anew_and_everything_still_opens(people, settings):
    sealed = set(Key.objects.values_list("wrapped", flat=True))
    said = rotated()
    assert said.startswith(f"5 keys wrapped anew under {new}.")
    assert f"{old} wraps nothing in the database any more" in said
    assert not sealed & set(Key.objects.values_list("wrapped", flat=True))
    settings.CLIENT_KEYS = NEW
    texts = {each.text for each in Memory.objects.all()}
    assert texts == {f"My ring size is 5{number}" for number in range(5)}


def test_nothing_is_left_to_do_the_second_time(people):
    rotated()
    assert rotated().startswith("0 keys wrapped anew")


def test_one_that_was_broken_off_goes_on(people):
    keys_now = keys.ring()
    first = Key.objects.order_by("pk").first()
    first.wrapped, first.wrapper = keys_now.wrap(keys_now.unwrap(first), first.pk), new
    first.save()
    assert rotated().startswith("4 keys wrapped anew")


def test_keys_under_one_that_is_missing_are_left_and_told(people, settings):
    settings.CLIENT_KEYS = NEW
    with pytest.raises(CommandError, match=old):
        call_command("rotate_keys")
    assert Key.objects.filter(wrapper=old).count() == 5


def test_a_missing_key_is_told_by_the_checks(people, settings):
    assert checks.keys_open_what_is_kept(databases=["default"]) == []
    settings.CLIENT_KEYS = NEW
    [told] = checks.keys_open_what_is_kept(databases=["default"])
    assert old in told.msg
    assert checks.keys_open_what_is_kept() == []


@pytest.mark.django_db(transaction=True)
def test_a_missing_key_makes_the_product_not_ready(people, settings, client):
    settings.CLIENT_KEYS = NEW
    part = client.get("/readyz").json()["keys"]
    assert old in part["why"]


def test_keys_that_are_none_are_told_by_the_checks(settings):
    settings.CLIENT_KEYS = "short"
    [told] = checks.keys_are_named()
    assert "32 bytes" in told.msg


def test_all_wrapping_keys_are_found(people, brand):
    somebody = Visitor.objects.create(brand=brand)
    keys.seal("words", somebody.pk, "a.b")
    assert rotate.wrappers() == sorted([old, new])
