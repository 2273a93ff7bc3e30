"""A line over time as the points of an SVG, drawn on the server."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

WIDTH, HEIGHT = 1000, 100  # of the drawing's own units; it is stretched to its place


@dataclass(frozen=True, slots=True)
class Line:
    """`runs` are the points of unbroken stretches; `dots` every point, as (x, y)."""

    runs: list[str]
    dots: list[tuple[str, str]]


def line(values: Sequence[float | None], low: float, high: float) -> Line:
    """`values` from left to right; a None breaks the line."""
    step = WIDTH / max(len(values) - 1, 1)
    placed = [
        None
        if value is None
        else (f"{index * step:.1f}", f"{HEIGHT * (1 - (value - low) / (high - low)):.1f}")
        for index, value in enumerate(values)
    ]
    runs = [
        " ".join(f"{x},{y}" for x, y in filter(None, run))
        for there, run in groupby(placed, key=lambda at: at is not None)
        if there
    ]
    return Line([run for run in runs if " " in run], [at for at in placed if at])


def floor(values: Sequence[float | None], steps: Sequence[float] = (0.8, 0.6, 0.4, 0.2)) -> float:
    """The highest of `steps` that all values stand on; 0 below them."""
    least = min((value for value in values if value is not None), default=1.0)
    return next((step for step in steps if least >= step), 0.0)
