"""The chart of the voice as the page shows it: drawn here, with a table that says the same."""

from typing import Any

from archive.models import Brand
from concierge.console.chart import floor, line
from concierge.console.drift import By, Point, faults, points, writers
from concierge.console.wording import rule

MOST_FAULTS = 6  # drawn on their own


def context(brand: Brand, asked: str) -> dict[str, Any]:
    by: By = "week" if asked == "week" else "day"
    shown = points(brand, by)
    answers = sum(each.answers for each in shown)
    if not answers:
        return {"by": by, "answers": 0}
    means = [each.mean for each in shown]
    low = floor(means)
    return {
        "by": by,
        "answers": answers,
        "mean": sum((each.mean or 0) * each.answers for each in shown) / answers,
        "chart": line(means, low, 1.0),
        "levels": [("1", 0), (f"{(1 + low) / 2:.1f}", 50), (f"{low:.1f}", 100)],
        "ends": [at(shown[0], by), at(shown[len(shown) // 2], by), at(shown[-1], by)],
        "told": said(shown, by),
        "faults": [drawn(name, share, shown) for name, share in faults(shown)[:MOST_FAULTS]],
        "rows": [row(each, by) for each in reversed(shown) if each.answers],
        "writers": [
            (each, [(rule(name), count) for name, count in each.faults[:2]])
            for each in writers(brand, by)
        ],
    }


def at(point: Point, by: By) -> str:
    return f"{point.at:%-d %B}" if by == "day" else f"week of {point.at:%-d %B}"


def said(shown: list[Point], by: By) -> str:
    """What the line says, for who does not see it."""
    there = [each for each in shown if each.mean is not None]
    first, last = there[0], there[-1]
    worst = min(there, key=lambda each: each.mean or 0)
    return (
        f"Mean score by {by}: {first.mean:.2f} on {at(first, by)}, {last.mean:.2f} on "
        f"{at(last, by)}, lowest {worst.mean:.2f} on {at(worst, by)}."
    )


def drawn(name: str, share: float, shown: list[Point]) -> dict[str, Any]:
    """The share of answers with one fault, as a small line of its own scale."""
    values = [each.shares.get(name, 0.0) if each.answers else None for each in shown]
    most = max(value for value in values if value is not None)
    return {
        "rule": rule(name),
        "share": f"{share:.0%}" if share >= 0.005 else "under 1%",
        "most": f"{most:.0%}",
        "chart": line(values, 0.0, most or 1.0),
    }


def row(point: Point, by: By) -> dict[str, Any]:
    found = sorted(point.shares.items(), key=lambda pair: -pair[1])
    return {
        "at": at(point, by),
        "answers": point.answers,
        "mean": f"{point.mean:.2f}",
        "faults": [(rule(name), f"{share:.0%}") for name, share in found],
    }
