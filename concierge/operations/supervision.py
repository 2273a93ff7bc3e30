"""Children kept running until they are told to stop."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from concierge.operations import addresses
from concierge.operations.embedded import ServiceError
from concierge.operations.embedded.process import end, running, wait_until

RESTARTS = 5  # in PERIOD, then the child is given up
PERIOD = 60  # seconds
GRACE = 10  # seconds to end of its own accord
LOG_SIZE = 10 * 2**20  # bytes; a longer log is put aside at the next start
WAITING = 2048  # connections at a door that nobody has taken yet
Say = Callable[[str], None]


def mark(data_dir: Path) -> str:
    """What our children's command lines carry, so that a killed run's are found again."""
    return addresses.socket_dir(data_dir).name


def python(data_dir: Path, *words: str) -> list[str]:
    """This interpreter with `words`; it keeps unknown -X options, and does nothing with them."""
    return [sys.executable, "-X", mark(data_dir), *words]


def end_left_over(data_dir: Path) -> int:
    """End the children of a killed run; returns how many there were."""
    left = [pid for pid in running("python", f"-X {mark(data_dir)}") if pid != os.getpid()]
    if left and not (end(left, signal.SIGTERM, GRACE) or end(left, signal.SIGKILL, GRACE)):
        raise ServiceError("Processes of a previous run do not end: restart the machine.")
    return len(left)


@dataclass
class Door:
    """A port that several children answer at: whoever is free takes the next connection.

    Opened by the first of them to start, and open while any of them starts again.
    """

    host: str
    port: int

    @cached_property
    def listening(self) -> socket.socket:
        """Raises OSError where the port is taken."""
        return socket.create_server((self.host, self.port), backlog=WAITING)

    def close(self) -> None:
        if "listening" in self.__dict__:
            self.listening.close()


@dataclass
class Child:
    """One program, its output appended to a log; started again when it ends by itself.

    One with a `door` is told the door's descriptor by `--fd`, as uvicorn takes it.
    """

    name: str
    command: list[str]
    log: Path
    directory: Path
    starts: list[float] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None
    door: Door | None = None

    def start(self) -> None:
        if not self.starts:
            put_aside(self.log)
        self.starts.append(time.monotonic())
        shared = [self.door.listening.fileno()] if self.door else []
        with self.log.open("ab") as output:
            # A session of its own: Ctrl-C reaches us alone, and we end it in order.
            self.process = subprocess.Popen(  # noqa: S603 - our own command
                [*self.command, *(word for fd in shared for word in ("--fd", str(fd)))],
                pass_fds=shared,
                cwd=self.directory,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def mend(self, say: Say) -> None:
        """Start it again if it ended. Raises ServiceError when it keeps ending."""
        if self.process is None or self.process.poll() is None:
            return
        recent = [start for start in self.starts if start > time.monotonic() - PERIOD]
        if len(recent) > RESTARTS:
            raise ServiceError(f"The {self.name} keeps ending: see {self.log}.")
        say(f"The {self.name} ended ({self.process.returncode}) and was started again.")
        self.start()

    def stop(self) -> None:
        if self.process is None:
            return
        self.signal(signal.SIGTERM)
        if not wait_until(lambda: self.ended, GRACE):
            self.signal(signal.SIGKILL)
            self.process.wait()

    @property
    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def signal(self, how: signal.Signals) -> None:
        if self.process is not None and not self.ended:
            os.killpg(self.process.pid, how)


def put_aside(log: Path) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_SIZE:
        log.replace(log.with_suffix(".log.1"))


def stop_all(children: list[Child]) -> None:
    """Ask all at once, then wait for each."""
    for child in children:
        child.signal(signal.SIGTERM)
    for child in children:
        child.stop()
        if child.door:
            child.door.close()
