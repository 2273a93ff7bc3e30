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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread, Timer
from typing import IO

from archive.ingestion.parse.blocks import Block, Parsed, ParseError
from archive.ingestion.parse.forked import ENVIRONMENT, ROOT, Forked, forked

FORKS = sys.platform == "linux"  # elsewhere a fork may not use the system's own libraries
PARSER = "archive.ingestion.parse"
SECONDS = 60  # for one file
SMALL = 4 << 20  # bytes; a larger file has MORE seconds for each MORE_BYTES above, up to LONGEST
MORE, MORE_BYTES, LONGEST = 15, 1 << 20, 300
BUSY = 0.6  # share of its time in which a process has worked, above which it will not do better
LONGEST_ANSWER = 64 << 20  # bytes: 5 million characters, escaped, with what is said of each block
LONGEST_LOG = 64 << 10  # bytes of what the process says on its way out
CHUNK = 1 << 16  # bytes
# Controls, and marks that turn the order of what follows: "gpj.exe" may not look like "exe.jpg".
UNSAID = re.compile("[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

BROKEN = "This file could not be read: it is damaged or made to do harm."
SLOW = "This file could not be read: it takes too long. Bring it in in parts."
TOO_MUCH = "This file holds more text than one document may have: bring it in in parts."
STUCK = "The reading of this file did not end in time."

Process = Forked | subprocess.Popen[bytes]

log = logging.getLogger(__name__)


class ParserCrashedError(ParseError):
    """The file may have ended its parser, or the machine did: another attempt may tell."""


def parse(data: bytes, name: str, seconds: float | None = None) -> Parsed:
    """What the file called `name` holds, read within `seconds`, by default those of its size.

    Raises ParseError, with a sentence for a curator, for a file that is refused, and its subclass
    ParserCrashedError where the process ended without an answer.
    """
    return read_answer(asked(data, [plain(name)], seconds or allowance(len(data))))


def read_pages(data: bytes, reader: str, pages: list[int], languages: list[str]) -> list[Block]:
    """What `reader` finds on some pages, by their numbers from 1; likewise within SECONDS.

    `reader` is the dotted path of a function of (data, pages, languages) that gives blocks, and
    `languages` are those the document may be in, in ISO 639-1. Raises ParseError.
    """
    numbers = ",".join(map(str, pages))
    answer = asked(data, ["pages", reader, numbers, ",".join(languages)], SECONDS)
    return read_answer(answer).blocks


def allowance(size: int) -> float:
    """Seconds for a file of `size` bytes: docs/hostile-input.md gives the measurement."""
    return min(SECONDS + MORE * max(size - SMALL, 0) / MORE_BYTES, LONGEST)


def plain(name: str) -> str:
    """A name that can be an argument, and a title that reads as it is written."""
    return UNSAID.sub("", name)[-200:]


def read_answer(answer: bytes) -> Parsed:
    try:
        fields = json.loads(answer)
        if isinstance(fields, dict) and "error" in fields:
            raise ParseError(str(fields["error"]))
        return Parsed.from_json(answer.decode())
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ParserCrashedError(BROKEN) from None


def asked(data: bytes, arguments: list[str], seconds: float) -> bytes:
    """What a process of its own answers. Raises ParseError."""
    with process(*arguments) as child, ended_after(seconds, child) as late:
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
    if status == -signal.SIGXCPU or late.busy:
        raise ParseError(SLOW)
    raise ParserCrashedError(STUCK if late.over else BROKEN)


@contextmanager
def process(*arguments: str, module: str = PARSER) -> Iterator[Process]:
    """A parser of one file; whatever becomes of this block, nothing of it is left running."""
    child = forked(arguments) if FORKS and module == PARSER else begun(module, arguments)
    try:
        yield child
    finally:
        end(child)
        for pipe in (child.stdin, child.stdout, child.stderr):
            if pipe:
                with suppress(OSError):
                    pipe.close()


def begun(module: str, arguments: Sequence[str]) -> Process:
    """A process of one module, from its beginning."""
    return subprocess.Popen(  # noqa: S603 - our own module; a name is one argument
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=ENVIRONMENT,
        start_new_session=True,
    )


@dataclass(slots=True)
class Late:
    """Whether a process was ended because its time was over, and had worked for most of it."""

    over: bool = False
    busy: bool = False


@contextmanager
def ended_after(seconds: float, child: Process) -> Iterator[Late]:
    late = Late()

    def end_late() -> None:
        late.busy = worked(child.pid) > BUSY * seconds
        late.over = True
        end(child)

    timer = Timer(seconds, end_late)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()


def worked(pid: int) -> float:
    """Seconds that a process and its ended children have worked; 0 where nobody says."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    except (OSError, IndexError, ValueError):
        return 0.0


def end(child: Process) -> None:
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
