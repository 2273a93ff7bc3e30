"""Starting and stopping both services, one starter at a time."""

import errno
import fcntl
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from concierge.operations.embedded import account, postgres, process, redis_server
from concierge.operations.embedded.account import ServiceError

PATIENCE = 180  # seconds that a second starter waits for the first


class Service(StrEnum):
    POSTGRES = "PostgreSQL"
    REDIS = "Redis"


SERVERS = {Service.POSTGRES: postgres, Service.REDIS: redis_server}
SENTENCES = {
    errno.ENOSPC: "The disk that holds {path} is full: make room, then start again.",
    errno.EDQUOT: "The disk quota for {path} is used up: make room, then start again.",
    errno.EROFS: "{path} cannot be written: the disk is read-only.",
    errno.EACCES: "{path} is closed to this user: run as its owner, or name another data "
    "directory with CONCIERGE_DATA_DIR.",
}
SENTENCES[errno.EPERM] = SENTENCES[errno.EACCES]
SENTENCES[errno.EEXIST] = SENTENCES[errno.ENOTDIR] = "{path} is not a directory: move it away."


def ensure_running(data_dir: Path, services: Collection[Service] = tuple(Service)) -> list[Service]:
    """Start what does not run; returns what had to be started, empty when all ran already.

    Raises ServiceError with one sentence when one cannot run; then none is left started.
    """
    if all(SERVERS[name].ready(data_dir) for name in services):
        return []
    with plainly(data_dir), one_at_a_time(data_dir):
        chosen = account.choose(data_dir)
        account.claim_sockets(data_dir, chosen)
        missing = [name for name in services if not SERVERS[name].ready(data_dir)]
        try:
            for name in missing:
                SERVERS[name].start(data_dir, chosen)
        except BaseException:  # whatever it was, an interrupt too, nothing is left half started
            for name in missing:
                SERVERS[name].stop(data_dir)
            raise
        return missing


def stop(data_dir: Path, services: Collection[Service] = tuple(Service)) -> list[Service]:
    """End what runs; returns what was ended. Raises ServiceError."""
    if not data_dir.exists():
        return []
    with plainly(data_dir), one_at_a_time(data_dir):
        return [name for name in services if SERVERS[name].stop(data_dir)]


def status(data_dir: Path) -> dict[Service, bool]:
    """Whether each service answers."""
    return {name: server.ready(data_dir) for name, server in SERVERS.items()}


def make(data_dir: Path) -> None:
    """Make the data directory unless it is there. Raises ServiceError."""
    with plainly(data_dir):
        try:
            data_dir.mkdir(parents=True, exist_ok=True)
        except FileNotFoundError as error:
            raise ServiceError(
                f"{data_dir} cannot be made: name another data directory with CONCIERGE_DATA_DIR."
            ) from error


@contextmanager
def one_at_a_time(data_dir: Path) -> Iterator[None]:
    """Hold the data directory's lock; the kernel lets go of it when its holder dies."""
    make(data_dir)
    with (data_dir / "services.lock").open("w") as lock:

        def taken() -> bool:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        if not process.wait_until(taken, PATIENCE):
            raise ServiceError("Another process has been starting the services for minutes.")
        yield


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Turn what the file system refuses into a ServiceError about `path`."""
    try:
        yield
    except OSError as error:
        sentence = SENTENCES.get(error.errno or 0)
        if sentence is None:
            raise
        raise ServiceError(sentence.format(path=error.filename or path)) from error
