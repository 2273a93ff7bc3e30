"""A run at a glance: what came in, what failed and why, when, and beside earlier runs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, F, Func, IntegerField, Max, Q, QuerySet, Sum, Value
from django.db.models.functions import Extract

from archive.models import Alike, DocumentVersion, IngestionItem, IngestionRun, Likeness

State = IngestionItem.State
# As they are drawn, from what came in to what is still to be done.
ORDER = (
    State.CREATED,
    State.UPDATED,
    State.UNCHANGED,
    State.UNPACKED,
    State.HELD,
    State.FAILED,
    State.WORKING,
    State.WAITING,
)
COLUMNS = 48  # of the strip of time
EARLIER = 8  # runs beside this one
REASONS = 12
NAMED = 25  # items of a reason
UNSAID: dict[str, str] = {
    State.FAILED: "No reason was written down.",
    State.HELD: "Readers see an earlier text: a person compares the two first.",
}
SIZES = (  # upper bounds in bytes, and how they are called
    (10 << 10, "up to 10 kB"),
    (100 << 10, "to 100 kB"),
    (1 << 20, "to 1 MB"),
    (10 << 20, "to 10 MB"),
    (None, "more"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One outcome's share of a bar."""

    state: str
    label: str
    count: int
    share: float  # per cent of the whole


@dataclass(frozen=True, slots=True)
class Column:
    """What ended in one stretch of the run's time."""

    at: int  # its place, from 0
    parts: tuple[Part, ...]  # shares of the tallest column


@dataclass(frozen=True, slots=True)
class Reason:
    text: str
    state: str
    count: int
    items: tuple[IngestionItem, ...]  # the first of them


@dataclass(frozen=True, slots=True)
class Glance:
    parts: tuple[Part, ...]
    total: int
    columns: tuple[Column, ...]
    reasons: tuple[Reason, ...]
    sizes: tuple[tuple[str, int, float], ...]  # name, files, per cent of the fullest
    bytes: int
    largest: int
    steps: tuple[tuple[str, float, float], ...]  # step, seconds of all items, per cent
    unread: int  # documents with pages that gave no text
    alike: int  # documents that are copies of others, not yet decided


def glance(run: IngestionRun) -> Glance:
    """Nine queries, however many items the run has."""
    items = run.items.order_by()
    counts = dict(items.values_list("state").annotate(Count("pk")))
    sums = items.aggregate(bytes=Sum("size", default=0), largest=Max("size", default=0))
    parts = bar(counts)
    return Glance(
        parts=parts,
        total=sum(part.count for part in parts),
        columns=strip(run, items),
        reasons=reasons(items),
        sizes=sizes(items),
        bytes=sums["bytes"],
        largest=sums["largest"],
        steps=steps(items),
        unread=DocumentVersion.objects.filter(item__run=run).exclude(unread_pages=[]).count(),
        alike=Alike.objects.filter(
            likeness__settled=None,
            likeness__kind__in=(Likeness.Kind.EXACT, Likeness.Kind.NEAR),
            document__ingestion_items__run=run,
        ).aggregate(found=Count("document", distinct=True))["found"],
    )


def bar(counts: dict[str, int], whole: int = 0) -> tuple[Part, ...]:
    """The outcomes that occur, in the order they are drawn; shares of `whole`, or of their sum."""
    whole = whole or sum(counts.values()) or 1
    return tuple(
        Part(state.value, str(state.label), counts[state], 100 * counts[state] / whole)
        for state in ORDER
        if counts.get(state)
    )


def bars(runs: Iterable[IngestionRun]) -> dict[int, tuple[Part, ...]]:
    """The bar of each run; one query."""
    keys = [run.pk for run in runs]
    found: dict[int, dict[str, int]] = {key: {} for key in keys}
    items = IngestionItem.objects.filter(run__in=keys).order_by()
    for run, state, count in items.values_list("run", "state").annotate(Count("pk")):
        found[run][state] = count
    return {key: bar(counts) for key, counts in found.items()}


def strip(run: IngestionRun, items: QuerySet[IngestionItem]) -> tuple[Column, ...]:
    """What ended when, from the first end to the last."""
    ended = items.exclude(finished=None)
    last = ended.aggregate(last=Max("finished"))["last"]
    if last is None:
        return ()
    low, high = stretch(run.created, last)
    place = Func(
        Extract("finished", "epoch"),
        Value(low),
        Value(high),
        Value(COLUMNS),
        function="width_bucket",
        output_field=IntegerField(),
    )
    found = ended.annotate(place=place).values("place", "state").annotate(count=Count("pk"))
    rows = sorted(found, key=lambda row: row["place"])
    columns = {
        at: {row["state"]: row["count"] for row in some}
        for at, some in groupby(rows, key=lambda row: row["place"])
    }
    tallest = max(sum(counts.values()) for counts in columns.values())
    return tuple(
        Column(min(max(at, 1), COLUMNS) - 1, bar(counts, tallest)) for at, counts in columns.items()
    )


def stretch(first: datetime, last: datetime) -> tuple[float, float]:
    """In seconds since 1970; never empty, and the last moment within."""
    least = timedelta(seconds=1)
    return first.timestamp(), max(last, first + least).timestamp() + 0.001


def reasons(items: QuerySet[IngestionItem]) -> tuple[Reason, ...]:
    """Why items failed or wait for a person, the most frequent first, with their files."""
    told = items.filter(state__in=(State.FAILED, State.HELD))
    groups = told.values("reason", "state").annotate(count=Count("pk"))
    chosen = list(groups.order_by("-count", "reason")[:REASONS])
    return tuple(
        Reason(
            each["reason"] or UNSAID[each["state"]],
            each["state"],
            each["count"],
            tuple(told.filter(reason=each["reason"], state=each["state"]).order_by("key")[:NAMED]),
        )
        for each in chosen
    )


def sizes(items: QuerySet[IngestionItem]) -> tuple[tuple[str, int, float], ...]:
    """How many files there are of each magnitude."""
    asked: dict[str, Any] = {}
    low = -1
    for place, (high, _) in enumerate(SIZES):
        within = Q(size__gt=low) if high is None else Q(size__gt=low, size__lte=high)
        asked[f"s{place}"] = Count("pk", filter=within)
        low = high or low
    found = items.aggregate(**asked)
    most = max(found.values()) or 1
    return tuple(
        (name, found[f"s{place}"], 100 * found[f"s{place}"] / most)
        for place, (_, name) in enumerate(SIZES)
    )


def steps(items: QuerySet[IngestionItem]) -> tuple[tuple[str, float, float], ...]:
    """How long each step of the journey took, of all items together."""
    names = IngestionItem.STEPS
    timed = {name: Sum(Func(F("timings"), Value(name), **MS), default=0) for name in names}
    found = items.aggregate(**timed)
    whole = sum(found.values()) or 1
    return tuple(
        (name, found[name] / 1000, 100 * found[name] / whole) for name in names if found[name]
    )


MS: dict[str, Any] = {
    "template": "(%(expressions)s)::int",
    "arg_joiner": " ->> ",
    "output_field": IntegerField(),
}


def earlier(run: IngestionRun) -> list[tuple[IngestionRun, tuple[Part, ...]]]:
    """The source's runs before this one and itself, the oldest first; two queries."""
    runs = IngestionRun.objects.filter(brand=run.brand_id, created__lte=run.created)
    same = runs.filter(source=run.source_id) if run.source_id else runs.filter(origin=run.origin)
    chosen = list(same.order_by("-created")[:EARLIER])[::-1]
    found = bars(chosen)
    return [(each, found[each.pk]) for each in chosen]
