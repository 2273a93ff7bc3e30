"""A process that has loaded the parsers and forks a confined child for each file.

    python -m archive.ingestion.parse.nursery

A new interpreter with its imports takes longer than most files. A child has what
`archive.ingestion.parse` has: a memory of its own, the same limits, no network and no secret; only
its beginning is shared. Its own process group ends with it, and it with this process, which ends
when the worker closes its end of the socket on standard input, dead or alive.

One message a file: the arguments as JSON, with four descriptors: standard input, output and error,
and a pipe on which the child's process number is told, then its exit status, a line each.
"""

import gc
import json
import os
import signal
import socket
import sys
import traceback
from contextlib import suppress
from importlib import import_module
from select import select
from typing import NoReturn

from archive.ingestion.parse.__main__ import main as read_one

# Not those of spreadsheets: they load what begins threads, which no fork takes along.
PARSERS = ("delimited", "docx", "epub", "html", "mail", "markdown", "pages", "pdf", "pptx", "text")
LONGEST = 1 << 16  # bytes of a message

Fds = list[int]


def main() -> None:
    for name in (*PARSERS, "registry", "transcript"):
        import_module(f"archive.ingestion.parse.{name}")
    gc.collect()
    gc.freeze()  # what is never collected is never copied into a child either
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    serve(socket.socket(fileno=os.dup(0)), woken)


def serve(control: socket.socket, woken: int) -> None:
    children: dict[int, int] = {}  # process number -> the pipe for its status
    while True:
        ready, _, _ = select([control.fileno(), woken], [], [])
        if woken in ready:
            os.read(woken, LONGEST)
            reap(children)
        if control.fileno() in ready:
            message, fds, _, _ = socket.recv_fds(control, LONGEST, 4)
            if not message:
                break
            begin(json.loads(message), fds, control, children)
    for pid in children:
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


def begin(arguments: list[str], fds: Fds, control: socket.socket, children: dict[int, int]) -> None:
    pid = os.fork()
    if pid == 0:
        control.close()
        child(arguments, fds)
    with suppress(OSError):  # the child may have done so, or ended
        os.setpgid(pid, pid)
    *streams, told = fds
    for fd in streams:
        os.close(fd)
    children[pid] = told
    tell(told, pid)


def child(arguments: list[str], fds: Fds) -> NoReturn:
    """Read one file as `python -m archive.ingestion.parse` does, and end."""
    status = 1
    try:
        os.setpgid(0, 0)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for number, fd in enumerate(fds[:3]):
            os.dup2(fd, number)
        os.closerange(3, max(fds) + 1)
        sys.argv[1:] = arguments
        read_one()
        sys.stdout.flush()
        status = 0
    except BaseException:  # noqa: BLE001 - a process of its own ends with what it was at
        traceback.print_exc()
    os._exit(status)


def reap(children: dict[int, int]) -> None:
    while children:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        told = children.pop(pid)
        tell(told, os.waitstatus_to_exitcode(status))
        os.close(told)


def tell(pipe: int, number: int) -> None:
    with suppress(OSError):  # nobody waits for it any more
        os.write(pipe, b"%d\n" % number)


if __name__ == "__main__":
    main()
