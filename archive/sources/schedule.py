"""When a source is read: a crontab in the brand's time zone, kept as a row of the scheduler's.

The scheduler's message is a nudge and says nothing of when it was due: whether a source is due is
told by its rows, so that a message that came twice, or hours late, makes one run and not two.
"""

import json
from datetime import datetime, timedelta
from typing import Any

from celery.schedules import ParseException
from django.db.models import Max
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from django.utils import timezone
from django_celery_beat.models import CrontabSchedule, PeriodicTask
from django_celery_beat.tzcrontab import TzAwareCrontab

from archive.ingestion.metadata import time_zone
from archive.models import Brand, Source

TASK = "archive.run_source"
FIELDS = ("minute", "hour", "day_of_month", "month_of_year", "day_of_week")
WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


class ScheduleError(ValueError):
    """The text is one plain sentence."""


def crontab(schedule: str, brand: Brand) -> TzAwareCrontab:
    """Raises ScheduleError."""
    parts = schedule.split()
    if len(parts) != len(FIELDS):
        raise ScheduleError(
            "A schedule has five parts, as “0 3 * * 1”: minute, hour, day, month, weekday."
        )
    try:
        return TzAwareCrontab(**dict(zip(FIELDS, parts, strict=True)), tz=time_zone(brand))
    except (ParseException, ValueError) as error:
        said = str(error).rstrip(".")
        raise ScheduleError(f"“{schedule}” is no schedule: {said}.") from error


def following(source: Source, moment: datetime) -> datetime | None:
    """The first moment after `moment` at which the source is to be read; None if never."""
    if not source.schedule or not source.enabled:
        return None
    try:
        found = crontab(source.schedule, source.brand)
        began, delta, _ = found.remaining_delta(moment.astimezone(found.tz))
    except (ScheduleError, RuntimeError):  # no such day, the 31st of February say
        return None
    following: datetime = began + delta
    return following


def upcoming(source: Source) -> datetime | None:
    return following(source, timezone.now())


def is_due(source: Source, grace: timedelta = timedelta(0)) -> bool:
    """Whether a moment of the schedule has passed, `grace` ago at least, and no run since."""
    last = source.runs.aggregate(last=Max("created"))["last"]
    since = max(filter(None, (source.scheduled, last)), default=source.created)
    moment = following(source, since)
    return moment is not None and moment <= timezone.now() - grace


def arrange(source: Source) -> None:
    """Bring the scheduler's row to what the source says. Raises ScheduleError."""
    rows = PeriodicTask.objects.filter(task=TASK, args=json.dumps([source.pk]))
    if not source.schedule:
        for row in rows:
            row.delete()
        return
    crontab(source.schedule, source.brand)
    parts: dict[str, Any] = dict(zip(FIELDS, source.schedule.split(), strict=True))
    wanted, _ = CrontabSchedule.objects.get_or_create(**parts, timezone=time_zone(source.brand))
    row = rows.first() or PeriodicTask(task=TASK, args=json.dumps([source.pk]))
    if (row.crontab, row.enabled) != (wanted, source.enabled) or row.pk is None:
        source.scheduled = timezone.now()  # what was due under another schedule is not caught up
        Source.objects.filter(pk=source.pk).update(scheduled=source.scheduled)
    row.crontab, row.enabled = wanted, source.enabled
    row.name = f"Source {source.pk}: {source.name}"
    row.description = f"Reads the source “{source.name}” of {source.brand}."
    row.save()


def described(schedule: str) -> str:
    """The schedule in words where it is one of the usual ones."""
    if not schedule:
        return "By hand"
    parts = schedule.split()
    if len(parts) != len(FIELDS):
        return schedule
    minute, hour, *rest = parts
    if [hour, *rest] == ["*"] * 4 and minute == "*":
        return "Every minute"
    if not minute.isdigit() or not (hour == "*" or hour.isdigit()):
        return schedule
    if hour == "*":
        return f"Every hour at :{int(minute):02}" if rest == ["*", "*", "*"] else schedule
    at = f"{int(hour):02}:{int(minute):02}"
    if rest == ["*", "*", "*"]:
        return f"Every day at {at}"
    if rest[:2] == ["*", "*"] and rest[2].isdigit():
        return f"{WEEKDAYS[int(rest[2]) % 7]}s at {at}"
    return schedule


@receiver(post_save, sender=Source)
def saved(sender: type[Source], instance: Source, raw: bool = False, **rest: Any) -> None:
    if not raw:
        arrange(instance)


@receiver(post_save, sender=Brand)
def moved(sender: type[Brand], instance: Brand, raw: bool = False, **rest: Any) -> None:
    """The brand may be in another time zone now."""
    if not raw:
        for source in instance.sources.exclude(schedule=""):
            arrange(source)


@receiver(pre_delete, sender=Source)
def leaving(sender: type[Source], instance: Source, **rest: Any) -> None:
    """A run that still gathers would otherwise wait for ever for its source."""
    instance.runs.filter(gathering=True).update(gathering=False)


@receiver(post_delete, sender=Source)
def deleted(sender: type[Source], instance: Source, **rest: Any) -> None:
    for row in PeriodicTask.objects.filter(task=TASK, args=json.dumps([instance.pk])):
        row.delete()
