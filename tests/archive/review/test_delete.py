"""Deleting for good, and what stands in the way."""

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from archive.ingestion.kept import discard
from archive.models import (
    Change,
    Document,
    IngestionItem,
    IngestionRun,
    Listing,
    Passage,
    PassageEmbedding,
    Source,
)
from archive.review.delete import InUseError, delete, source_uses
from archive.review.status import publish

KEPT = "archive/maison/ab/abc.md"


@pytest.fixture
def kept(media):
    """The file that a text came from."""
    path = media / KEPT
    path.parent.mkdir(parents=True)
    path.write_text("It stands in the water.")
    return path


def came(document, name=KEPT):
    """As ingestion leaves it: the version and the item of a run name the same kept file."""
    run = IngestionRun.objects.create(brand=document.brand, origin="a", finished=timezone.now())
    item = IngestionItem.objects.create(
        run=run, key=document.key, file_name="a.md", file=name, state="created", document=document
    )
    document.versions.update(file=name, item=item)
    return item


@pytest.mark.django_db
def test_a_document_goes_with_all_that_is_its_own(document, ines):
    delete(Document.objects.all(), by=ines)
    assert not Document.objects.exists()
    assert not Passage.objects.exists()
    assert not PassageEmbedding.objects.exists()


@pytest.mark.django_db
def test_that_it_was_there_is_remembered(document, ines):
    publish(Document.objects.all())
    delete(Document.objects.all(), by=ines)
    change = Change.objects.get(act="deleted")
    assert (change.title, change.by, change.document) == ("The Heron", ines, None)
    assert change.before["status"] == "published"
    assert Change.objects.filter(title="The Heron").count() == 2


@pytest.mark.django_db
def test_what_answers_cite_is_not_deleted_and_they_are_counted(document, cite):
    cite(document)
    cite(document)
    today = timezone.now().strftime("%-d %B %Y")
    said = f"“The Heron” is used by 2 answers in 2 conversations, the last of them of {today}"
    with pytest.raises(InUseError, match=said) as refused:
        delete(Document.objects.all())
    assert "Withdraw it instead" in str(refused.value)
    assert Document.objects.exists()


@pytest.mark.django_db
def test_of_many_none_goes_if_one_is_cited(make, cite):
    cite(make("heron"))
    make("ferns")
    with pytest.raises(InUseError):
        delete(Document.objects.all())
    assert Document.objects.count() == 2


@pytest.mark.django_db
def test_an_earlier_text_that_is_cited_holds_the_document_too(document, cite):
    from archive.models import DocumentVersion

    cite(document)
    document.current = DocumentVersion.objects.create(
        document=document, number=2, text="New.", file_name="a.md"
    )
    document.save()
    with pytest.raises(InUseError):
        delete(Document.objects.all())


@pytest.mark.django_db
def test_a_source_names_what_rests_on_its_documents(document, cite):
    source = Source.objects.create(brand=document.brand, name="Press", kind="folder", address="/")
    assert source_uses(source) == []
    Listing.objects.create(
        source=source, key="heron", address="/heron", document=document, seen=timezone.now()
    )
    assert source_uses(source) == []
    cite(document)
    assert "“The Heron” is used by 1 answer in 1 conversation" in source_uses(source)[0]


@pytest.mark.django_db(transaction=True)
def test_the_kept_file_goes_once_nothing_names_it(document, kept):
    item = came(document)
    delete(Document.objects.all())
    assert not kept.exists()
    item.refresh_from_db()
    assert item.file.name == ""


@pytest.mark.django_db(transaction=True)
def test_the_kept_file_stays_for_another_document(make, kept):
    came(make("heron"))
    came(make("ferns"))
    delete(Document.objects.filter(key="heron"))
    assert kept.exists()
    delete(Document.objects.all())
    assert not kept.exists()


@pytest.mark.django_db(transaction=True)
def test_the_kept_file_stays_for_an_item_that_waits(document, kept):
    came(document)
    run = IngestionRun.objects.create(brand=document.brand, origin="b")
    IngestionItem.objects.create(run=run, key="b", file_name="b.md", file=KEPT)
    delete(Document.objects.all())
    assert kept.exists()


@pytest.mark.django_db(transaction=True)
def test_the_kept_file_stays_if_the_deletion_does_not_hold(document, kept):
    came(document)
    with transaction.atomic():
        delete(Document.objects.all())
        transaction.set_rollback(True)
    assert kept.exists()
    assert Document.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_archive_goes_with_the_last_of_what_was_in_it(make, kept):
    run = IngestionRun.objects.create(brand=make("x").brand, origin="a")
    whole = IngestionItem.objects.create(
        run=run, key="a.zip", file_name="a.zip", file=KEPT, state="unpacked"
    )
    for key in ("heron", "ferns"):
        item = came(make(key), f"archive/maison/{key}.md")
        IngestionItem.objects.filter(pk=item.pk).update(parent=whole)
    delete(Document.objects.filter(key="heron"))
    assert kept.exists()
    delete(Document.objects.filter(key="ferns"))
    assert not kept.exists()


@pytest.mark.django_db
def test_a_file_that_is_gone_already_is_no_trouble(media):
    discard(["archive/maison/ab/nothing.md"])


@pytest.mark.django_db
class TestPage:
    LIST = "/admin/archive/document/"

    def test_a_cited_document_offers_to_be_withdrawn_instead(self, curator, document, cite):
        cite(document)
        address = reverse("admin:archive_document_delete", args=[document.pk])
        page = curator.get(address).text
        assert "1 answer in 1 conversation" in page
        assert "Delete for good" not in page
        said = {"keys": document.pk, "withdraw": "1"}
        assert "withdrawn." in curator.post(f"{self.LIST}gone/", said, follow=True).text
        document.refresh_from_db()
        assert document.status == "withdrawn"

    def test_a_refusal_is_a_sentence(self, curator, document, cite):
        cite(document)
        page = curator.post(f"{self.LIST}gone/", {"keys": document.pk}, follow=True).text
        assert "is used by 1 answer" in page
        assert Document.objects.exists()

    def test_several_are_deleted_from_the_list(self, curator, make):
        keys = [make("heron").pk, make("ferns").pk]
        chosen = {"action": "delete_them", "_selected_action": keys}
        assert "Delete 2 documents" in curator.post(self.LIST, chosen).text
        said = {"keys": ",".join(map(str, keys))}
        page = curator.post(f"{self.LIST}gone/", said, follow=True).text
        assert "2 documents deleted for good." in page
        assert not Document.objects.exists()

    def test_deleting_is_for_those_who_may(self, allow, visitor, curator, document):
        confirm = reverse("admin:archive_document_delete", args=[document.pk])
        said = {"keys": document.pk}
        advisor = allow("view_document", "change_document")
        assert advisor.get(confirm).status_code == 403
        assert advisor.post(f"{self.LIST}gone/", said).status_code == 403
        assert visitor.post(f"{self.LIST}gone/", said).status_code == 302
        assert curator.get(f"{self.LIST}gone/").status_code == 405
        assert Document.objects.exists()
