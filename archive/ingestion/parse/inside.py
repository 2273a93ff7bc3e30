"""What a ZIP or a mail holds, out of a process of its own, one file after another."""

import json
from collections.abc import Iterator
from threading import Thread
from typing import IO, Any

from archive.ingestion.parse.blocks import ParseError
from archive.ingestion.parse.limited import BROKEN, ParserCrashedError, ended_after, feed, process
from archive.ingestion.parse.members import DAMAGED, LARGEST, LARGEST_IN_ALL, Member

MODULE = "archive.ingestion.parse.members"
SECONDS = 60
LONGEST_LINE = 1 << 20  # bytes of what is said of one file


def members(data: bytes) -> Iterator[Member]:
    """Raises ParseError, ParserCrashedError where the process ended before it had told all."""
    with process(module=MODULE) as child, ended_after(SECONDS, child):
        assert child.stdin and child.stdout and child.stderr  # noqa: PT018 - all three are pipes
        Thread(target=feed, args=(child.stdin, data), daemon=True).start()
        Thread(target=drain, args=(child.stderr,), daemon=True).start()
        left = LARGEST_IN_ALL
        while (row := head(child.stdout)) != {"end": True}:
            if "error" in row:
                raise ParseError(str(row["error"]))
            member = body(row, child.stdout)
            left -= len(member.data)
            if left < 0:
                raise ParseError(DAMAGED)
            yield member


def head(pipe: IO[bytes]) -> dict[str, Any]:
    try:
        row = json.loads(pipe.readline(LONGEST_LINE))
    except ValueError:
        raise ParserCrashedError(BROKEN) from None
    if not isinstance(row, dict):
        raise ParserCrashedError(BROKEN)
    return row


def body(row: dict[str, Any], pipe: IO[bytes]) -> Member:
    name, size = str(row.get("name", "")), int(row.get("size", 0))
    if not 0 <= size <= LARGEST:
        raise ParserCrashedError(BROKEN)
    data = pipe.read(size)
    if len(data) < size:
        raise ParserCrashedError(BROKEN)
    return Member(name, data, str(row.get("refused", "")), str(row.get("left_out", "")))


def drain(pipe: IO[bytes]) -> None:
    while pipe.read(1 << 16):
        pass
