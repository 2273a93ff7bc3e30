"""Parsing in a process of its own: a file that breaks it breaks nothing else.

What it reads, writes and takes is bounded here and in `__main__`; docs/hostile-input.md names the
limits and what becomes of a file that meets one.
"""

import json
import logging
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread, Timer
from typing import IO

from archive.ingestion.parse.blocks import Parsed, ParseError

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 60  # for one file; the process itself may use as much of processor time
LONGEST_ANSWER = 64 << 20  # bytes: 5 million characters, escaped, with what is said of each block
LONGEST_LOG = 64 << 10  # bytes of what the process says on its way out
CHUNK = 1 << 16  # bytes

BROKEN = "This file could not be read: it is damaged or made to do harm."
SLOW = "This file could not be read: it takes too long. Bring it in in parts."
TOO_MUCH = "This file holds more text than one document may have: bring it in in parts."
STUCK = "The reading of this file did not end in time."

log = logging.getLogger(__name__)


class ParserCrashedError(ParseError):
    """The file may have ended its parser, or the machine did: another attempt may tell."""


def parse(data: bytes, name: str, seconds: float = SECONDS) -> Parsed:
    """What the file called `name` holds, read within `seconds`.

    Raises ParseError, with a sentence for a curator, for a file that is refused, and its subclass
    ParserCrashedError where the process ended without an answer.
    """
    answer = asked(data, re.sub(r"[\x00\ud800-\udfff]", "", name)[-200:], seconds)
    try:
        fields = json.loads(answer)
        if isinstance(fields, dict) and "error" in fields:
            raise ParseError(str(fields["error"]))
        return Parsed.from_json(answer.decode())
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ParserCrashedError(BROKEN) from None


def asked(data: bytes, name: str, seconds: float) -> bytes:
    """What a process of its own answers. Raises ParseError."""
    with process(name) as child, ended_after(seconds, child) as late:
        assert child.stdin and child.stdout and child.stderr  # noqa: PT018 - all three are pipes
        said: list[bytes] = []
        threads = [
            Thread(target=feed, args=(child.stdin, data), daemon=True),
            Thread(target=lambda pipe: said.append(read(pipe, LONGEST_LOG)), args=(child.stderr,)),
        ]
        for thread in threads:
            thread.start()
        answer = read(child.stdout, LONGEST_ANSWER)
        if len(answer) > LONGEST_ANSWER:
            raise ParseError(TOO_MUCH)
        status = child.wait()
        threads[1].join()
    if status == 0:
        return answer
    last = b"".join(said).decode(errors="replace").strip().rpartition("\n")[2]
    log.warning("parser ended", extra={"status": status, "last": last[:200]})
    if status == -signal.SIGXCPU:
        raise ParseError(SLOW)
    raise ParserCrashedError(STUCK if late.is_set() else BROKEN)


@contextmanager
def process(name: str) -> Iterator[subprocess.Popen[bytes]]:
    """A parser of one file; whatever becomes of this block, nothing of it is left running."""
    child = subprocess.Popen(  # noqa: S603 - our own module; the name is one argument
        [sys.executable, "-m", "archive.ingestion.parse", name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        start_new_session=True,
    )
    try:
        yield child
    finally:
        end(child)
        for pipe in (child.stdin, child.stdout, child.stderr):
            if pipe:
                with suppress(OSError):
                    pipe.close()


@contextmanager
def ended_after(seconds: float, child: subprocess.Popen[bytes]) -> Iterator[Event]:
    """Whether `child` had to be ended because its time was over."""
    late = Event()

    def end_late() -> None:
        late.set()
        end(child)

    timer = Timer(seconds, end_late)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()


def end(child: subprocess.Popen[bytes]) -> None:
    """The process and all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def feed(pipe: IO[bytes], data: bytes) -> None:
    # A parser may refuse a file before it has all of it.
    with suppress(OSError, ValueError), pipe:
        pipe.write(data)


def read(pipe: IO[bytes], most: int) -> bytes:
    """All of `pipe`, or a little more than `most` bytes of it."""
    parts: list[bytes] = []
    size = 0
    while size <= most and (part := pipe.read(CHUNK)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)
