"""When a source is read, and how often for one moment of its schedule."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django_celery_beat.models import PeriodicTask
from django_celery_beat.schedulers import ModelEntry

from archive import tasks
from archive.models import Source
from archive.sources import schedule
from archive.sources.schedule import ScheduleError, described, following, is_due

from .reading import finish

pytestmark = pytest.mark.django_db


@pytest.fixture
def nightly(source, folder):
    return source("folder", folder, schedule="0 3 * * *")


def passed(source, hours=30):
    """As if the schedule had been set so long ago."""
    Source.objects.filter(pk=source.pk).update(scheduled=timezone.now() - timedelta(hours=hours))
    source.refresh_from_db()


def row_of(source):
    return PeriodicTask.objects.get(task=schedule.TASK, args=json.dumps([source.pk]))


def test_saving_makes_the_schedulers_row_in_the_brands_time_zone(brand, source, folder):
    brand.time_zone = "Asia/Tokyo"
    brand.save()
    made = source("folder", folder, schedule="30 3 * * 1")
    row = row_of(made)
    crontab = row.crontab
    assert (row.enabled, crontab.minute, crontab.hour, crontab.day_of_week) == (
        True,
        "30",
        "3",
        "1",
    )
    assert str(crontab.timezone) == "Asia/Tokyo"
    assert row.args == f"[{made.pk}]"


def test_saving_anew_moves_it_and_an_empty_schedule_removes_it(nightly):
    nightly.schedule = "15 * * * *"
    nightly.save()
    assert row_of(nightly).crontab.minute == "15"
    nightly.schedule = ""
    nightly.save()
    assert not PeriodicTask.objects.filter(task=schedule.TASK).exists()


def test_a_source_that_is_switched_off_is_not_read(nightly):
    nightly.enabled = False
    nightly.save()
    passed(nightly)
    assert not row_of(nightly).enabled
    tasks.run_source(nightly.pk)
    assert not nightly.runs.exists()


def test_the_row_goes_with_its_source_and_moves_with_its_brand(brand, nightly):
    brand.time_zone = "America/New_York"
    brand.save()
    assert str(row_of(nightly).crontab.timezone) == "America/New_York"
    nightly.delete()
    assert not PeriodicTask.objects.filter(task=schedule.TASK).exists()


def test_the_scheduler_itself_reads_the_row(nightly):
    entry = ModelEntry(row_of(nightly))
    entry.last_run_at = timezone.now() - timedelta(hours=25)
    assert entry.is_due().is_due
    assert (entry.task, entry.args) == (schedule.TASK, [nightly.pk])


def test_two_beats_and_a_late_message_make_one_run(nightly):
    passed(nightly)
    tasks.run_source(nightly.pk)
    tasks.run_source(nightly.pk)
    tasks.run_source(nightly.pk, "what an older release said")
    assert nightly.runs.count() == 1
    finish(nightly.runs.get())


def test_a_message_before_its_time_makes_no_run(nightly):
    tasks.run_source(nightly.pk)
    assert not nightly.runs.exists()


def test_the_sweep_finds_what_the_scheduler_missed(nightly, settings):
    from celery import current_app

    from archive.sources.ask import renudge

    passed(nightly)
    renudge()
    with current_app.connection_for_read() as connection:
        assert connection.default_channel.queue_declare("ingestion", passive=True).message_count


@pytest.mark.parametrize("minute", range(0, 60, 17))
def test_the_next_moment_follows_the_clock_of_the_brand(brand, minute):
    brand.time_zone = "Europe/Paris"
    made = Source(brand=brand, schedule=f"{minute} 3 * * *")
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert following(made, noon) == datetime(2026, 7, 2, 1, minute, tzinfo=UTC)
    assert following(made, noon + timedelta(days=180)).hour in {2, 3}


def test_a_schedule_without_any_moment_is_never_due(brand):
    made = Source(brand=brand, schedule="0 0 31 2 *", created=timezone.now())
    assert following(made, timezone.now()) is None


@pytest.mark.parametrize("text", ["daily", "61 * * * *", "0 3 * *", "a b c d e"])
def test_what_is_no_schedule_is_said(source, folder, text):
    with pytest.raises(ScheduleError):
        source("folder", folder, schedule=text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "By hand"),
        ("* * * * *", "Every minute"),
        ("15 * * * *", "Every hour at :15"),
        ("0 3 * * *", "Every day at 03:00"),
        ("30 22 * * 1", "Mondays at 22:30"),
        ("*/5 * * * *", "*/5 * * * *"),
    ],
)
def test_a_schedule_is_told_in_words(text, words):
    assert described(text) == words


def test_due_counts_from_the_last_run(nightly):
    passed(nightly)
    assert is_due(nightly)
    nightly.runs.create(brand=nightly.brand, origin="Press")
    assert not is_due(nightly)
