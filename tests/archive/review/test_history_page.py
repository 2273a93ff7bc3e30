"""Acts of a person in the console, their history, and taking them back."""

import pytest
from django.urls import reverse

from archive.models import Change, Document
from archive.review.status import publish, withdraw

pytestmark = pytest.mark.django_db

LIST = "/admin/archive/change/"


def act(browser, document, word):
    address = reverse("admin:archive_document_act", args=[document.pk, word])
    page = browser.post(address, follow=True)
    document.refresh_from_db()
    return page


def test_a_document_goes_all_the_way_and_back(curator, document):
    for word, status in (
        ("submit", "review"),
        ("take-back", "draft"),
        ("publish", "published"),
        ("withdraw", "withdrawn"),
        ("review-again", "review"),
        ("withdraw", "withdrawn"),
        ("restore", "published"),
    ):
        assert "1 document" in act(curator, document, word).text
        assert document.status == status
    assert set(Change.objects.values_list("by__username", flat=True)) == {"curator"}


def test_an_act_offers_the_way_back(curator, document):
    page = act(curator, document, "publish").text
    batch = Change.objects.get().batch
    assert reverse("admin:archive_change_undo_batch", args=[batch]) in page


def test_a_move_that_is_not_allowed_changes_nothing_and_says_so(curator, document):
    assert "0 documents shown again." in act(curator, document, "restore").text
    assert document.status == "draft"


def test_a_document_shows_who_did_what_to_it(curator, document, ines):
    publish(Document.objects.all(), by=ines)
    page = curator.get(reverse("admin:archive_document_change", args=[document.pk])).text
    assert "Inès Carvalho" in page
    assert "Status: <del>Draft</del> → <ins>Published</ins>" in page


def test_what_the_product_did_is_put_down_to_itself(curator, document):
    publish(Document.objects.all())
    assert "The product itself" in curator.get(LIST).text


def test_a_page_saved_without_a_change_leaves_no_trace(curator, document):
    address = reverse("admin:archive_document_change", args=[document.pk])
    form = curator.get(address).context["adminform"].form
    data = {name: value for name, value in form.initial.items() if value is not None}
    assert curator.post(address, data | {"people": ""}).status_code == 302
    assert not Change.objects.exists()


def test_the_list_is_narrowed_by_person_act_and_day(curator, make, ines):
    make("heron")
    make("ferns")
    publish(Document.objects.filter(key="heron"), by=ines)
    publish(Document.objects.filter(key="ferns"))
    withdraw(Document.objects.filter(key="ferns"))
    for words, found in (
        (f"by={ines.pk}", 1),
        ("by=nobody", 2),
        ("act=withdrawn", 1),
        ("at__year=1999", 0),
        ("q=ferns", 2),
        (f"document__id__exact={Document.objects.get(key='heron').pk}", 1),
    ):
        page = curator.get(f"{LIST}?{words}")
        assert page.context["cl"].result_count == found, words


def test_one_click_takes_a_change_back(curator, document):
    publish(Document.objects.all())
    address = reverse("admin:archive_change_undo", args=[Change.objects.get().pk])
    assert "undone." in curator.post(address, {"next": LIST}, follow=True).text
    document.refresh_from_db()
    assert document.status == "draft"


def test_a_refusal_is_a_sentence(curator, document):
    publish(Document.objects.all())
    change = Change.objects.get()
    withdraw(Document.objects.all())
    address = reverse("admin:archive_change_undo", args=[change.pk])
    assert "has a new status since" in curator.post(address, follow=True).text


def test_it_never_leads_to_another_site(curator, document):
    publish(Document.objects.all())
    address = reverse("admin:archive_change_undo", args=[Change.objects.get().pk])
    assert curator.post(address, {"next": "https://elsewhere.example/"}).url == LIST


@pytest.mark.parametrize("name", ["archive_change_undo", "archive_change_undo_batch"])
def test_taking_back_is_for_those_who_may_change_documents(allow, visitor, curator, document, name):
    publish(Document.objects.all())
    change = Change.objects.get()
    key = change.batch if name.endswith("batch") else change.pk
    address = reverse(f"admin:{name}", args=[key])
    assert allow("view_change", "view_document").post(address).status_code == 403
    assert visitor.post(address).status_code == 302
    assert curator.get(address).status_code == 405
    assert Change.objects.count() == 1


def test_acts_are_for_those_who_may_change_documents(allow, visitor, curator, document):
    address = reverse("admin:archive_document_act", args=[document.pk, "publish"])
    assert allow("view_document").post(address).status_code == 403
    assert visitor.post(address).status_code == 302
    assert curator.get(address).status_code == 405
    assert curator.post(address.replace("publish", "burn")).status_code == 404
    document.refresh_from_db()
    assert document.status == "draft"


def test_nobody_writes_history_by_hand(curator, document):
    publish(Document.objects.all())
    assert curator.get(f"{LIST}add/").status_code == 403
    change = f"{LIST}{Change.objects.get().pk}"
    assert curator.post(f"{change}/change/", {"act": "other"}).status_code == 403
    assert curator.post(f"{change}/delete/", {"post": "yes"}).status_code == 403
