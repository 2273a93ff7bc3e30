"""An audit log of any length, and the ways in which somebody who owns the database tampers with it.

All of it happens in a transaction of the table's owner that is rolled back: the log itself stays.
A tampering gives the number of the first entry that is wrong after it, or None where whoever holds
the signing key has written a chain that is right in itself, which checkpoints alone can tell.
"""

import hmac
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from django.db import connection, transaction

from archive.wall.owner import as_owner
from archive.wall.scope import everything
from concierge.audit.chain import CHAINED, GENESIS, digest_of
from concierge.audit.models import Act, Reason

COLUMNS = (*CHAINED, "hash")
LIST = ", ".join(f'"{name}"' for name in COLUMNS)
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
FAR = 10**9  # out of the way of every number there is

Row = tuple[Any, ...]


@contextmanager
def as_tamperer() -> Iterator[None]:
    """The owner of the table, its trigger put out of action, until all is rolled back."""
    with everything(), as_owner(), transaction.atomic():
        execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_only_grows")
        yield
        transaction.set_rollback(True)


def execute(statement: str, given: Any = ()) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, given or None)
        return cursor.fetchone() if cursor.description else None


def write(rows: list[Row]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY audit_entry ({LIST}) FROM STDIN") as out:
        for row in rows:
            out.write_row(row)


def content(number: int, random: Random) -> Row:
    """What an entry says, without its links."""
    return (
        number,
        BEGINNING + timedelta(seconds=number, microseconds=random.randrange(10**6)),
        random.randrange(1, 40),
        random.choice(("staff", "administrator")),
        str(random.choice(list(Act))),
        random.choice(("chat.conversation", "gaps.gap", "clients.note")),
        f"{random.getrandbits(128):032x}",
        random.randrange(1, 9),
        str(random.choice(["", *Reason])),
        "",
    )


def chained(contents: list[Row], previous: str, sign: Callable[[Row], str]) -> list[Row]:
    rows = []
    for each in contents:
        row = (*each, previous)
        previous = sign(row)
        rows.append((*row, previous))
    return rows


def fill(entries: int, random: Random) -> list[Row]:
    """The log holds `entries` entries and no others; gives them."""
    execute("TRUNCATE audit_entry")
    rows = chained([content(n, random) for n in range(1, entries + 1)], GENESIS, digest_of)
    write(rows)
    return rows


def forged(row: Row) -> str:
    """The digest by somebody who does not have the key."""
    told = json.dumps([str(value) for value in row])
    return hmac.digest(b"another key", told.encode(), "sha256").hex()


def change(rows: list[Row], random: Random) -> int:
    """Any column of any entry."""
    row = random.choice(rows)
    name = random.choice(COLUMNS)
    now = row[COLUMNS.index(name)]
    other: Any = f"{random.getrandbits(32):08x}"
    if name == "at":
        other = now + timedelta(microseconds=random.choice((-1, 1, 3_600_000_000)))
    elif name == "number":
        other = len(rows) + random.randrange(1, 100)
    elif isinstance(now, int):
        other = now + 1
    execute(f'UPDATE audit_entry SET "{name}" = %s WHERE number = %s', [other, row[0]])
    return int(row[0])


def delete(rows: list[Row], random: Random) -> int:
    number = random.choice(rows)[0]
    execute("DELETE FROM audit_entry WHERE number = %s", [number])
    return int(number)


def close_up(rows: list[Row], random: Random) -> int:
    """An entry is taken out, and those after it renumbered."""
    number = delete(rows, random)
    shift(number, -1)
    return number


def shift(after: int, by: int) -> None:
    execute("UPDATE audit_entry SET number = number + %s WHERE number >= %s", [FAR, after])
    execute("UPDATE audit_entry SET number = number - %s WHERE number > %s", [FAR - by, FAR])


def insert(rows: list[Row], random: Random) -> int:
    """An entry that never was, between others or at the end."""
    number = random.randrange(1, len(rows) + 2)
    shift(number, 1)
    previous = rows[number - 2][-1] if number > 1 else GENESIS
    write(chained([content(number, random)], previous, forged))
    return number


def swap(rows: list[Row], random: Random) -> int:
    one, other = sorted(random.sample(range(1, len(rows) + 1), 2))
    for old, new in ((one, FAR), (other, one), (FAR, other)):
        execute("UPDATE audit_entry SET number = %s WHERE number = %s", [new, old])
    return one


def cut(rows: list[Row], random: Random) -> int:
    """The end is cut off, sometimes the newest entry alone, sometimes everything."""
    kept = random.choice((len(rows) - 1, 0, random.randrange(len(rows))))
    execute("DELETE FROM audit_entry WHERE number > %s", [kept])
    return kept + 1


def replay(rows: list[Row], random: Random) -> int:
    """An old entry once more at the end."""
    row = random.choice(rows)
    write([(len(rows) + 1, *row[1:])])
    return len(rows) + 1


def chain_anew(rows: list[Row], random: Random) -> int:
    """One entry says something else, and all from there on are chained again without the key."""
    return rewrite(rows, random, forged)


def chain_anew_with_the_key(rows: list[Row], random: Random) -> None:
    rewrite(rows, random, digest_of)


def rewrite(rows: list[Row], random: Random, sign: Callable[[Row], str]) -> int:
    number = random.randrange(1, len(rows) + 1)
    contents = [row[: len(CHAINED) - 1] for row in rows[number - 1 :]]
    contents[0] = content(number, random)
    execute("DELETE FROM audit_entry WHERE number >= %s", [number])
    write(chained(contents, rows[number - 2][-1] if number > 1 else GENESIS, sign))
    return number


KINDS: tuple[Callable[[list[Row], Random], int | None], ...] = (
    change,
    delete,
    close_up,
    insert,
    swap,
    cut,
    replay,
    chain_anew,
    chain_anew_with_the_key,
)
