"""Django's command line, with the embedded services started first when they are needed."""

import errno
import sys
from contextlib import nullcontext
from pathlib import Path

import psycopg
import redis
from django.conf import settings
from django.core.management import execute_from_command_line
from django.db import DatabaseError, OperationalError
from psycopg import errors
from redis.backoff import NoBackoff
from redis.retry import Retry

from archive.wall.owner import as_owner
from archive.wall.scope import EVERYTHING, set_for_process
from concierge.operations.embedded import Service, ServiceError, ensure_running
from concierge.operations.embedded.lifecycle import plainly
from concierge.operations.logs import chain

# These never ask the database, or see to the services themselves.
WITHOUT_SERVICES = {
    "check",
    "collectstatic",
    "compilemessages",
    "createcachetable",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "makemigrations",
    "quickstart",
    "services",
    "startapp",
    "test",
    "version",
}
FULL = (errno.ENOSPC, errno.EDQUOT)
TIMEOUT = 5  # seconds
MISSING = (
    errors.UndefinedTable,
    errors.UndefinedColumn,
    errors.UndefinedFunction,
    errors.InsufficientPrivilege,  # of tables from before the application had a role of its own
)
# These are carried out by the owner of the tables, who may have to make the application's role.
OWNERS = {"flush", "migrate"}


def run(argv: list[str]) -> None:
    """Carry out `argv`; whatever the machine refuses becomes one sentence and exit status 1."""
    try:
        with plainly(Path.cwd()):
            start_services(embedded_services() if needs_services(argv) else [])
        if needs_services(argv):
            check_services(is_owners(argv))
        set_for_process(EVERYTHING)
        with as_owner() if is_owners(argv) else nullcontext():
            execute_from_command_line(argv)
    except ServiceError as error:
        fail(str(error))
    except DatabaseError as error:
        sentence = explain(error)
        if sentence is None:
            raise
        fail(sentence)
    except OSError as error:
        if error.errno not in FULL:
            raise
        fail(f"The disk is full: make room ({error}).")


def needs_services(argv: list[str]) -> bool:
    command = argv[1] if len(argv) > 1 else "help"
    asks_for_help = command.startswith("-") or {"-h", "--help"} & set(argv)
    return not asks_for_help and command not in WITHOUT_SERVICES


def is_owners(argv: list[str]) -> bool:
    return len(argv) > 1 and argv[1] in OWNERS


def embedded_services() -> list[Service]:
    """Those the product runs itself, for want of an address of yours."""
    own = {
        Service.POSTGRES: settings.EMBEDDED_POSTGRES,
        Service.REDIS: settings.EMBEDDED_REDIS,
    }
    return [name for name, embedded in own.items() if embedded]


def start_services(services: list[Service]) -> None:
    if started := ensure_running(settings.DATA_DIR, services):
        names = " and ".join(started)
        sys.stderr.write(f"Started {names}; `python manage.py services stop` ends it.\n")


def check_services(as_owner: bool = False) -> None:
    """Raise ServiceError when a service of yours does not answer; asked directly, not pooled."""
    address = settings.DATABASE_OWNER_URL if as_owner else settings.DATABASE_URL
    try:
        psycopg.connect(address, connect_timeout=TIMEOUT).close()
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=TIMEOUT, retry=Retry(NoBackoff(), 0)
        ) as server:
            server.ping()
    except psycopg.OperationalError as error:
        raise ServiceError(f"The database does not answer: {first_line(error)}.") from error
    except redis.RedisError as error:
        raise ServiceError(f"Redis does not answer: {first_line(error)}.") from error


def explain(error: DatabaseError) -> str | None:
    """What a person can do about it; None for a mistake of ours."""
    causes = list(chain(error))
    if any(isinstance(cause, errors.DiskFull) for cause in causes):
        return "The disk that holds the database is full: make room, then try again."
    if any(isinstance(cause, MISSING) for cause in causes):
        return "The database is not up to date: run `python manage.py migrate` first."
    if isinstance(error, OperationalError):
        return f"The database failed: {first_line(error)}."
    return None


def first_line(error: Exception) -> str:
    return (str(error).splitlines() or ["no reason given"])[0].rstrip(".")


def fail(sentence: str) -> None:
    sys.stderr.write(f"error: {sentence}\n")
    sys.exit(1)
