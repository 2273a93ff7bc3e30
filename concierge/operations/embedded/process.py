"""Processes that outlive their starter: launched, recognised by their address, ended."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from concierge.operations.embedded.account import ServiceError

PAUSE = 0.02  # seconds between two looks
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


def command_lines() -> Iterator[tuple[int, str]]:
    """Every process with its command line; zombies have none and are left out."""
    proc = Path("/proc")
    if not (proc / "self" / "cmdline").exists():
        listing = subprocess.run(
            ["ps", "-axo", "pid=,command="],  # noqa: S607
            capture_output=True,
            text=True,
            check=True,
        )
        for line in listing.stdout.splitlines():
            pid, _, words = line.strip().partition(" ")
            yield int(pid), words
        return
    for entry in proc.iterdir():
        if entry.name.isdigit():
            try:
                raw = (entry / "cmdline").read_bytes()
            except OSError:  # ended while we looked
                continue
            if words := raw.replace(b"\0", b" ").decode(errors="replace").strip():
                yield int(entry.name), words


def running(program: str, mark: str) -> list[int]:
    """The processes of `program` whose command line names `mark`, a socket directory's name."""
    return [
        pid
        for pid, words in command_lines()
        if mark in words and Path(words.split()[0].rstrip(":")).name == program
    ]


def alive(pid: int) -> bool:
    return any(other == pid for other, _ in command_lines())


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
    complaints = [line for line in lines if "FATAL" in line or "PANIC" in line or "rror" in line]
    chosen = (complaints or lines or ["it said nothing"])[-1]
    for level in ("FATAL:", "PANIC:", "initdb: error:"):
        chosen = chosen.rpartition(level)[2]
    return chosen.strip().rstrip(".")


def explain(name: str, log: Path, since: int) -> ServiceError:
    words = last_words(log, since)
    if "No space left" in words:
        return ServiceError(
            f"{name} did not start: the disk that holds {log.parent.parent} is full."
        )
    return ServiceError(f"{name} did not start: {words} (see {log}).")
