"""The worker's end of `archive.ingestion.parse.nursery`: a forked parser for each file."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from select import select
from threading import Lock
from typing import IO

ROOT = Path(__file__).resolve().parents[3]
SERVER = "archive.ingestion.parse.nursery"
SERVERS = 3  # that may go, one after the other, before a file is given up
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}  # no secret


class Forked:
    """A parser's process; what it shows is what `subprocess.Popen` shows of one."""

    def __init__(self, pid: int, streams: Sequence[int], told: IO[bytes]) -> None:
        self.pid = pid
        self.stdin: IO[bytes] = os.fdopen(streams[0], "wb")
        self.stdout: IO[bytes] = os.fdopen(streams[1], "rb")
        self.stderr: IO[bytes] = os.fdopen(streams[2], "rb")
        self.returncode: int | None = None
        self._told = told
        self._lock = Lock()

    def poll(self) -> int | None:
        """The exit status, if it has ended."""
        if self._lock.acquire(blocking=False):
            try:
                if self.returncode is None and select([self._told], [], [], 0)[0]:
                    self._read_status()
            finally:
                self._lock.release()
        return self.returncode

    def wait(self) -> int:
        with self._lock:
            return self._read_status()

    def _read_status(self) -> int:
        if self.returncode is None:
            # Without a word the server has gone, and its children with it.
            self.returncode = int(self._told.readline() or -signal.SIGKILL)
            self._told.close()
        return self.returncode


class Server:
    """Started on first use; belongs to the process that started it, and to no fork of that."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.control, end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with end:
            self.process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", SERVER],
                stdin=end.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=ROOT,
                env=ENVIRONMENT,
                start_new_session=True,  # an interrupt at the keyboard is for the worker
            )

    def fork(self, arguments: Sequence[str]) -> Forked:
        """Raises OSError when the server has gone."""
        (stdin, theirs), *others = os.pipe()[::-1], os.pipe(), os.pipe(), os.pipe()
        streams = [stdin, *(read for read, _ in others[:2])]
        told = os.fdopen(others[2][0], "rb", buffering=0)  # its two lines come one by one
        passed = [theirs, *(write for _, write in others)]
        try:
            with self.lock:
                socket.send_fds(self.control, [json.dumps(arguments).encode()], passed)
            close(passed)
            passed = []
            return Forked(int(told.readline()), streams, told)
        except (OSError, ValueError):
            close([*passed, *streams])
            told.close()
            raise ConnectionResetError from None

    def stop(self) -> None:
        self.control.close()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(1)


def close(fds: Sequence[int]) -> None:
    for fd in fds:
        os.close(fd)


servers: dict[int, Server] = {}  # by the process that uses it: a fork of that makes its own
starting = Lock()


def forked(arguments: Sequence[str]) -> Forked:
    """A parser with these arguments. Raises OSError when none can be started."""
    for _ in range(SERVERS - 1):
        server = present()
        with suppress(ConnectionResetError):
            return server.fork(arguments)
        with starting:
            if servers.get(os.getpid()) is server:  # else another thread has done so
                servers.pop(os.getpid()).stop()
    return present().fork(arguments)


def present() -> Server:
    with starting:
        if os.getpid() not in servers:
            servers.clear()
            servers[os.getpid()] = Server()
        return servers[os.getpid()]
