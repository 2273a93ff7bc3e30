"""The same words for many documents."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from archive.models import Change, Document

pytestmark = pytest.mark.django_db

TOGETHER = "/admin/archive/document/together/"


@pytest.fixture
def documents(make):
    return [make(key) for key in ("heron", "ferns", "comb")]


def given(documents, **fields):
    return {"keys": ",".join(str(each.pk) for each in documents), **fields}


def test_what_would_change_is_shown_and_nothing_changed(curator, documents):
    page = curator.post(TOGETHER, given(documents, audience="client", rights="© the house"))
    assert "3 of 3 would change" in page.text
    assert "Audience: <del>Public</del> → <ins>Clients</ins>" in page.text
    assert set(Document.objects.values_list("audience", flat=True)) == {"public"}


def test_many_are_changed_as_one_act_and_taken_back_as_one(curator, documents):
    said = given(documents, audience="client", kind="motif", do="1")
    page = curator.post(TOGETHER, said, follow=True)
    assert "3 documents changed." in page.text
    assert set(Document.objects.values_list("audience", "kind")) == {("client", "motif")}
    assert set(Change.objects.values_list("by__username", flat=True)) == {"curator"}
    batch = Change.objects.first().batch
    page = curator.post(reverse("admin:archive_change_undo_batch", args=[batch]), follow=True)
    assert "Undone for 3 documents." in page.text
    assert set(Document.objects.values_list("audience", flat=True)) == {"public"}


def test_what_is_so_already_is_left_alone(curator, documents):
    Document.objects.filter(key="heron").update(audience="client")
    page = curator.post(TOGETHER, given(documents, audience="client"))
    assert "2 of 3 would change" in page.text
    curator.post(TOGETHER, given(documents, audience="client", do="1"))
    assert Change.objects.count() == 2


def test_only_allowed_moves_are_made(curator, documents):
    Document.objects.filter(key="heron").update(status="published")
    curator.post(TOGETHER, given(documents, status="review", do="1"))
    found = dict(Document.objects.values_list("key", "status"))
    assert found == {"heron": "published", "ferns": "review", "comb": "review"}


def test_an_embargo_is_of_each_documents_own_house(curator, make, brand, other_brand):
    brand.time_zone, other_brand.time_zone = "Europe/Paris", "Asia/Tokyo"
    brand.save()
    other_brand.save()
    both = [make("heron"), make("crane", brand=other_brand)]
    curator.post(TOGETHER, given(both, embargo_until="2027-05-03T09:00", do="1"))
    found = dict(Document.objects.values_list("key", "embargo_until"))
    assert found["heron"] == datetime(2027, 5, 3, 7, tzinfo=UTC)
    assert found["crane"] == datetime(2027, 5, 3, 0, tzinfo=UTC)


def test_an_embargo_set_together_is_taken_back(curator, paris, documents):
    curator.post(TOGETHER, given(documents, embargo_until="2027-05-03T09:00", do="1"))
    address = reverse("admin:archive_change_undo_batch", args=[Change.objects.first().batch])
    page = curator.post(address, headers={"referer": "http://testserver/admin/"}, follow=True)
    assert page.redirect_chain == [("http://testserver/admin/", 302)]
    assert "Undone for 3 documents." in page.text
    assert set(Document.objects.values_list("embargo_until", flat=True)) == {None}


def test_a_field_is_emptied_where_that_is_asked_for(curator, documents):
    Document.objects.update(rights="© another")
    curator.post(TOGETHER, given(documents, empty=["rights"], do="1"))
    assert set(Document.objects.values_list("rights", flat=True)) == {""}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Nothing is to be changed yet"),
        ({"embargo_until": "soon"}, "Write a day and an hour"),
        ({"audience": "everybody"}, "not one of the available choices"),
        ({"rights": "x", "empty": ["rights"]}, "not both"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(curator, documents, fields, said):
    page = curator.post(TOGETHER, given(documents, do="1", **fields))
    assert said in page.text
    assert not Change.objects.exists()


def test_documents_are_chosen_in_the_list(curator, documents):
    chosen = {"action": "change_them", "_selected_action": [each.pk for each in documents[:2]]}
    page = curator.post("/admin/archive/document/", chosen)
    assert "Change 2 documents" in page.text


def test_a_link_to_it_is_not_enough(curator):
    assert curator.get(TOGETHER).status_code == 405


def test_staff_without_permission_change_nothing(allow, visitor, documents):
    advisor = allow("view_document")
    assert advisor.post(TOGETHER, given(documents, audience="client", do="1")).status_code == 403
    assert visitor.post(TOGETHER, given(documents, audience="client", do="1")).status_code == 302
    assert not Change.objects.exists()
