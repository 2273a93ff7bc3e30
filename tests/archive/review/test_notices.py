"""What staff are told, once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from archive.models import Document, IngestionItem, IngestionRun, Notice, Source
from archive.review import notices


@pytest.fixture
def document(brand):
    return Document.objects.create(brand=brand, key="press/heron.pdf", title="The Heron")


def test_a_notice_names_what_it_is_about_and_links_to_it(document):
    notice = notices.tell(document, "unread_pages", "Pages 2 and 3 have no text.")
    assert (notice.brand, notice.document) == (document.brand, document)
    assert (notice.subject, notice.text) == ("press/heron.pdf", "Pages 2 and 3 have no text.")


def test_a_notice_on_an_item_links_to_its_document_and_source(document):
    source = Source.objects.create(brand=document.brand, name="Press", kind="folder", address="/")
    run = IngestionRun.objects.create(brand=document.brand, origin="a", source=source)
    item = IngestionItem.objects.create(run=run, key="a", file_name="a", document=document)
    notice = notices.tell(item, "parked", "This file was cut off three times.")
    assert (notice.item, notice.document, notice.source) == (item, document, source)


def test_the_same_told_again_takes_the_new_words_and_stays_one(document):
    notices.tell(document, "unread_pages", "Page 2 has no text.")
    notices.tell(document, "unread_pages", "Pages 2 and 3 have no text.")
    assert [each.text for each in Notice.objects.all()] == ["Pages 2 and 3 have no text."]


def test_what_was_settled_is_told_anew(document, django_user_model):
    person = django_user_model.objects.create(username="ines")
    notices.tell(document, "unread_pages", "Page 2 has no text.")
    assert notices.settle(Notice.objects.all(), by=person) == 1
    assert notices.settle(Notice.objects.all(), by=None) == 0
    notices.tell(document, "unread_pages", "Page 2 has no text.")
    assert list(Notice.objects.values_list("settled_by__username", flat=True)) == [None, "ines"]


def test_trouble_that_is_over_settles_itself(brand):
    source = Source.objects.create(brand=brand, name="Press", kind="folder", address="/press")
    notices.tell(source, "source_failed", "The folder /press cannot be opened.")
    notices.tell(brand, "source_failed", "Another.", subject="Shop")
    assert notices.settle_about(source, "source_failed") == 1
    assert [each.subject for each in Notice.objects.filter(settled=None)] == ["Shop"]


@pytest.mark.django_db(transaction=True)
def test_two_who_tell_it_at_once_make_one_notice(document):
    def tell(_):
        try:
            return notices.tell(document, "parked", "It could not be read.").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        told = set(threads.map(tell, range(8)))
    assert told == {Notice.objects.get().pk}
