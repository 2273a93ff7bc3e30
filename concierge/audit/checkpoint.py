"""The log's head, kept outside the database: what was cut off or written anew is found by it.

In the folder AUDIT_CHECKPOINTS. `checkpoints.jsonl` is only added to: the number and digest of an
entry every EVERY entries and every hour. `head.json` is the newest entry this machine has seen
committed, so that not even the last one is cut off unseen. Both are signed with AUDIT_KEY.
"""

import fcntl
import hmac
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

EVERY = 1000  # entries

log = logging.getLogger(__name__)


class CheckpointError(Exception):
    """A checkpoint cannot be believed; one sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Entry `number` had the digest `hash` at `time`. `restored` says why the log begins again
    there: what was known of later entries holds no longer."""

    number: int
    hash: str
    time: str
    restored: str = ""

    def line(self) -> str:
        told = json.dumps(asdict(self), ensure_ascii=False)
        return json.dumps({"checkpoint": told, "signature": signature(told)}, ensure_ascii=False)


def signature(told: str) -> str:
    """Not that of any entry: entries are lists, and this begins with its own words."""
    said = b"concierge audit checkpoint\0" + told.encode()
    return hmac.digest(settings.AUDIT_KEY.encode(), said, "sha256").hex()


def read(line: str, where: str) -> Checkpoint:
    """Raises CheckpointError."""
    try:
        given = json.loads(line)
        told = given["checkpoint"]
        if hmac.compare_digest(given["signature"], signature(told)):
            return Checkpoint(**json.loads(told))
    except (ValueError, TypeError, KeyError):
        pass
    raise CheckpointError(f"{where} was changed, or signed with another AUDIT_KEY.")


def folder() -> Path:
    return Path(settings.AUDIT_CHECKPOINTS)


def lines() -> Path:
    return folder() / "checkpoints.jsonl"


def head() -> Path:
    return folder() / "head.json"


@contextmanager
def alone() -> Iterator[None]:
    """Hold off other processes of this machine."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder() / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def keep(number: int, digest: str, restored: str = "") -> None:
    """Note the head down. What could not be noted is logged: the log itself stands."""
    point = Checkpoint(number, digest, timezone.now().isoformat(), restored)
    try:
        with alone():
            if restored or number > newest():
                move(point)
            if restored or number % EVERY == 0:
                add(point)
    except OSError as error:
        log.error("audit checkpoint not kept", extra={"number": number, "reason": str(error)})  # noqa: TRY400


def newest() -> int:
    try:
        return read(head().read_text(encoding="utf-8"), str(head())).number
    except FileNotFoundError:
        return 0
    except CheckpointError:  # verify_audit says so; a newer head must not hide it
        return 2**63


def move(point: Checkpoint) -> None:
    fresh = head().with_suffix(".new")
    fresh.write_text(point.line(), encoding="utf-8")
    fresh.replace(head())


def add(point: Checkpoint) -> None:
    with lines().open("a", encoding="utf-8") as file:
        file.write(point.line() + "\n")
    log.info("audit checkpoint", extra={"number": point.number, "hash": point.hash})


def keep_hourly() -> bool:
    """Add the head to the checkpoints; False when it is there already."""
    with alone():
        if not head().exists():
            return False
        point = read(head().read_text(encoding="utf-8"), str(head()))
        if any(known.number == point.number for known in known_points()):
            return False
        add(point)
    return True


def known_points() -> list[Checkpoint]:
    """Those that still hold, oldest first, without the head. Raises CheckpointError."""
    if not lines().exists():
        return []
    found: list[Checkpoint] = []
    with lines().open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            point = read(line, f"Line {number} of {lines()}")
            if point.restored:
                found = [each for each in found if each.number <= point.number]
            found.append(point)
    return found


def known() -> list[Checkpoint]:
    """Those that still hold and the head. Raises CheckpointError."""
    points = known_points()
    if head().exists():
        points.append(read(head().read_text(encoding="utf-8"), str(head())))
    return points
