"""Embargoes and rights: at the minute, in the time of the brand."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from archive.models import Change, Document, Passage

pytestmark = pytest.mark.django_db


def seen(viewer):
    """Whether the document and its passage are both read, or neither."""
    documents = Document.objects.visible_to(viewer).count()
    assert documents == Passage.objects.visible_to(viewer).count()
    return bool(documents)


def save(curator, document, **fields):
    address = reverse("admin:archive_document_change", args=[document.pk])
    form = curator.get(address).context["adminform"].form
    data = {name: value for name, value in form.initial.items() if value is not None}
    for name in ("embargo_until", "rights_until"):
        data.pop(name, None)
    return curator.post(address, data | {"people": ""} | fields)


def at(day, hour):
    return {"embargo_until_0": day, "embargo_until_1": hour}


@pytest.mark.parametrize(
    ("field", "before", "after"),
    [("embargo_until", False, True), ("rights_until", True, False)],
)
def test_it_turns_at_the_moment_itself(make, viewer, field, before, after):
    document = make("heron", status="published")
    for distance, expected in ((1, before), (0, after), (-1, after)):
        moment = timezone.now() + timedelta(minutes=distance)
        setattr(document, field, moment)
        document.save()
        assert seen(viewer) is expected


@pytest.mark.parametrize(
    ("day", "hour", "expected"),
    [
        ("2027-01-15", "09:00", datetime(2027, 1, 15, 8, tzinfo=UTC)),
        ("2027-07-15", "09:00", datetime(2027, 7, 15, 7, tzinfo=UTC)),
        ("2027-03-28", "01:59", datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        ("2027-03-28", "03:00", datetime(2027, 3, 28, 1, tzinfo=UTC)),
        ("2027-10-31", "03:00", datetime(2027, 10, 31, 2, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_in_the_time_of_the_brand(curator, paris, make, day, hour, expected):
    document = make("heron")
    assert save(curator, document, **at(day, hour)).status_code == 302
    document.refresh_from_db()
    assert document.embargo_until == expected


@pytest.mark.parametrize(
    ("day", "hour"), [("2027-03-28", "02:30"), ("2027-10-31", "02:30")], ids=["none", "two"]
)
def test_an_hour_that_a_clock_skips_or_shows_twice_is_refused(curator, paris, make, day, hour):
    document = make("heron")
    page = save(curator, document, **at(day, hour))
    assert "it may be ambiguous or it may not exist" in page.text
    document.refresh_from_db()
    assert document.embargo_until is None


def test_a_moment_is_shown_in_the_time_of_the_brand_and_the_zone_named(curator, paris, make):
    moment = datetime(2027, 7, 15, 7, tzinfo=UTC)
    document = make("heron", status="published", embargo_until=moment)
    page = curator.get(reverse("admin:archive_document_change", args=[document.pk])).text
    assert 'value="09:00:00"' in page
    assert "Time of Europe/Paris." in page
    assert "From 15 July 2027, 09:00 (Europe/Paris) on, everyone reads it." in page


def test_a_page_saved_again_moves_no_moment(curator, paris, make):
    moment = datetime(2027, 7, 15, 7, tzinfo=UTC)
    document = make("heron", embargo_until=moment)
    save(curator, document, **at("2027-07-15", "09:00"))
    assert not Change.objects.exists()


def test_a_new_embargo_is_remembered_with_who_set_it(curator, paris, make):
    document = make("heron")
    save(curator, document, **at("2027-07-15", "09:00"))
    change = Change.objects.get()
    assert (change.act, change.by.username) == ("edited", "curator")
    assert datetime.fromisoformat(change.after["embargo_until"]) == datetime(
        2027, 7, 15, 7, tzinfo=UTC
    )
    page = curator.get("/admin/archive/change/").text
    assert "15 July 2027, 09:00 (Europe/Paris)" in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"status": "draft"}, "it is a draft. Meant for: everyone."),
        ({"status": "review"}, "it is in review. Meant for: everyone."),
        ({"status": "withdrawn"}, "Nobody reads it: it is withdrawn."),
        ({"status": "published"}, "Everyone reads it."),
        ({"status": "published", "audience": "client"}, "Clients read it."),
        (
            {"status": "published", "rights_until": datetime(2020, 1, 1, tzinfo=UTC)},
            "Nobody reads it: its rights ended on 1 January 2020, 00:00 (UTC).",
        ),
    ],
)
def test_the_page_says_who_reads_it(curator, make, fields, said):
    document = make("heron", **fields)
    page = curator.get(reverse("admin:archive_document_change", args=[document.pk])).text
    assert said in page
