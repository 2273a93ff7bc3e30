"""Boxes on a page in the order in which a person reads them."""

from collections.abc import Sequence
from typing import Protocol, TypeVar


class Placed(Protocol):
    """Something on a page, in any one unit, the origin at the upper left."""

    @property
    def left(self) -> float: ...
    @property
    def top(self) -> float: ...
    @property
    def right(self) -> float: ...
    @property
    def bottom(self) -> float: ...


Box = TypeVar("Box", bound=Placed)
OVERLAP = 0.2  # of the smaller box's extent: boxes that overlap by less do not


def in_order(boxes: Sequence[Box]) -> list[Box]:
    """Cut where the white between boxes is widest, across or down, again and again.

    The idea of recursive X-Y cuts (Nagy and Seth, 1984); cutting at the widest gap first keeps
    the boxes of one column, or of one row of cards, together.
    """
    if len(boxes) < 2:
        return list(boxes)
    rows = parted([(box.top, box.bottom, box) for box in boxes])
    columns = parted([(box.left, box.right, box) for box in boxes])
    best = max((rows, columns), key=lambda found: found[0])  # rows, if both are as wide
    if not best[1]:
        return sorted(boxes, key=lambda box: (box.top, box.left))
    _, first, second = best
    return [*in_order(first), *in_order(second)]


def parted(spans: list[tuple[float, float, Box]]) -> tuple[float, list[Box], list[Box]]:
    """The widest gap along one axis, and the boxes on its two sides; empty lists without one."""
    spans = sorted(spans, key=lambda span: span[:2])
    smallest = min(end - start for start, end, _ in spans)
    widest, at = -OVERLAP * max(smallest, 0), 0
    reach = spans[0][1]
    for place, (start, end, _) in enumerate(spans):
        if place and start - reach > widest:
            widest, at = start - reach, place
        reach = max(reach, end)
    if not at:
        return float("-inf"), [], []
    return widest, [box for *_, box in spans[:at]], [box for *_, box in spans[at:]]
