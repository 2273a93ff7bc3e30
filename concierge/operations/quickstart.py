"""The whole product on one machine, from an empty data directory to a page that answers."""

import errno
import fcntl
import json
import secrets
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command

from concierge.operations.embedded import Service, ServiceError, ensure_running, stop
from concierge.operations.embedded.lifecycle import SERVERS, make
from concierge.operations.entry import embedded_services
from concierge.operations.supervision import Child, Door, Say, end_left_over, python, stop_all

HOST = "127.0.0.1"
LAST_PORT = 65535
READY = 120  # seconds until the page must answer
SILENT = 10  # seconds of waiting that need no explanation
ANSWER = 30  # seconds for one answer of /readyz, which may load a model first
LOOK = 1.0  # seconds between two looks at the children
ADMIN = "admin"
FRAME = 65536  # bytes, the longest WebSocket message


@contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    make(data_dir)
    with (data_dir / "quickstart.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ServiceError(
                "Concierge already runs from this directory: stop it there with Ctrl-C first."
            ) from error
        yield


@contextmanager
def interruptible() -> Iterator[None]:
    """Let every polite signal end the run as Ctrl-C does."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:  # nothing may cut the clearing up short
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)


def check_port(port: int) -> None:
    """Raise ServiceError when `port` cannot be had."""
    other = "choose another with `make run PORT=8001`."
    if not 0 < port <= LAST_PORT:
        raise ServiceError(f"Port {port} does not exist: {other}")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise ServiceError(f"Port {port} is taken by another program: {other}") from error
            raise ServiceError(f"Port {port} cannot be used: {other}") from error


def children(port: int) -> list[Child]:
    """The worker and the scheduler, then the web servers, in the order of their starting."""
    data_dir, root = settings.DATA_DIR, settings.BASE_DIR
    celery = python(data_dir, "-m", "celery", "-q", "-A", "concierge")
    web = python(data_dir, *web_command(port))
    commands = {
        "worker": [*celery, "worker", "--concurrency", "2", "--without-mingle"],
        "scheduler": [*celery, "beat", "--pidfile="],
        "web server": web,
    }
    # Several answer at one port, each in a log of its own.
    several = range(2, settings.WEB_PROCESSES + 1)
    commands |= {f"web server {number}": web for number in several}
    door = Door(HOST, port) if several else None
    return [
        Child(
            name,
            command,
            data_dir / "log" / f"{name.replace(' ', '-')}.log",
            root,
            door=door if command is web else None,
        )
        for name, command in commands.items()
    ]


def web_command(port: int) -> list[str]:
    """What serves the pages and the sockets: frames of `FRAME` bytes at most, none compressed."""
    web = ["-m", "uvicorn", "concierge.asgi:application", "--host", HOST, "--port", str(port)]
    web += ["--ws", "concierge.operations.sockets:Served", "--ws-max-size", str(FRAME)]
    web += ["--ws-per-message-deflate", "false"]
    web += ["--no-access-log", "--timeout-graceful-shutdown", "3"]
    return [*web, "--log-config", str(Path(__file__).with_name("uvicorn.json"))]


def create_administrator() -> str:
    """A superuser on the first run; returns its password, empty when there is one already."""
    users = get_user_model().objects
    if users.filter(is_superuser=True).exists():
        return ""
    password = "-".join(secrets.token_hex(3) for _ in range(3))
    users.create_superuser(username=ADMIN, password=password)
    return password


def load_demo_once() -> None:
    """A house that removed the demo brand does not find it back the next morning."""
    done = settings.DATA_DIR / "demo-loaded"
    if not done.exists():
        call_command("load_demo")
        done.touch()


def wait_until_ready(
    port: int, family: list[Child], say: Say, ready: float = READY, silent: float = SILENT
) -> None:
    """Says what is missing after `silent` seconds, and again whenever that changes.

    Raises ServiceError, with what is missing, when the page does not answer in `ready` seconds.
    """
    start, told = time.monotonic(), ""
    while (missing := lacking(port)) is not None:
        waited = time.monotonic() - start
        if waited > ready:
            raise ServiceError(f"Concierge did not become ready: {missing}.")
        if waited >= silent and missing != told:
            say(f"Waiting: {missing}.")
            told = missing
        for child in family:
            child.mend(say)
        time.sleep(0.1)


def lacking(port: int) -> str | None:
    """What /readyz says is missing; None when it is ready."""
    try:
        with urlopen(f"http://{HOST}:{port}/readyz", timeout=ANSWER):
            return None
    except HTTPError as error:
        return reasons(error.read())
    except TimeoutError:
        return "the web server takes long to answer"
    except (URLError, OSError):
        return "the web server does not answer"


def reasons(body: bytes) -> str:
    """What /readyz says is wrong, in a line without its full stop."""
    try:
        parts = json.loads(body)
    except ValueError:
        return "the web server fails"
    failing = [part.get("why", "") for part in parts.values() if isinstance(part, dict)]
    return "; ".join(why.rstrip(".") for why in failing if why) or "the web server fails"


def watch(family: list[Child], say: Say) -> None:
    """Keep children and embedded services running until interrupted."""
    while True:
        time.sleep(LOOK)
        for child in family:
            child.mend(say)
        for name in embedded_services():
            if not SERVERS[name].processes(settings.DATA_DIR):
                ensure_running(settings.DATA_DIR, [name])
                say(f"{name} ended and was started again.")


def prepare(port: int) -> list[Service]:
    """Clear what a killed run left and bring up the services; returns those to stop at the end."""
    left = end_left_over(settings.DATA_DIR)
    check_port(port)
    own = embedded_services()
    started = ensure_running(settings.DATA_DIR, own)
    return own if left else started


def stop_everything(family: list[Child], services: list[Service]) -> None:
    stop_all(family[::-1])
    if services:
        stop(settings.DATA_DIR, services)
