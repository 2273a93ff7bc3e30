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
def known_at(django_user_model):
    def known(brand):
        user = django_user_model.objects.create(username=names(brand, "ada@example.org")[0])
        return Client.objects.create(brand=brand, user=user)

    return known


@pytest.fixture
def client_row(brand, person, known_at):
    client = known_at(brand)
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


def test_an_address_is_enough_where_one_house_knows_it(client_row, brand, other_brand):
    with pytest.raises(CommandError, match="knows nobody"):
        erased("ada@example.org", yes=True, brand=other_brand.slug)
    with pytest.raises(CommandError, match="No house knows anybody"):
        erased("bea@example.org", yes=True)
    erased("Ada@Example.org", yes=True)
    assert not Client.objects.exists()


def test_an_address_that_two_houses_know_asks_for_one(client_row, brand, other_brand, known_at):
    known_at(other_brand)
    with pytest.raises(CommandError, match="--brand"):
        erased("ada@example.org", yes=True)
    erased("ada@example.org", yes=True, brand=brand.slug)
    assert Client.objects.get().brand == other_brand


def test_a_number_of_another_house_or_a_house_that_is_not_is_said_so(person, other_brand):
    with pytest.raises(CommandError, match="not at"):
        erased(str(person.pk), yes=True, brand=other_brand.slug)
    with pytest.raises(CommandError, match="no brand"):
        erased(str(person.pk), yes=True, brand="nowhere")
    assert Visitor.objects.exists()


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
