import io
import json

import pytest
from django.core.management import CommandError, call_command

from concierge.accounts.join import names
from concierge.clients.models import Client, Visitor
from concierge.privacy.receipt import verified

pytestmark = pytest.mark.django_db


def erased(*arguments, **options):
    out = io.StringIO()
    call_command("erase_client", *arguments, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def client_row(brand, person, django_user_model):
    user = django_user_model.objects.create(username=names(brand, "ada@example.org")[0])
    client = Client.objects.create(brand=brand, user=user)
    Visitor.objects.filter(pk=person.pk).update(client=client)
    return client


def test_a_visitor_is_erased_by_number(person, answered):
    told = erased(str(person.pk), yes=True)
    assert "Receipt" in told
    assert not Visitor.objects.exists()


def test_the_receipt_as_json_holds(person):
    assert verified(json.loads(erased(person.pk.hex, yes=True, json=True)))


def test_a_client_is_erased_by_number_or_by_address(client_row, brand):
    erased(str(client_row.pk), yes=True)
    assert not Client.objects.exists()
    assert not Visitor.objects.exists()


def test_an_address_needs_its_house(client_row, brand, other_brand):
    with pytest.raises(CommandError, match="--brand"):
        erased("ada@example.org", yes=True)
    with pytest.raises(CommandError, match="knows nobody"):
        erased("ada@example.org", yes=True, brand=other_brand.slug)
    erased("Ada@Example.org", yes=True, brand=brand.slug)
    assert not Client.objects.exists()


@pytest.mark.parametrize("who", ["nobody", "12", "", "16d1f9d5-f7fd-4539-83e5-6664621c9986"])
def test_whoever_is_not_known_is_told_so(db, who):
    with pytest.raises(CommandError):
        erased(who, yes=True)


def test_nothing_goes_without_a_clear_yes(person, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    with pytest.raises(CommandError, match="Nothing was erased"):
        erased(str(person.pk))
    assert Visitor.objects.exists()
    monkeypatch.setattr("sys.stdin", io.StringIO("erase\n"))
    assert "Receipt" in erased(str(person.pk))
