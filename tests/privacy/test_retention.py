"""Exactly what is due goes, at midnight where the house is, and what is on hold stays."""

import random
import uuid
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from archive.models import Brand
from concierge.audit.models import Reading
from concierge.chat.models import Conversation
from concierge.clients.models import Memory, Visitor
from concierge.gaps.models import Gap
from concierge.llm.models import Call
from concierge.privacy.holds import put_on_hold
from concierge.privacy.models import Erasure, Hold, Period
from concierge.privacy.periods import DEFAULTS, days_of, periods
from concierge.privacy.retention import end_of, enforce

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 10, 26, 9, 30, tzinfo=UTC)  # the day after Paris put its clocks back
LAST = {Conversation: "updated", Memory: "updated", Reading: "at", Gap: "updated", Call: "created"}
THEIRS = {
    Conversation: ["brand"],
    Memory: ["visitor__brand"],
    Reading: ["visitor__brand"],
    Gap: ["brand"],
    Call: ["brand"],
}
KINDS = {
    Conversation: "conversations",
    Memory: "memories",
    Reading: "readings",
    Gap: "gaps",
    Call: "calls",
}


@pytest.fixture
def houses(brand, other_brand):
    for house, zone in ((brand, "Europe/Paris"), (other_brand, "Pacific/Auckland")):
        house.time_zone = zone
        house.save()
    Period.objects.create(brand=brand, kind="conversations", days=30)
    Period.objects.create(brand=other_brand, kind="memories", days=90)
    return brand, other_brand


def browser(house):
    return Visitor.objects.create(brand=house, browser=uuid.uuid4())


def fill(house, each):
    """So many rows of each kind, of two visitors; their last moments lie in the last 800 days."""
    for guest in (browser(house), browser(house)):
        half = range(each // 2)
        Conversation.objects.bulk_create(Conversation(brand=house, visitor=guest) for _ in half)
        Memory.objects.bulk_create(Memory(visitor=guest, kind="other", origin="said") for _ in half)
        Reading.objects.bulk_create(
            Reading(visitor=guest, conversation=uuid.uuid4(), until=NOW) for _ in half
        )
    Gap.objects.bulk_create(Gap(brand=house, key=f"{n}", support=0.1) for n in range(each))
    Call.objects.bulk_create(Call(brand=house) for _ in range(each))


def age(days=800, seed=6):
    dice = random.Random(seed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(%s)", [dice.random()])
        for model, column in LAST.items():
            cursor.execute(
                f"UPDATE {model._meta.db_table} SET {column} = %s - random() * %s::interval",
                [NOW, timedelta(days=days)],
            )


def left(model, now):
    """The rows that a calendar says may stay: counted in the house's own days."""
    kept, days = set(), {house.pk: days_of(house) for house in Brand.objects.all()}
    for row in model.objects.select_related(*THEIRS[model]):
        house = row.brand if hasattr(row, "brand") else row.visitor.brand
        zone = ZoneInfo(house.time_zone)
        last = getattr(row, LAST[model]).astimezone(zone).date()
        if (now.astimezone(zone).date() - last).days <= days[house.pk][KINDS[model]]:
            kept.add(row.pk)
    return kept


def test_of_ten_thousand_rows_exactly_those_due_go_as_time_passes(houses):
    for house in houses:
        fill(house, 1000)
    age()
    assert sum(model.objects.count() for model in LAST) == 10_000
    for days in (0, 1, 200):
        now = NOW + timedelta(days=days)
        expected = {model: left(model, now) for model in LAST}
        enforce(now)
        for model, kept in expected.items():
            assert set(model.objects.values_list("pk", flat=True)) == kept, (model, days)
            assert kept or days == 200


def test_a_second_run_removes_nothing(houses):
    fill(houses[0], 20)
    age()
    assert sum(enforce(NOW).values())
    assert not sum(enforce(NOW).values())


def test_a_run_is_bounded_and_the_next_goes_on(houses):
    fill(houses[0], 40)
    age()
    whole = {model: left(model, NOW) for model in LAST}
    assert sum(enforce(NOW, rows=7).values()) == 7
    while sum(enforce(NOW, rows=25).values()):
        pass
    assert {model: set(model.objects.values_list("pk", flat=True)) for model in LAST} == whole


@pytest.mark.parametrize(
    ("zone", "now", "end"),
    [
        # Put back that night: the day before had 25 hours.
        ("Europe/Paris", "2026-10-26T00:30+01:00", "2026-10-25T00:00+02:00"),
        ("Europe/Paris", "2026-10-25T23:30+01:00", "2026-10-24T00:00+02:00"),
        # Put forward that night: 23 hours.
        ("Europe/Paris", "2026-03-30T00:00+02:00", "2026-03-29T00:00+01:00"),
        ("Pacific/Auckland", "2026-07-01T11:59+00:00", "2026-06-29T12:00+00:00"),
        ("Pacific/Auckland", "2026-07-01T12:00+00:00", "2026-06-30T12:00+00:00"),
        ("nowhere", "2026-07-01T12:00+00:00", "2026-06-30T00:00+00:00"),
    ],
)
def test_a_day_ends_at_midnight_where_the_house_is(brand, zone, now, end):
    brand.time_zone = zone
    assert end_of(brand, 1, datetime.fromisoformat(now)) == datetime.fromisoformat(end)


def test_a_browser_with_nothing_to_its_name_is_forgotten_as_a_person_is(houses):
    empty, known, new = (browser(houses[0]) for _ in range(3))
    Memory.objects.create(visitor=known, kind="size", text="six", origin="said")
    old = Visitor.objects.filter(pk__in=[empty.pk, known.pk])
    old.update(created=NOW - timedelta(days=DEFAULTS["visitors"] + 2))
    Visitor.objects.filter(pk=new.pk).update(created=NOW - timedelta(days=2))
    Memory.objects.update(updated=NOW)
    assert enforce(NOW)["visitors"] == 1
    assert set(Visitor.objects.values_list("pk", flat=True)) == {known.pk, new.pk}
    assert Erasure.objects.get().reason == Erasure.Reason.RETENTION


def test_what_is_on_hold_stays_until_the_day_after_its_last(houses):
    guest, other = browser(houses[0]), browser(houses[0])
    talks = [Conversation.objects.create(brand=houses[0], visitor=guest) for _ in range(2)]
    theirs = Conversation.objects.create(brand=houses[0], visitor=other)
    Conversation.objects.update(updated=NOW - timedelta(days=100))
    put_on_hold(talks[0], None, "Case 12", until=NOW.date())
    put_on_hold(theirs, None, "Case 13", person=True)
    assert enforce(NOW)["conversations"] == 1
    assert set(Conversation.objects.all()) == {talks[0], theirs}
    assert enforce(NOW + timedelta(days=1))["conversations"] == 1
    assert Conversation.objects.get() == theirs
    assert Hold.objects.get().visitor == other


def test_the_client_reads_how_long_things_stay(houses):
    told = {kind: (days, words) for kind, days, words in periods(houses[0])}
    assert told["Conversations"] == (30, "30 days after the last word")
    assert told["What the house remembers of you"][1].startswith("2 years")
