"""The first page of the console."""

from datetime import timedelta

import pytest
from django.utils import timezone

from archive.models import Brand, Document, IngestionItem, IngestionRun, Source
from archive.review import notices

pytestmark = pytest.mark.django_db

DESK = "/admin/"


def test_it_tells_how_each_archive_stands(curator, make):
    for key, status in (("a", "published"), ("b", "published"), ("c", "review"), ("d", "draft")):
        make(key, status=status)
    page = curator.get(DESK).text
    assert 'aria-label="2 published, 1 in review, 1 draft"' in page
    assert "1 document waits to be approved" in page


def test_it_leads_to_what_waits(curator, make):
    document = make("heron", status="review")
    notices.tell(document, "unread_pages", "Page 2 has no text.")
    page = curator.get(DESK).text
    assert f"?brand__id__exact={document.brand_id}&amp;status__exact=review" in page
    assert "1 notice" in page


def test_it_tells_what_publishes_itself(curator, make):
    soon = timezone.now() + timedelta(days=3)
    make("heron", status="published", embargo_until=soon)
    page = curator.get(DESK).text
    assert "1 document under embargo; the next is shown from" in page
    assert f"{soon:%-d %B %Y, %H:%M} (UTC)" in page


def test_it_shows_the_last_runs_and_what_is_read_next(curator, brand):
    run = IngestionRun.objects.create(brand=brand, origin="press/", finished=timezone.now())
    IngestionItem.objects.create(run=run, key="a", file_name="a", state="created")
    Source.objects.create(
        brand=brand, name="Journal", kind="folder", address="/", schedule="0 3 * * *"
    )
    page = curator.get(DESK).text
    assert "press/" in page
    assert 'aria-label="1 created"' in page
    assert "Journal" in page
    assert "03:00 (UTC)" in page


def test_empty_states_say_what_will_stand_there(curator, brand):
    assert "The archive is empty." in curator.get(DESK).text
    Brand.objects.all().delete()
    assert "There is no house here yet" in curator.get(DESK).text


def test_the_number_of_queries_does_not_grow_with_the_archive(
    curator, make, django_assert_max_num_queries
):
    for number in range(12):
        make(f"n{number}", status="review")
    with django_assert_max_num_queries(32):
        curator.get(DESK)


def test_staff_without_permission_see_an_empty_desk(advisor, make):
    make("heron")
    page = advisor.get(DESK).text
    assert "There is nothing here for you yet." in page
    assert "Maison" not in page


def test_a_brand_without_pages_of_its_own_is_not_shown(curator, make):
    make("heron")
    Brand.objects.update(public=False)
    assert "Maison" not in curator.get(DESK).text
    assert Document.objects.exists()


def test_a_visitor_is_sent_to_sign_in(visitor):
    assert visitor.get(DESK).status_code == 302


def test_signing_in_leads_to_the_desk(visitor, django_user_model):
    django_user_model.objects.create_superuser(username="ines", password="a test's own")
    said = {"username": "ines", "password": "a test's own"}
    assert visitor.post("/admin/login/", said).url == DESK
