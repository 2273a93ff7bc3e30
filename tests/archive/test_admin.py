"""The curator's desk, page by page."""

import pytest
from django.urls import reverse
from django.utils import timezone

from archive.models import Document, DocumentVersion, IngestionItem, IngestionRun, Passage

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(brand):
    document = Document.objects.create(
        brand=brand, key="heron.md", title="The Heron", kind="motif", people=["Ottoline Vane"]
    )
    version = DocumentVersion.objects.create(
        document=document, number=1, text="It stands in the water.", file_name="heron.md"
    )
    Passage.objects.create(
        brand=brand, document=document, version=version, number=0, start=0, end=23,
        text=version.text,
    )  # fmt: skip
    document.current = version
    document.save()
    return document


def act(curator, document, action):
    data = {"action": action, "_selected_action": [document.pk]}
    response = curator.post(reverse("admin:archive_document_changelist"), data, follow=True)
    document.refresh_from_db()
    return response


@pytest.mark.parametrize(
    "model", ["brand", "document", "documentversion", "passage", "ingestionrun"]
)
def test_every_list_opens_and_searches(curator, document, model):
    IngestionRun.objects.create(brand=document.brand, origin="archive/")
    address = reverse(f"admin:archive_{model}_changelist")
    assert curator.get(address).status_code == 200
    assert curator.get(address, {"q": "heron"}).status_code == 200


def test_a_document_is_found_by_a_person_in_it(curator, document):
    page = curator.get(reverse("admin:archive_document_changelist"), {"q": "Ottoline"})
    assert "The Heron" in page.text


def test_a_document_shows_how_it_begins_and_its_versions(curator, document):
    page = curator.get(reverse("admin:archive_document_change", args=[document.pk]))
    assert "It stands in the water." in page.text
    assert "Its passages (1)" in page.text
    assert "heron.md" in page.text


def test_a_curator_publishes_withdraws_and_shows_again(curator, document):
    assert "1 document published." in act(curator, document, "publish_them").text
    assert document.status == "published"
    assert "1 document withdrawn." in act(curator, document, "withdraw_them").text
    assert document.status == "withdrawn"
    act(curator, document, "publish_them")
    assert document.status == "withdrawn"
    act(curator, document, "restore_them")
    assert document.status == "published"


def test_a_document_without_text_is_not_published(curator, brand):
    empty = Document.objects.create(brand=brand, key="a", title="Empty")
    assert "0 documents published." in act(curator, empty, "publish_them").text
    assert empty.status == "draft"


def test_versions_and_passages_are_only_read(curator, document):
    for row in (document.current, document.passages.get()):
        address = reverse(f"admin:archive_{row._meta.model_name}_change", args=[row.pk])
        assert curator.get(address).status_code == 200
        assert curator.post(address, {"text": "other"}).status_code == 403


def test_a_run_shows_what_became_of_each_file(curator, brand):
    run = IngestionRun.objects.create(brand=brand, origin="archive/", finished=timezone.now())
    IngestionItem.objects.create(
        run=run, key="a.pdf", file_name="a.pdf", content_hash="0", state="failed",
        reason="This PDF could not be read.",
    )  # fmt: skip
    page = curator.get(reverse("admin:archive_ingestionrun_change", args=[run.pk]))
    assert "This PDF could not be read." in page.text
    assert "Failed" in page.text


def test_a_new_title_is_carried_to_the_passages(curator, document):
    document.passages.update(title="The Heron › Care")
    address = reverse("admin:archive_document_change", args=[document.pk])
    form = curator.get(address).context["adminform"].form
    data = {name: value for name, value in form.initial.items() if value is not None}
    data |= {"title": "The bird", "language": "en", "people": "Ottoline Vane"}
    prefix = "versions"
    data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    assert curator.post(address, data).status_code == 302
    passage = document.passages.get()
    assert (passage.title, passage.language) == ("The bird › Care", "en")


def test_an_advisor_without_permission_sees_none_of_it(advisor, document):
    assert advisor.get(reverse("admin:archive_document_changelist")).status_code == 403
