"""Bringing files in from the browser."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from archive.console import upload
from archive.ingestion import journey
from archive.models import Document, IngestionItem, IngestionRun

pytestmark = pytest.mark.django_db

BRING = "/admin/archive/ingestionrun/bring/"
HERON = b"# The Heron\n\nIt stands in the water, drawn by Ottoline Vane in 1934.\n"


def file(name, data=HERON):
    return SimpleUploadedFile(name, data)


def bring(browser, brand, *files, **said):
    said = {"brand": brand.pk, "arrives": "review", "audience": "public"} | said
    return browser.post(BRING, {**said, "files": files}, follow=True)


def work():
    for item in IngestionItem.objects.filter(state="waiting"):
        journey.work(item.pk)


def test_several_files_become_one_run_and_its_page(curator, brand, media):
    page = bring(curator, brand, file("heron.md"), file("ferns.md", b"Ferns."), kind="motif")
    run = IngestionRun.objects.get()
    assert page.redirect_chain == [
        (reverse("admin:archive_ingestionrun_change", args=[run.pk]), 302)
    ]
    assert "2 files taken in." in page.text
    assert run.started_by.username == "curator"
    assert list(run.items.values_list("key", "metadata__kind")) == [
        ("ferns.md", "motif"), ("heron.md", "motif"),
    ]  # fmt: skip


@pytest.mark.parametrize("arrives", ["draft", "review", "published"])
def test_documents_arrive_as_was_asked(curator, brand, media, arrives):
    said = {"audience": "client", "rights": "© the house", "licence": "internal"}
    bring(curator, brand, file("heron.md"), arrives=arrives, **said)
    work()
    found = Document.objects.get()
    assert (found.status, found.audience) == (arrives, "client")
    assert (found.rights, found.licence) == ("© the house", "internal")
    assert set(found.changes.values_list("by__username", flat=True)) == {"curator"}


def test_a_known_document_keeps_its_audience_unless_another_is_named(curator, brand, media):
    bring(curator, brand, file("heron.md"), audience="atelier")
    work()
    bring(curator, brand, file("heron.md", b"# The Heron\n\nIt has flown.\n"), audience="")
    work()
    assert Document.objects.get().audience == "atelier"
    bring(curator, brand, file("ferns.md", b"Ferns."), audience="")
    work()
    assert Document.objects.get(key="ferns.md").audience == "public"


def test_a_manifest_says_what_is_known_of_each(curator, brand, media):
    manifest = json.dumps([{"file": "heron.md", "title": "The grey heron"}]).encode()
    bring(curator, brand, file("heron.md"), file("manifest.json", manifest))
    assert IngestionItem.objects.get().metadata["title"] == "The grey heron"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([], "Choose at least one file."),
        ([("empty.md", b"")], "“empty.md” is empty."),
        ([("a.exe", b"MZ")], "a.exe: files of this kind are not read."),
        ([(f"{'a' * 240}.md", HERON)], "has a name that is too long"),
        ([("manifest.json", b"{")], "manifest.json"),
    ],
)
def test_what_cannot_come_in_is_said_in_a_sentence(curator, brand, media, files, said):
    page = bring(curator, brand, *(file(*each) for each in files))
    assert said in page.text
    assert not IngestionRun.objects.exists()


def test_what_is_wrong_does_not_hold_up_the_others(curator, brand, media):
    page = bring(curator, brand, file("heron.md"), file("empty.md", b""), file("heron.md", b"x"))
    assert "1 file taken in." in page.text
    assert "“empty.md” is empty." in page.text
    assert "“heron.md” was chosen twice" in page.text


def test_a_file_that_is_too_large_is_refused(tmp_path):
    large = UploadedFile(name="book.pdf", size=upload.LARGEST + 1)
    assert upload.put([large], tmp_path) == ["“book.pdf” is larger than 100 MB."]


def test_a_large_file_goes_by_way_of_the_disk(curator, brand, media, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    bring(curator, brand, file("heron.md"))
    assert (media / str(IngestionItem.objects.get().file)).read_bytes() == HERON


@pytest.mark.parametrize("name", ["../../heron.md", "/etc/heron.md", "C:\\house\\heron.md"])
def test_a_name_leads_nowhere(curator, brand, media, name):
    bring(curator, brand, file(name))
    assert IngestionItem.objects.get().key == "heron.md"


def test_bringing_in_is_for_those_who_may(allow, visitor, curator, brand, media):
    assert allow("view_ingestionrun").get(BRING).status_code == 403
    assert bring(allow("view_ingestionrun"), brand, file("heron.md")).status_code == 403
    assert visitor.get(BRING).status_code == 302
    assert curator.put(BRING).status_code == 405
    assert not IngestionRun.objects.exists()


def test_publishing_at_once_is_for_those_who_may_publish(allow, brand, media):
    advisor = allow("add_ingestionrun", "view_ingestionrun")
    assert "published" not in advisor.get(BRING).context["form"].fields["arrives"].widget.choices
    assert "is not one of the available choices" in bring(
        advisor, brand, file("heron.md"), arrives="published"
    ).text  # fmt: skip
    assert "1 file taken in." in bring(advisor, brand, file("heron.md")).text


def test_a_new_text_of_what_readers_see_waits_for_a_person(curator, brand, media):
    bring(curator, brand, file("heron.md"), arrives="published")
    work()
    bring(curator, brand, file("heron.md", b"# The Heron\n\nIt has flown.\n"))
    work()
    assert IngestionItem.objects.latest("pk").state == "held"
    assert "It stands in the water" in Document.objects.get().text
    page = curator.get(
        reverse("admin:archive_ingestionrun_change", args=[IngestionRun.objects.first().pk])
    )
    assert "a person compares the two first" in page.text


@pytest.mark.django_db(transaction=True)
def test_the_same_upload_twice_at_once_gives_one_document(curator, brand, media):
    curators = [Client(), Client()]
    for browser in curators:
        browser.force_login(User.objects.get(username="curator"))

    def send(browser):
        try:
            return bring(browser, brand, file("heron.md")).status_code
        finally:
            connection.close()

    def do(item):
        try:
            journey.work(item)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(send, curators)) == [200, 200]
        list(threads.map(do, IngestionItem.objects.values_list("pk", flat=True)))
    assert sorted(IngestionItem.objects.values_list("state", flat=True)) == ["created", "unchanged"]
    document = Document.objects.get()
    assert document.versions.count() == 1
    assert document.passages.count() == 1


def test_too_many_at_once_are_refused_in_a_sentence(curator, brand, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 1
    page = bring(curator, brand, file("heron.md"), file("ferns.md"))
    assert page.status_code == 400
    assert "send fewer at once" in page.text
