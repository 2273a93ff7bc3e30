"""One file from standard input, its blocks as JSON on standard output, within limits.

    python -m archive.ingestion.parse NAME < FILE
    python -m archive.ingestion.parse pages READER NUMBERS LANGUAGES < FILE

Whatever the file does to this process, nothing else is lost: it can take no more memory or time
than given here, writes no file, reaches no network, and knows no secret.
"""

import ctypes
import json
import resource
import signal
import sys
from contextlib import suppress

LIMITS = {
    resource.RLIMIT_AS: 512 << 20,  # bytes
    resource.RLIMIT_CPU: 300,  # seconds, should nobody be left to end it sooner
    resource.RLIMIT_FSIZE: 0,  # bytes written to files
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NOFILE: 64,
}
GRACE = 5  # seconds between the end of its time and its end by force
OWN_USERS, OWN_NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET of Linux' sched.h
DIE_WITH_PARENT, NO_NEW_RIGHTS = 1, 38  # PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS of its prctl.h
NETWORK = ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo")


def main() -> None:
    confine()
    sys.stdout.write(answer(sys.stdin.buffer.read(), *sys.argv[1:]))


def confine() -> None:
    """No more memory, time and files than LIMITS; no network; an end with the worker's end."""
    for limit, value in LIMITS.items():
        more = GRACE if limit == resource.RLIMIT_CPU else 0
        with suppress(ValueError, OSError):  # not every system knows every limit
            resource.setrlimit(limit, (value, value + more))
    if sys.platform == "linux":
        kernel = ctypes.CDLL(None)
        kernel.unshare(OWN_USERS | OWN_NETWORK)  # some containers forbid it; the hook remains
        kernel.prctl(NO_NEW_RIGHTS, 1, 0, 0, 0)
        kernel.prctl(DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)  # new rights would forget it
    sys.addaudithook(without_network)


def without_network(event: str, _: tuple[object, ...]) -> None:
    if event in NETWORK:
        raise PermissionError("a parser has no network")


def answer(data: bytes, name: str, *more: str) -> str:
    """The parsed file, or what a reader finds on some of its pages, or {"error": one sentence}."""
    from archive.ingestion.parse.blocks import ParseError
    from archive.ingestion.parse.compose import composed
    from archive.ingestion.parse.pages import on_pages
    from archive.ingestion.parse.registry import read

    try:
        return composed(on_pages(data, *more) if more else read(data, name)).to_json()
    except ParseError as error:
        return json.dumps({"error": str(error)})
    except MemoryError:
        return json.dumps({"error": "Reading this file takes more memory than one file may have."})
    except RecursionError:
        return json.dumps({"error": "This file could not be read: it is nested too deeply."})


if __name__ == "__main__":
    main()
