"""A worker for as long as a command runs, when nobody else keeps one."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from celery import current_app
from django.conf import settings

PARENT_DEATH_SIGNAL = 1  # of prctl(2)
PING = 1.0  # seconds a worker has to answer
FAREWELL = 5.0  # seconds the temporary worker has to end what it does


def is_alive() -> bool:
    """Whether any worker answers. Raises kombu's OperationalError without a queue."""
    return bool(current_app.control.ping(timeout=PING))


@contextmanager
def at_work(items: int) -> Iterator[None]:
    """A worker is there inside the block: one that was, or one of our own that ends with it.

    Raises kombu's OperationalError without a queue.
    """
    if is_alive():
        yield
        return
    worker = started(min(os.cpu_count() or 1, items))
    try:
        yield
    finally:
        stop(worker)


def end_with_parent() -> None:
    """Ask Linux to end this process when the one that started it dies, killed even."""
    ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)


def started(processes: int) -> subprocess.Popen[bytes]:
    log = Path(settings.DATA_DIR) / "log" / "ingest-worker.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and application
            [
                *(sys.executable, "-m", "celery", "-A", current_app.main, "worker"),
                *("--concurrency", str(processes), "--loglevel", "WARNING"),
                *("--hostname", f"ingest-{os.getpid()}@%h", "--without-mingle", "--without-gossip"),
            ],
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # an interrupt at the keyboard is for the command alone
            preexec_fn=end_with_parent if sys.platform == "linux" else None,
        )


def stop(worker: subprocess.Popen[bytes]) -> None:
    """Let it end what it does; what it cannot end in time, another attempt does again."""
    worker.terminate()
    try:
        worker.wait(FAREWELL)
    except subprocess.TimeoutExpired:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
