"""What `check --deploy` asks of a house besides Django's own questions.

Each answer has an id; docs/security.md says what to do about it.
"""

import ipaddress
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import redis
from django.conf import settings
from django.core.checks import CheckMessage, register
from django.core.checks import Warning as Concern

from concierge.chat.consumers import LARGEST
from concierge.operations.health import redis_client
from concierge.operations.quickstart import FRAME, web_command

LARGEST_FRAME = 64 * 1024  # bytes
UNSAFE = ("'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "*", "http:", "https:")
KEYS = ("SECRET_KEY", "CLIENT_KEYS")

Answer = Iterator[CheckMessage]


def told(number: int, words: str, hint: str = "") -> CheckMessage:
    return Concern(words, hint=hint or None, id=f"concierge.W{number:03}")


def deploy(check: Callable[[], Answer]) -> Callable[[], Answer]:
    """One check of a deployment."""

    def asked(app_configs: Any, **_: Any) -> list[CheckMessage]:
        return list(check())

    register(asked, "security", deploy=True)
    return check


@deploy
def production() -> Answer:
    if not settings.PRODUCTION:
        yield told(1, "This is a trial run: PRODUCTION is not set.", "Set PRODUCTION=1.")


@deploy
def hosts() -> Answer:
    named = settings.ALLOWED_HOSTS
    if not named:
        yield told(2, "No host is named.", "Name those of the house in ALLOWED_HOSTS.")
    if any(host == "*" or host.startswith(("*.", ".")) for host in named):
        yield told(3, "Any host is let in.", "Name each of the house in ALLOWED_HOSTS, without *.")


@deploy
def keys() -> Answer:
    """A key made on first use lies beside the data it is to protect, and in their backups."""
    for number, name in enumerate(KEYS, start=4):
        if not settings.GIVEN[name]:
            words = f"{name} was made by the product and lies beside the data it protects."
            yield told(number, words, f"Set {name} in the environment, and keep it elsewhere too.")


@deploy
def append_only() -> Answer:
    """Redis keeps what is to be done and forgets nothing of it."""
    try:
        with redis_client() as server:
            kept = server.config_get("appendonly").get("appendonly")
            policy = server.config_get("maxmemory-policy").get("maxmemory-policy")
    except redis.ResponseError:
        yield told(8, "Redis does not tell its settings: append-only and noeviction are unknown.")
        return
    except redis.RedisError:
        yield told(9, "Redis does not answer.", "Start it, and check again.")
        return
    if kept != "yes":
        yield told(6, "Redis keeps no append-only file: a restart loses work.", "appendonly yes")
    if policy != "noeviction":
        words = f"Redis forgets work when it is full: its policy is {policy}."
        yield told(7, words, "maxmemory-policy noeviction")


@deploy
def sockets() -> Answer:
    logs = json.loads(Path(__file__).with_name("uvicorn.json").read_text())
    return faults_of_server(max(FRAME, LARGEST), web_command(0), logs)


def faults_of_server(frame: int, command: list[str], logs: dict[str, Any]) -> Answer:
    """Of a web server that takes frames of `frame` bytes and is run by `command`."""
    if frame > LARGEST_FRAME:
        yield told(10, f"Sockets take frames of {frame} bytes.", f"At most {LARGEST_FRAME}.")
    if "--ws-per-message-deflate" not in command or "true" in command:
        yield told(11, "Sockets compress: a small frame may then unpack to a large one.")
    if "--no-access-log" not in command or logs.get("loggers"):
        yield told(12, "The web server logs addresses with what is asked.", "--no-access-log")


@deploy
def second_factor() -> Answer:
    if not settings.STAFF_MFA:
        yield told(13, "The console opens with a password alone.", "Leave STAFF_MFA on.")


@deploy
def policy() -> Answer:
    asked: dict[str, Any] = settings.CONTENT_SECURITY_POLICY
    said = [str(each) for values in asked["DIRECTIVES"].values() for each in values]
    if found := sorted(set(said) & set(UNSAFE)):
        yield told(14, f"The content security policy lets in {', '.join(found)}.")
    if asked.get("EXCLUDE_URL_PREFIXES"):
        yield told(15, "Some pages have no content security policy.")


@deploy
def figures() -> Answer:
    if not settings.METRICS_TOKEN and not settings.METRICS_NETWORKS:
        return  # then nobody reads them
    for network in settings.METRICS_NETWORKS:
        try:
            found = ipaddress.ip_network(network)
        except ValueError:
            yield told(16, f"METRICS_NETWORKS names what is no network: {network}.")
            continue
        if not found.is_private and found.num_addresses > 1:
            yield told(17, f"/metrics is open to {network}, of the open internet.")


@deploy
def letters() -> Answer:
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        yield told(18, "Letters are not sent: clients cannot sign in.", "Set EMAIL_URL.")


@deploy
def cookies() -> Answer:
    both = (settings.SESSION_COOKIE_HTTPONLY, settings.CSRF_COOKIE_HTTPONLY)
    if not all(both) or settings.SESSION_COOKIE_SAMESITE not in {"Lax", "Strict"}:
        yield told(19, "Cookies can be read by scripts, or are sent from other sites.")
