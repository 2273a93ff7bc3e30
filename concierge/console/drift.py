"""How well a house's answers have kept to its voice, day by day or week by week."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.db.models import Avg, Count, Q, QuerySet, StdDev
from django.db.models.functions import TruncDate, TruncWeek
from django.utils import timezone

from archive.ingestion.metadata import time_zone
from archive.models import Brand
from concierge.chat.models import Message
from concierge.voice.score import COSTS

By = Literal["day", "week"]
SPANS: dict[By, int] = {"day": 28, "week": 26}  # how many are shown
RECENT, BEFORE = timedelta(days=7), timedelta(days=28)
FEWEST = 20  # answers of the last seven days, below which nothing is said of them
FALL = 0.05  # of the mean: less is not clear
ERRORS = 2.0  # standard errors that a fall must be


@dataclass(frozen=True, slots=True)
class Point:
    """One day or week; `mean` is None where nothing was answered."""

    at: date
    answers: int
    mean: float | None
    shares: dict[str, float]  # by rule, of the answers with that fault


@dataclass(frozen=True, slots=True)
class Writer:
    """What answers were written by: a rung under one prompt and voice."""

    rung: str
    version: str
    answers: int
    mean: float
    faults: list[tuple[str, int]]  # (rule, answers with it), the most frequent first


def scored(brand: Brand, since: datetime) -> QuerySet[Message]:
    return Message.objects.filter(
        conversation__brand=brand, voice_score__isnull=False, finished__gte=since
    ).order_by()


def with_faults() -> dict[str, Count]:
    return {f"n_{rule}": Count("pk", filter=Q(voice_rules__contains=[rule])) for rule in COSTS}


def points(brand: Brand, by: By) -> list[Point]:
    """One for each day or week up to this one, oldest first, in the house's own time. One query."""
    zone = time_zone(brand)
    today = timezone.now().astimezone(zone).date()
    step = timedelta(days=1 if by == "day" else 7)
    last = today if by == "day" else today - timedelta(days=today.weekday())
    days = [last - step * back for back in reversed(range(SPANS[by]))]
    since = datetime.combine(days[0], datetime.min.time(), zone)
    trunc = (
        TruncDate("finished", tzinfo=zone) if by == "day" else TruncWeek("finished", tzinfo=zone)
    )
    rows: Any = (
        scored(brand, since)
        .annotate(at=trunc)
        .values("at")
        .annotate(answers=Count("pk"), mean=Avg("voice_score"), **with_faults())
    )
    found = {day_of(row["at"]): row for row in rows}
    return [point(day, found.get(day)) for day in days]


def day_of(at: date | datetime) -> date:
    return at.date() if isinstance(at, datetime) else at


def point(day: date, row: dict[str, Any] | None) -> Point:
    if row is None:
        return Point(day, 0, None, {})
    shares = {rule: row[f"n_{rule}"] / row["answers"] for rule in COSTS if row[f"n_{rule}"]}
    return Point(day, row["answers"], row["mean"], shares)


def writers(brand: Brand, by: By) -> list[Writer]:
    """The same time by rung and version, the most frequent first. One query."""
    since = timezone.now() - timedelta(days=SPANS[by] * (1 if by == "day" else 7))
    rows: Any = (
        scored(brand, since)
        .values("rung", "prompt_version")
        .annotate(answers=Count("pk"), mean=Avg("voice_score"), **with_faults())
        .order_by("-answers", "rung", "prompt_version")
    )
    return [
        Writer(
            row["rung"],
            row["prompt_version"],
            row["answers"],
            row["mean"],
            sorted(
                ((rule, row[f"n_{rule}"]) for rule in COSTS if row[f"n_{rule}"]),
                key=lambda pair: -pair[1],
            ),
        )
        for row in rows
    ]


def faults(shown: Sequence[Point]) -> list[tuple[str, float]]:
    """(rule, share of all answers with it), the most frequent first."""
    total = sum(each.answers for each in shown)
    counts = {
        rule: sum(each.shares.get(rule, 0.0) * each.answers for each in shown) for rule in COSTS
    }
    found = [(rule, count / total) for rule, count in counts.items() if total and count]
    return sorted(found, key=lambda pair: -pair[1])


@dataclass(frozen=True, slots=True)
class Fall:
    """The mean of the last seven days, clearly below that of twenty-eight."""

    recent: float
    usual: float
    answers: int
    rule: str  # the fault that has become more frequent; "" where none has


def fall(brand: Brand) -> Fall | None:
    """Whether the voice has fallen clearly: by FALL, and by more than chance would."""
    now = timezone.now()
    usual = measured(scored(brand, now - BEFORE))
    recent = measured(scored(brand, now - RECENT))
    if recent["answers"] < FEWEST or usual["answers"] == recent["answers"]:
        return None
    lost = usual["mean"] - recent["mean"]
    error = (usual["spread"] or 0.0) / recent["answers"] ** 0.5
    if lost < FALL or lost < ERRORS * error:
        return None
    return Fall(recent["mean"], usual["mean"], recent["answers"], risen(usual, recent))


def measured(answers: QuerySet[Message]) -> dict[str, Any]:
    return answers.aggregate(
        answers=Count("pk"), mean=Avg("voice_score"), spread=StdDev("voice_score"), **with_faults()
    )


def risen(usual: dict[str, Any], recent: dict[str, Any]) -> str:
    """The fault whose share has grown most."""
    grown: Iterable[tuple[float, str]] = (
        (recent[f"n_{r}"] / recent["answers"] - usual[f"n_{r}"] / usual["answers"], r)
        for r in COSTS
    )
    most, rule = max(grown)
    return rule if most > 0 else ""
