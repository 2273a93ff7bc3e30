"""Processes that outlive their starter: launched, recognised by their address, ended."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from concierge.operations.embedded.account import ServiceError

PAUSE = 0.02  # seconds between two looks
ROOM = 20 * 2**20  # bytes without which a server hardly starts
WAITING = "the database system is"  # starting up, not yet accepting connections, ...
# An orphan from the start: were we its parent, a killed server would stay as a zombie, which
# PostgreSQL takes for a running one.
ORPHAN = '"$@" </dev/null >>"$0" 2>&1 & echo $!'


def launch(command: list[str], log: Path, directory: Path) -> int:
    """Run `command` in `directory`, detached, its output appended to `log`. Returns its pid."""
    log.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(  # noqa: S603 - our own command
        ["/bin/sh", "-c", ORPHAN, str(log), *command],
        cwd=directory,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return int(done.stdout)


class Process(NamedTuple):
    pid: int
    program: str
    words: str


def processes() -> Iterator[Process]:
    """Every process but zombies, which have no command line."""
    if not Path("/proc/self/cmdline").exists():
        yield from listed()
        return
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (argv := arguments(int(entry.name))):
            # PostgreSQL's children write "postgres: what I do" over theirs.
            name = "postgres" if argv[0].startswith("postgres: ") else Path(argv[0]).name
            yield Process(int(entry.name), name, " ".join(argv))


def arguments(pid: int) -> list[str]:
    """Of a process by /proc; empty when it has ended, a zombie's too."""
    try:
        raw = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return []
    return raw.decode(errors="replace").rstrip("\0").split("\0") if raw else []


def listed() -> Iterator[Process]:
    """The same without /proc."""
    command = ["ps", "-axo", "pid=,stat=,ucomm=,command="]
    listing = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    for line in listing.stdout.splitlines():
        pid, state, program, words = [*line.split(None, 3), ""][:4]
        if not state.startswith("Z"):
            yield Process(int(pid), program, words)


def running(program: str, mark: str) -> list[int]:
    """The processes of `program` (the start of its name) whose command line has `mark`."""
    return [p.pid for p in processes() if mark in p.words and p.program.startswith(program)]


def alive(pid: int) -> bool:
    """Whether the process runs; a zombie does not, one that is just being replaced does."""
    if not Path("/proc/self/stat").exists():
        return any(process.pid == pid for process in listed())
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def wait_until(reached: Callable[[], bool], seconds: float) -> bool:
    """Whether `reached` came true within `seconds`."""
    end = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > end:
            return False
        time.sleep(PAUSE)
    return True


def end(pids: list[int], how: signal.Signals, seconds: float) -> bool:
    """Send `how` to `pids`; whether all were gone within `seconds`.

    Raises ServiceError when they are somebody else's.
    """
    for pid in pids:
        try:
            os.kill(pid, how)
        except ProcessLookupError:
            continue
        except PermissionError as error:
            raise ServiceError(
                f"Process {pid} belongs to another user: stop it as that user, or as root."
            ) from error
    return wait_until(lambda: not any(alive(pid) for pid in pids), seconds)


def last_words(log: Path, since: int) -> str:
    """The last complaint written to `log` after the byte `since`, without its date and level."""
    with log.open("rb") as file:
        file.seek(since)
        lines = file.read().decode(errors="replace").splitlines()
    complaints = [
        line
        for line in lines
        # What it told us while we knocked is no reason.
        if ("FATAL" in line or "PANIC" in line or "rror" in line) and WAITING not in line
    ]
    chosen = (complaints or lines or ["it said nothing"])[-1]
    for level in ("FATAL:", "PANIC:", "error:"):
        chosen = chosen.rpartition(level)[2]
    return chosen.strip().rstrip(".")


def failure(name: str, log: Path, since: int) -> ServiceError:
    """Why `name` did not start, in what it wrote to `log` after the byte `since`."""
    return refusal(name, log, last_words(log, since))


def refusal(name: str, log: Path, words: str) -> ServiceError:
    """A full disk, which may have kept the log short, or the server's own `words`."""
    place = log.parent.parent
    if "No space left" in words or shutil.disk_usage(place).free < ROOM:
        return ServiceError(f"{name} did not start: the disk that holds {place} is full.")
    return ServiceError(f"{name} did not start: {words} (see {log}).")
