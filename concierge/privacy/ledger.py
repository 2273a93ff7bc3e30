"""The ledger of erasures: a file beside the database, which no restored backup takes back.

One line of JSON for each event, in the order they came; each carries the digest of the line before
it (SHA-256), so that a line changed, moved or cut out is found. A line names a person by the random
numbers that stood for them, which lead nowhere once they are forgotten: no name, no house, no word.
"""

import hashlib
import json
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from concierge.clients.grown import add, held, tail_of

ASKED, DONE = "asked", "done"
BEGINNING = "0" * 64  # what the first line carries


class LedgerError(Exception):
    """The ledger is not as it was written; one sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Line:
    """`number` counts from 1; `at` is UTC in ISO 8601; `before` and `hash` are SHA-256 in hex."""

    number: int
    at: str
    event: str
    erasure: str
    reason: str
    visitors: tuple[str, ...]
    clients: tuple[str, ...]
    before: str
    hash: str = ""

    def digest(self) -> str:
        told = {name: value for name, value in asdict(self).items() if name != "hash"}
        return hashlib.sha256(written(told)).hexdigest()

    @classmethod
    def read(cls, text: bytes) -> "Line":
        """Raises LedgerError for what is no line of a ledger."""
        try:
            told = json.loads(text)
            visitors, clients = tuple(told.pop("visitors")), tuple(told.pop("clients"))
            line = cls(visitors=visitors, clients=clients, **told)
        except (ValueError, TypeError, KeyError, AttributeError):
            raise LedgerError("A line of the ledger cannot be read.") from None
        if line.hash != line.digest():
            raise LedgerError(f"Line {line.number} of the ledger was changed.")
        return line


def written(told: dict[str, object]) -> bytes:
    """One form for one content."""
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def path() -> Path:
    return Path(settings.ERASURE_LEDGER)


def append(
    event: str, erasure: uuid.UUID, reason: str, visitors: list[uuid.UUID], clients: list[uuid.UUID]
) -> Line:
    """Write one line and see it on the disk before anything else is done. Raises LedgerError."""
    with held(path()) as file:
        last = last_line(file)
        line = Line(
            number=last.number + 1 if last else 1,
            at=timezone.now().isoformat(timespec="seconds"),
            event=event,
            erasure=str(erasure),
            reason=reason,
            visitors=tuple(str(each) for each in visitors),
            clients=tuple(str(each) for each in clients),
            before=last.hash if last else BEGINNING,
        )
        whole = Line.read(written(asdict(line) | {"hash": line.digest()}))
        add(file, written(asdict(whole)))
    return whole


def last_line(file: int) -> Line | None:
    tail = tail_of(file).rstrip(b"\n")
    return Line.read(tail.rpartition(b"\n")[2]) if tail else None


def end() -> Line | None:
    """The last line; None before the first erasure. Raises LedgerError."""
    if not path().exists():
        return None
    with held(path()) as file:
        return last_line(file)


def lines(after: int = 0) -> Iterator[Line]:
    """Every line numbered above `after`, the whole chain proved on the way. Raises LedgerError."""
    if not path().exists():
        return
    before, number = BEGINNING, 0
    with path().open("rb") as file:
        for text in file:
            if not text.endswith(b"\n"):
                return
            line = Line.read(text)
            number += 1
            if line.number != number or line.before != before:
                raise LedgerError(
                    f"Line {number} of the ledger does not follow from the one before."
                )
            before = line.hash
            if number > after:
                yield line
