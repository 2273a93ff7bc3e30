"""The lines of a PDF's page in reading order, where its content stands in another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from archive.ingestion.parse.reading_order import in_order


class Placed(Protocol):
    """A line; in points, the page's origin at its lower left."""

    @property
    def left(self) -> float: ...
    @property
    def right(self) -> float: ...
    @property
    def top(self) -> float: ...
    @property
    def bottom(self) -> float: ...


Each = TypeVar("Each", bound=Placed)
MOST = 200  # runs of a page, beyond which it is a drawing rather than text


@dataclass(slots=True)
class Run:
    """Lines that follow one another down the page, as a box whose `top` is the smaller number."""

    lines: list[int]
    left: float
    right: float
    top: float
    bottom: float


def in_reading_order(page: Sequence[Each]) -> list[Each]:
    """The lines as they are, unless some stand above others of their column that come before."""
    runs = to_runs(page)
    if not 1 < len(runs) <= MOST or not any(
        above(later, run) for place, run in enumerate(runs) for later in runs[place + 1 :]
    ):
        return list(page)
    return [page[number] for run in in_order(runs) for number in run.lines]


def to_runs(page: Sequence[Placed]) -> list[Run]:
    runs: list[Run] = []
    for number, line in enumerate(page):
        if number and follows(page[number - 1], line):
            run = runs[-1]
            run.lines.append(number)
            run.left, run.right = min(run.left, line.left), max(run.right, line.right)
            run.bottom = max(run.bottom, -line.bottom)
        else:
            runs.append(Run([number], line.left, line.right, -line.top, -line.bottom))
    return runs


def follows(last: Placed, line: Placed) -> bool:
    """Whether `line` stands under `last`, or beside it in one row."""
    height = line.top - line.bottom
    beside = abs(line.bottom - last.bottom) < 0.5 * height and line.left >= last.left
    under = last.bottom > line.bottom and last.left < line.right and line.left < last.right
    return beside or (under and last.bottom - line.top < 3 * height)


def above(later: Run, run: Run) -> bool:
    """Whether `later` stands wholly above `run`, in one column with it."""
    return later.bottom <= run.top and later.left < run.right and run.left < later.right
