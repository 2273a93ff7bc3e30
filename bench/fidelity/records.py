"""Records back into the rows they were made of, to be set beside the truth.

A row under a head is read as "Column: value; Column: value", without its empty cells. Nothing but
what a reader of the text sees is used here.
"""

import re
from collections.abc import Iterator
from itertools import groupby

FIELD = re.compile(r"; (?=[^:;|]{1,60}: )")
RECORD = re.compile(r"[^:;|]{1,60}: \S")


def as_rows(text: str) -> str:
    """`text` with each run of records as the lines of a table, its columns' names first."""
    lines: list[str] = []
    for is_record, group in groupby(text.split("\n"), key=lambda line: bool(RECORD.match(line))):
        run = list(group)
        lines.extend(table(run) if is_record else run)
    return "\n".join(lines)


def table(records: list[str]) -> Iterator[str]:
    fields = [dict(named(record)) for record in records]
    names = merged([list(each) for each in fields])
    yield " | ".join(names)
    for each in fields:
        yield " | ".join(each.get(name, "") for name in names)


def named(record: str) -> Iterator[tuple[str, str]]:
    for field in FIELD.split(record):
        name, _, value = field.partition(": ")
        yield name, value


def merged(orders: list[list[str]]) -> list[str]:
    """One order of all names: a new one stands behind the name that it follows."""
    found: list[str] = []
    for order in orders:
        at = 0
        for name in order:
            if name in found:
                at = found.index(name) + 1
            else:
                found.insert(at, name)
                at += 1
    return found
