"""Where a text comes from, to the bytes."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import AsyncClient
from django.urls import reverse

from archive.ingestion import journey
from archive.models import Document, DocumentVersion, IngestionItem

HERON = b"# The Heron\n\nIt stands in the water.\n"
BRING = "/admin/archive/ingestionrun/bring/"


@pytest.fixture
def version(curator, brand, media):
    """Of a document that a curator has brought in."""
    said = {"brand": brand.pk, "arrives": "review", "audience": "public"}
    curator.post(BRING, {**said, "files": [SimpleUploadedFile("heron.md", HERON)]})
    journey.work(IngestionItem.objects.get().pk)
    return DocumentVersion.objects.get()


@pytest.fixture
def address(version):
    return reverse("admin:archive_original", args=[version.pk])


@pytest.mark.django_db
def test_a_document_tells_whence_its_text_came(curator, version):
    page = curator.get(reverse("admin:archive_document_change", args=[version.document_id])).text
    assert hashlib.sha256(HERON).hexdigest() in page
    assert "heron.md" in page
    assert f"{len(HERON)} bytes" in page
    assert f"/admin/archive/ingestionrun/{version.item.run_id}/change/" in page
    assert "by curator" in page


@pytest.mark.django_db
def test_the_original_leaves_as_it_came_and_is_never_shown(curator, address):
    sent = curator.get(address)
    assert b"".join(sent.streaming_content) == HERON
    assert sent["Content-Disposition"] == 'attachment; filename="heron.md"'
    assert sent["Content-Type"] == "application/octet-stream"
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in sent["Content-Security-Policy"]


@pytest.mark.django_db(transaction=True)
async def test_the_original_is_streamed_by_the_server_that_serves_it(address, django_user_model):
    browser = AsyncClient()
    await browser.aforce_login(await django_user_model.objects.aget(username="curator"))
    sent = await browser.get(address)
    assert b"".join([piece async for piece in sent.streaming_content]) == HERON
    assert sent["Content-Length"] == str(len(HERON))


@pytest.mark.django_db
def test_an_original_that_is_gone_is_said_to_be(curator, version, address, media):
    (media / version.file.name).unlink()
    assert "is not kept any more" in curator.get(address, follow=True).text
    page = curator.get(reverse("admin:archive_document_change", args=[version.document_id])).text
    assert address not in page


@pytest.mark.django_db
def test_the_original_is_for_those_who_may(allow, visitor, curator, address):
    assert allow("view_document").get(address).status_code == 403
    assert allow("view_documentversion").get(address).status_code == 200
    assert visitor.get(address).status_code == 302
    assert curator.post(address).status_code == 405


@pytest.mark.django_db
def test_what_a_run_does_is_put_down_to_who_started_it(version):
    document = Document.objects.get()
    acts = document.changes.order_by("pk").values_list("act", "by__username")
    assert list(acts) == [("created", "curator"), ("submitted", "curator")]


@pytest.mark.django_db
def test_a_new_text_is_remembered_beside_what_it_changed(version, curator, brand, media):
    said = {"brand": brand.pk, "arrives": "draft", "audience": "client"}
    curator.post(BRING, {**said, "files": [SimpleUploadedFile("heron.md", b"# A new one\n\nX.")]})
    journey.work(IngestionItem.objects.latest("pk").pk)
    change = Document.objects.get().changes.first()
    assert change.act == "updated"
    assert change.before["audience"] == "public"
    assert change.after["audience"] == "client"
    page = curator.get("/admin/archive/change/").text
    assert "New text" in page
    assert "Audience: <del>Public</del> → <ins>Clients</ins>" in page


@pytest.mark.django_db(transaction=True)
def test_an_earlier_text_is_brought_back_as_a_new_one(version, curator, brand, media):
    said = {"brand": brand.pk, "arrives": "draft", "audience": "public"}
    curator.post(BRING, {**said, "files": [SimpleUploadedFile("heron.md", b"# A new one\n\nX.")]})
    journey.work(IngestionItem.objects.latest("pk").pk)
    document = Document.objects.get()
    assert "A new one" in document.text
    back = reverse("admin:archive_version_back", args=[version.pk])
    page = curator.get(reverse("admin:archive_document_change", args=[document.pk])).text
    assert back in page
    assert "Text no. 1 of" in curator.post(back, follow=True).text
    journey.work(IngestionItem.objects.latest("pk").pk)
    document = Document.objects.get()
    assert "It stands in the water." in document.text
    assert document.current.number == 3


@pytest.mark.django_db
def test_a_text_whose_original_is_gone_is_not_brought_back(version, curator, media):
    (media / version.file.name).unlink()
    back = reverse("admin:archive_version_back", args=[version.pk])
    assert "is not kept any more" in curator.post(back, follow=True).text


@pytest.mark.django_db
def test_bringing_back_is_for_those_who_may(allow, visitor, curator, version):
    back = reverse("admin:archive_version_back", args=[version.pk])
    assert allow("change_document").post(back).status_code == 403
    assert visitor.post(back).status_code == 302
    assert curator.get(back).status_code == 405
