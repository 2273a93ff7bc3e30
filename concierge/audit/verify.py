"""Whether the audit log is whole: each entry, the order they stand in, and the head outside."""

from dataclasses import dataclass

from archive.wall.scope import everything
from concierge.audit import checkpoint
from concierge.audit.chain import CHAINED, GENESIS, digest_of
from concierge.audit.checkpoint import Checkpoint, CheckpointError
from concierge.audit.models import Entry

CHUNK = 5000  # entries read at a time


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many entries are in order, and the first that is not."""

    entries: int
    checkpoints: int
    bad: int | None = None  # its number; 0 where a checkpoint itself is wrong
    words: str = ""

    @property
    def is_whole(self) -> bool:
        return self.bad is None


def verify() -> Verdict:
    """Read the whole log once, in the order of its numbers, until the first bad entry."""
    try:
        points = checkpoint.known()
    except CheckpointError as error:
        return Verdict(0, 0, 0, str(error))
    expected: dict[int, list[Checkpoint]] = {}
    for point in points:
        expected.setdefault(point.number, []).append(point)
    number, previous = 0, GENESIS
    with everything():
        rows = Entry.objects.order_by("number").values_list(*CHAINED, "hash")
        for *row, digest in rows.iterator(chunk_size=CHUNK):
            words = fault(tuple(row), digest, number, previous, expected)
            if words:
                return Verdict(number, len(points), number + 1, words)
            number, previous = row[0], digest
    missing = max(expected, default=0)
    if missing > number:
        return Verdict(number, len(points), number + 1, cut(number, max(points, key=by_number)))
    return Verdict(number, len(points))


def by_number(point: Checkpoint) -> int:
    return point.number


def fault(
    row: tuple[object, ...],
    digest: str,
    before: int,
    previous: str,
    expected: dict[int, list[Checkpoint]],
) -> str:
    """What is wrong with the entry that follows number `before`; "" when nothing is."""
    number = row[0]
    if number != before + 1:
        return f"Entry {before + 1} is missing: entry {number} stands in its place."
    if digest_of(row) != digest:
        return f"Entry {number} was changed, or not written by the product."
    if row[-1] != previous:
        return f"Entry {number} does not follow the entry before it."
    for point in expected.get(before + 1, ()):
        if point.hash != digest:
            return f"Entry {number} is not the one that the checkpoint of {point.time} knows."
    return ""


def cut(number: int, point: Checkpoint) -> str:
    return (
        f"Entry {number + 1} is missing, and all after it: the log ends at {number}, while the "
        f"checkpoint of {point.time} knows {point.number}. The end was cut off, or an older backup "
        "was restored."
    )
