"""A run at a glance."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from archive.models import Alike, IngestionItem, IngestionRun, Likeness, Source
from archive.review.glance import bar, earlier, glance

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(brand):
    return IngestionRun.objects.create(brand=brand, origin="archive/", finished=timezone.now())


def add(run, state, count=1, **fields):
    fields = {"finished": timezone.now(), "size": 2000} | fields
    start = run.items.count()
    return [
        IngestionItem.objects.create(
            run=run, state=state, key=f"{start + n}.md", file_name=f"{start + n}.md", **fields
        )
        for n in range(count)
    ]


def test_outcomes_are_parts_of_a_whole(run):
    add(run, "created", 3)
    add(run, "failed", 1, reason="It is empty.")
    parts = glance(run).parts
    assert [(part.state, part.count, part.share) for part in parts] == [
        ("created", 3, 75), ("failed", 1, 25),
    ]  # fmt: skip


def test_reasons_are_grouped_with_the_files_behind_them(run):
    add(run, "failed", 3, reason="This file is empty.")
    add(run, "failed", 1, reason="This PDF is protected.")
    add(run, "created", 1)
    first, second = glance(run).reasons
    assert (first.text, first.count, len(first.items)) == ("This file is empty.", 3, 3)
    assert (second.text, [item.key for item in second.items]) == (
        "This PDF is protected.", ["3.md"],
    )  # fmt: skip


def test_the_strip_tells_when_files_were_done(run):
    IngestionRun.objects.filter(pk=run.pk).update(created=run.finished - timedelta(seconds=100))
    run.refresh_from_db()
    add(run, "created", 2, finished=run.created + timedelta(seconds=1))
    add(run, "failed", 1, finished=run.created + timedelta(seconds=99))
    first, last = glance(run).columns
    assert (first.at, last.at) == (0, 47)
    assert (first.parts[0].share, last.parts[0].share) == (100, 50)


def test_sizes_and_the_time_of_each_step_are_summed(run):
    add(run, "created", 2, size=500, timings={"parse": 1000, "embed": 3000})
    add(run, "created", 1, size=2 << 20)
    seen = glance(run)
    assert [count for _, count, _ in seen.sizes] == [2, 0, 0, 1, 0]
    assert seen.steps == (("parse", 2.0, 25.0), ("embed", 6.0, 75.0))
    assert (seen.bytes, seen.largest) == (1000 + (2 << 20), 2 << 20)


def test_copies_and_pages_without_text_are_found(run, document):
    (item,) = add(run, "created", 1, document=document)
    document.versions.update(item=item, unread_pages=[2, 3])
    likeness = Likeness.objects.create(brand=run.brand, kind="exact")
    Alike.objects.create(likeness=likeness, document=document, containment=1)
    assert (glance(run).unread, glance(run).alike) == (1, 1)


def test_a_run_stands_beside_its_sources_earlier_ones(brand, run):
    source = Source.objects.create(brand=brand, name="Press", kind="folder", address="/press")
    runs = [IngestionRun.objects.create(brand=brand, origin="p", source=source) for _ in range(3)]
    add(runs[0], "created", 2)
    add(runs[1], "failed", 1)
    found = earlier(runs[1])
    assert [each.pk for each, _ in found] == [runs[0].pk, runs[1].pk]
    assert [part.state for _, parts in found for part in parts] == ["created", "failed"]


def test_the_number_of_queries_does_not_grow_with_the_run(run, django_assert_max_num_queries):
    add(run, "failed", 40, reason="This file is empty.")
    with django_assert_max_num_queries(10):
        glance(run)


def test_a_whole_without_parts_has_none():
    assert bar({}) == ()


def page_of(browser, run, **headers):
    return browser.get(reverse("admin:archive_ingestionrun_change", args=[run.pk]), **headers)


def test_the_page_tells_in_words_what_the_picture_shows(curator, run):
    add(run, "created", 3, passages=4)
    add(run, "failed", 1, reason="This file is empty.")
    page = page_of(curator, run).text
    assert 'aria-label="3 created, 1 failed"' in page
    assert "4 files in" in page
    assert "12 passages; 1 failed." in page
    assert "This file is empty." in page


def test_a_run_that_goes_on_tells_how_fast_and_how_long_still(curator, run):
    IngestionRun.objects.update(finished=None, created=timezone.now() - timedelta(seconds=10))
    add(run, "created", 5, passages=10)
    add(run, "waiting", 5, finished=None)
    page = page_of(curator, run).text
    assert "5 of 10 files done, at 0.5 files and 5 passages a second; about 1" in page
    assert 'hx-trigger="every 2s"' in page
    assert '<noscript><meta http-equiv="refresh"' in page
    part = page_of(curator, run, headers={"hx-request": "true"}).text
    assert part.strip().startswith('<div id="run"')


def test_a_run_that_has_ended_stands_still(curator, run):
    add(run, "created", 1)
    page = page_of(curator, run).text
    assert "every 2s" not in page
    assert "http-equiv" not in page


def test_a_run_without_files_says_so(curator, run):
    assert "Nothing new was found" in page_of(curator, run).text


def test_the_files_of_one_outcome_are_listed(curator, run):
    add(run, "created", 2)
    add(run, "failed", 1, reason="This file is empty.")
    address = reverse("admin:archive_run_items", args=[run.pk])
    assert "2.md" in curator.get(address).text
    page = curator.get(f"{address}?state=failed").text
    assert "This file is empty." in page
    assert "0.md" not in page


def test_the_list_shows_each_run_as_a_bar(curator, run):
    add(run, "created", 2)
    page = curator.get("/admin/archive/ingestionrun/").text
    assert 'aria-label="2 created"' in page


def test_runs_are_for_those_who_may_see_them(allow, visitor, curator, run):
    address = reverse("admin:archive_run_items", args=[run.pk])
    advisor = allow("view_document")
    for each in (address, reverse("admin:archive_ingestionrun_change", args=[run.pk])):
        assert advisor.get(each).status_code == 403
        assert visitor.get(each).status_code == 302
        assert curator.get(each.replace(str(run.pk), "999999")).status_code == 404
    assert curator.post(address).status_code == 405


def test_what_failed_is_tried_again(allow, visitor, curator, run):
    add(run, "failed", 2, reason="This file is empty.")
    address = reverse("admin:archive_run_again", args=[run.pk])
    assert address in page_of(curator, run).text
    assert allow("view_ingestionrun").post(address).status_code == 403
    assert visitor.post(address).status_code == 302
    assert curator.get(address).status_code == 405
    assert "2 files tried again." in curator.post(address, follow=True).text
    assert set(run.items.values_list("state", flat=True)) == {"waiting"}
