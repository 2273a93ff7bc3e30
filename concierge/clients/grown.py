"""A file that only grows, by whole lines, beside the database: no restored backup takes it back."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TAIL = 64 * 1024  # bytes that the end of the last line is looked for in; a line has some hundred


@contextmanager
def held(place: Path) -> Iterator[int]:
    """The file, open to read and to append, its end mended; other writers wait."""
    place.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(place, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        mend_end(file)
        yield file
    finally:
        os.close(file)


def tail_of(file: int) -> bytes:
    """The last TAIL bytes, or all."""
    return os.pread(file, TAIL, max(0, os.fstat(file).st_size - TAIL))


def mend_end(file: int) -> None:
    """Take away half a line that a power cut left: nobody was told that it stood."""
    tail = tail_of(file)
    if tail and not tail.endswith(b"\n"):
        os.ftruncate(file, os.fstat(file).st_size - (len(tail) - tail.rfind(b"\n") - 1))


def add(file: int, line: bytes) -> None:
    """Write one line and see it on the disk before anything else is done."""
    os.write(file, line + b"\n")
    os.fsync(file)
