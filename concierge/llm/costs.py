"""What calls to models have cost: sums, middles and shares over the ledger, and what is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Count, FloatField, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from archive.models import Brand
from concierge.llm.budget import caps_of
from concierge.llm.models import Call, Spending

NOTHING = Decimal(0)


class Percentile(Aggregate):
    """The value that `share` of the rows do not pass, in PostgreSQL's own ordered-set form."""

    function = "percentile_cont"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()

    def __init__(self, expression: str, share: float) -> None:
        super().__init__(expression, share=share)


SUMS: dict[str, Aggregate] = {
    "calls": Count("pk"),
    "dollars": Sum("cost", default=NOTHING),
    "input": Sum("input_tokens", default=0),
    "cached": Sum("cached_tokens", default=0),
    "output": Sum("output_tokens", default=0),
    "well": Count("pk", filter=Q(outcome="ok")),
    "unpriced": Count("pk", filter=Q(cost=None)),
    "estimated": Count("pk", filter=Q(estimated=True)),
}
TIMES: dict[str, Aggregate] = {
    "first_p50": Percentile("first_token_ms", 0.5),
    "first_p95": Percentile("first_token_ms", 0.95),
    "total_p50": Percentile("total_ms", 0.5),
    "total_p95": Percentile("total_ms", 0.95),
}


def calls_of(days: int, brand: Brand | None) -> QuerySet[Call]:
    """The calls of the last `days` days in UTC, today's among them; all brands' for None."""
    calls = Call.objects.filter(created__gte=midnight(today() - timedelta(days=days - 1)))
    return calls.filter(brand=brand) if brand else calls


def today() -> date:
    return timezone.now().date()


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone())


def totals(calls: QuerySet[Call]) -> dict[str, Any]:
    """The sums and times of all of them; times are milliseconds, None without a call."""
    return calls.order_by().aggregate(**SUMS, **TIMES)


def by(calls: QuerySet[Call], *fields: str) -> list[dict[str, Any]]:
    """The sums and times for each value of `fields`, the dearest first."""
    rows = calls.order_by().values(*fields).annotate(**SUMS, **TIMES)
    return list(rows.order_by("-dollars", "-calls", *fields))


def by_day(calls: QuerySet[Call], days: int) -> list[dict[str, Any]]:
    """The sums and times of each of the last `days` days, the oldest first, empty ones too."""
    rows = calls.order_by().annotate(day=TruncDate("created")).values("day")
    counted = rows.annotate(**SUMS, **TIMES)
    found: dict[date, dict[str, Any]] = {row["day"]: dict(row) for row in counted}
    first = today() - timedelta(days=days - 1)
    every = [first + timedelta(days=number) for number in range(days)]
    empty: dict[str, Any] = dict.fromkeys((*SUMS, *TIMES), 0)
    return [found.get(day, empty | {"day": day, "dollars": NOTHING}) for day in every]


def outcomes(calls: QuerySet[Call]) -> list[tuple[str, int]]:
    rows = calls.order_by().values_list("outcome").annotate(count=Count("pk"))
    return list(rows.order_by("-count", "outcome"))


def without_price(calls: QuerySet[Call]) -> list[str]:
    """The models among them that had no price when they were asked."""
    return sorted(set(calls.order_by().filter(cost=None).values_list("model", flat=True)))


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one budget is spent. Amounts are US dollars."""

    name: str
    period: str
    cap: Decimal
    spent: Decimal
    reserved: Decimal

    @property
    def share(self) -> float:
        """Of the cap, from 0 to 100."""
        taken = self.spent + self.reserved
        return min(100.0, float(100 * taken / self.cap)) if self.cap else 100.0

    @property
    def is_near(self) -> bool:
        return self.share >= 80


def standings(brands: Sequence[Brand]) -> list[Standing]:
    """The brands' day and month, and the installation's day, as they stand."""
    now = today()
    rows = Spending.objects.filter(since__in=[now, now.replace(day=1)])
    found = {(row.scope, row.since): row for row in rows.exclude(scope__contains="visitor")}

    def standing(name: str, scope: str, period: str, cap: Decimal) -> Standing:
        row = found.get((scope, now if period == "today" else now.replace(day=1)))
        spent, reserved = (row.spent, row.reserved) if row else (NOTHING, NOTHING)
        return Standing(name, period, cap, spent, reserved)

    told: list[Standing] = []
    for brand in brands:
        caps = caps_of(brand.pk)
        told.append(standing(str(brand), f"brand:{brand.pk}", "today", caps.day))
        told.append(standing(str(brand), f"month:{brand.pk}", "this month", caps.month))
    if brands:
        whole = caps_of(brands[0].pk).installation_day
        told.append(standing("All brands together", "installation", "today", whole))
    return told
