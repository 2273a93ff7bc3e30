"""The console's page of what models cost, and the same as a file."""

import csv
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from archive.console.page import page
from archive.models import Brand
from concierge.llm import costs
from concierge.llm.costs import SUMS, TIMES

PERIODS = (7, 28, 90)  # days
MAY_SEE, MAY_SET = "llm.view_call", "llm.change_budget"
WIDTH, HEIGHT = 1000, 100  # of the drawing's own units; it is stretched to its place
PURPOSES = {"answer": "Answers", "rewrite": "Understanding", "summarise": "Summaries"}
OUTCOMES = {"ok": "Answered", "cancelled": "Left by the client", "lost": "Process ended"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a table program would run


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page's address asks for."""

    days: int
    brand: Brand | None
    brands: list[Brand]

    @classmethod
    def by(cls, request: HttpRequest) -> "Asked":
        """Whatever is not there is left aside. Raises PermissionDenied."""
        if not request.user.has_perm(MAY_SEE):
            raise PermissionDenied
        brands = list(Brand.objects.all())
        named = request.GET.get("brand", "")
        period = next((each for each in PERIODS if str(each) == request.GET.get("days")), 28)
        return cls(period, next((b for b in brands if str(b.pk) == named), None), brands)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    asked = Asked.by(request)
    calls = costs.calls_of(asked.days, asked.brand)
    totals = costs.totals(calls)
    context: dict[str, Any] = {
        "asked": asked,
        "periods": PERIODS,
        "totals": totals,
        "standings": costs.standings([asked.brand] if asked.brand else asked.brands),
        "may_set": request.user.has_perm(MAY_SET),
    }
    if totals["calls"]:
        days = costs.by_day(calls, asked.days)
        context |= {
            "well": totals["well"] / totals["calls"],
            "bars": bars([day["dollars"] for day in days]),
            "most": max(day["dollars"] for day in days),
            "told": said(days),
            "days": [day for day in reversed(days) if day["calls"]],
            "ends": (days[0]["day"], days[-1]["day"]),
            "tables": tables(calls, asked),
            "outcomes": [(OUTCOMES.get(n, words(n)), count) for n, count in costs.outcomes(calls)],
            "without_price": costs.without_price(calls),
        }
    return page(request, "console/cost.html", "Cost", **context)


def tables(calls: Any, asked: Asked) -> list[tuple[str, list[dict[str, Any]]]]:
    """(what it is by, its rows); brands only where there are several to tell apart."""
    by_model = costs.by(calls, "provider", "model")
    by_purpose = costs.by(calls, "purpose")
    found = [
        ("Model", [{"name": f"{row['model']} ({row['provider']})", **row} for row in by_model]),
        ("Purpose", [{"name": PURPOSES.get(row["purpose"], words(row["purpose"])), **row}
                     for row in by_purpose]),
    ]  # fmt: skip
    if asked.brand is None and len(asked.brands) > 1:
        by_brand = costs.by(calls, "brand__name")
        found.insert(
            0, ("Brand", [{"name": row["brand__name"] or "No brand", **row} for row in by_brand])
        )
    return found


def words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def bars(values: list[Decimal]) -> list[dict[str, str]]:
    """A bar a day from left to right, the highest as high as the drawing."""
    most = max(values) or Decimal(1)
    step = WIDTH / len(values)
    return [
        {
            "x": f"{number * step + step * 0.12:.1f}",
            "width": f"{step * 0.76:.1f}",
            "y": f"{HEIGHT * (1 - float(value / most)):.1f}",
            "height": f"{HEIGHT * float(value / most):.1f}",
        }
        for number, value in enumerate(values)
    ]


def said(days: list[dict[str, Any]]) -> str:
    """What the bars say, for who does not see them."""
    whole = sum(day["dollars"] for day in days)
    dearest = max(days, key=lambda day: day["dollars"])
    day, dollars = dearest["day"], dearest["dollars"]
    return (
        f"{whole:.2f} US dollars in {len(days)} days; "
        f"the dearest was {day:%-d %B} with {dollars:.2f}."
    )


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Every day, brand, model, purpose and outcome as a row of a CSV file."""
    asked = Asked.by(request)
    calls = costs.calls_of(asked.days, asked.brand).order_by()
    fields = ("day", "brand__slug", "provider", "model", "purpose", "outcome")
    rows = calls.annotate(day=TruncDate("created")).values(*fields).annotate(**SUMS, **TIMES)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="cost-{costs.today()}.csv"'
    writer = csv.writer(response)
    writer.writerow(["day", "brand", *fields[2:], *SUMS, *TIMES])
    for row in rows.order_by(*fields):
        writer.writerow([plain(row[name]) for name in (*fields, *SUMS, *TIMES)])
    return response


def plain(value: object) -> object:
    """As a cell that no table program takes for a formula."""
    if isinstance(value, float):
        return round(value)
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else value
