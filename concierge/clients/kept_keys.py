"""The clients' keys as they are kept beside backups: one file, always as of now.

No backup holds a key. So whoever was erased is unreadable in every backup, however old, as soon as
this file has forgotten them too. The keys in it are wrapped by CLIENT_KEYS, as in the database.
"""

import base64
import fcntl
import json
import os
import uuid
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import transaction

from concierge.clients.models import Key, Visitor

BATCH = 2000  # keys at a time


def path() -> Path:
    return Path(settings.BACKUP_DIR) / "client-keys.jsonl"


def keep() -> int:
    """Write every key there is beside those that were kept. Gives how many.

    A key that the database has lost stays: only who is erased is forgotten here, by `forget`.
    """
    rows = Key.objects.order_by("pk").values_list("visitor_id", "wrapper", "wrapped")
    there = {str(visitor) for visitor in Key.objects.values_list("visitor_id", flat=True)}

    def both() -> Iterator[dict[str, str]]:
        yield from (each for each in kept() if each["visitor"] not in there)
        for visitor, wrapper, wrapped in rows.iterator(BATCH):
            key = base64.b64encode(wrapped).decode()
            yield {"visitor": str(visitor), "wrapper": wrapper, "key": key}

    with _alone():
        return _replace(both())


def forget(visitors: Collection[uuid.UUID]) -> int:
    """Take these keys out of the file, where there is one. Gives how many were in it."""
    gone = {str(each) for each in visitors}
    counted = 0

    def left() -> Iterator[dict[str, str]]:
        nonlocal counted
        for each in kept():
            if each["visitor"] in gone:
                counted += 1
            else:
                yield each

    with _alone():
        if any(each["visitor"] in gone for each in kept()):
            _replace(left())
    return counted


def forget_house(brand_id: int) -> None:
    """When a house goes, its clients' keys go from here too, once that is certain."""
    visitors = list(Visitor.objects.filter(brand=brand_id).values_list("pk", flat=True))
    if visitors:
        transaction.on_commit(lambda: forget(visitors), robust=True)


def count(visitors: Collection[uuid.UUID]) -> int:
    gone = {str(each) for each in visitors}
    return sum(each["visitor"] in gone for each in kept())


def kept() -> Iterator[dict[str, str]]:
    if not path().exists():
        return
    with path().open(encoding="ascii") as file:
        for line in file:
            yield json.loads(line)


def bring_back(tell: Callable[[int], None] = lambda count: None) -> int:
    """Store the keys of all visitors that the database has and that have none. Gives how many."""
    known = set(Visitor.objects.filter(key=None).values_list("pk", flat=True))
    waiting: list[Key] = []
    brought = 0
    for each in kept():
        if uuid.UUID(each["visitor"]) in known:
            wrapped = base64.b64decode(each["key"])
            row = Key(visitor_id=each["visitor"], wrapper=each["wrapper"], wrapped=wrapped)
            waiting.append(row)
        if len(waiting) == BATCH:
            brought += len(Key.objects.bulk_create(waiting))
            waiting.clear()
            tell(brought)
    return brought + len(Key.objects.bulk_create(waiting))


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time: a key forgotten while others are written must not come back."""
    path().parent.mkdir(parents=True, exist_ok=True)
    with path().with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _replace(rows: Iterator[dict[str, str]]) -> int:
    """The new file stands whole on the disk before it takes the old one's place."""
    path().parent.mkdir(parents=True, exist_ok=True)
    beside = path().with_suffix(f".{os.getpid()}.new")
    count = 0
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        for row in rows:
            file.write(json.dumps(row) + "\n")
            count += 1
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path())
    return count
