"""A run's outcomes as they come, and how far it is, read from its rows."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, QuerySet, Sum
from django.utils import timezone

from archive.ingestion.nudge import renudge
from archive.models import IngestionItem, IngestionRun

GLANCE = 0.2  # seconds between two looks
SWEEP = 10.0  # seconds between two sweeps for items left lying
LATELY = timedelta(seconds=60)  # what a rate is taken from while a run goes on
FILE = 4000  # bytes: what a file takes besides its size
MARGIN = timedelta(seconds=60)  # between the moment an item is dated and when others can see it

State = IngestionItem.State


@dataclass(frozen=True, slots=True)
class Progress:
    done: int  # items that have ended, whatever became of them
    total: int
    failed: int
    passages: int
    per_second: float  # passages: of late, or of the whole run once it has ended
    files_per_second: float  # likewise
    seconds_left: float | None  # None while nothing can be said
    by_state: dict[str, int]  # every state, those of no item too


@dataclass(frozen=True, slots=True)
class Amount:
    """What some items come to."""

    files: int
    passages: int
    work: int  # bytes, with FILE for each file

    @classmethod
    def of(cls, items: QuerySet[IngestionItem]) -> "Amount":
        found = items.aggregate(
            files=Count("pk"),
            passages=Sum("passages", default=0),
            work=Sum(F("size") + FILE, default=0),
        )
        return cls(**found)


def progress(run: IngestionRun) -> Progress:
    """How far the run is at this moment; four short queries.

    The time left goes by the size of the files, because the small ones of a run come first.
    """
    counted = run.items.order_by().values_list("state").annotate(Count("pk"))
    by_state = dict.fromkeys(State.values, 0) | dict(counted)
    ended = run.items.filter(state__in=IngestionItem.ENDED)
    done, left = Amount.of(ended), Amount.of(run.items.exclude(state__in=IngestionItem.ENDED))
    since, until = stretch(run, ended, over=not left.files)
    lately = done if since == run.created else Amount.of(ended.filter(finished__gt=since))
    seconds = max((until - since).total_seconds(), 0.001)
    return Progress(
        done=done.files,
        total=done.files + left.files,
        failed=by_state[State.FAILED],
        passages=done.passages,
        per_second=lately.passages / seconds,
        files_per_second=lately.files / seconds,
        seconds_left=left.work * seconds / lately.work if lately.work else None,
        by_state=by_state,
    )


def stretch(
    run: IngestionRun, ended: QuerySet[IngestionItem], *, over: bool
) -> tuple[datetime, datetime]:
    """The time that rates are taken from."""
    now = timezone.now()
    if not over:
        return max(run.created, now - LATELY), now
    last = ended.order_by("-finished").values_list("finished", flat=True).first()
    return run.created, last or now


def outcomes(run: IngestionRun, since: datetime | None = None) -> Iterator[IngestionItem | None]:
    """Each item once it has ended; None after every look, for a display to move on.

    What ended before `since` is left out, and what is unpacked adds items on the way. Ends with
    the run. Sweeps too, for a machine on which no scheduler runs.
    """
    seen: set[int] = set()
    latest = since = since or run.created
    swept = time.monotonic()
    while True:
        run.refresh_from_db(fields=["finished"])
        # At the end all are looked at once more.
        start = since if run.finished else max(since, latest - MARGIN)
        ended = run.items.filter(state__in=IngestionItem.ENDED, finished__gte=start)
        for item in ended.order_by("finished", "pk").iterator():
            if item.pk not in seen:
                seen.add(item.pk)
                latest = max(latest, item.finished or latest)
                yield item
        if run.finished:
            return
        yield None
        if time.monotonic() - swept > SWEEP:
            renudge()
            swept = time.monotonic()
        time.sleep(GLANCE)
