"""Whether this process lives, and whether the product can answer."""

import time
from collections.abc import Callable
from functools import lru_cache

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from archive.embedding.choice import current_embedder
from archive.embedding.protocol import EmbeddingError
from archive.threads import in_thread
from concierge.clients.checks import lost
from concierge.operations.heartbeat import workers

REMEMBERED = 60  # seconds for which a model that answered is not asked again
TIMEOUT = 2  # seconds
Check = Callable[[], None]


class NotReadyError(Exception):
    """One part does not work; the message says why, without addresses or credentials."""


@require_safe
@never_cache
async def alive(request: HttpRequest) -> HttpResponse:
    """The process answers. No database, no Redis: a restart would not mend those."""
    return JsonResponse({"ok": True})


@require_safe
@never_cache
async def ready(request: HttpRequest) -> HttpResponse:
    """Every part with `ok` and, where it fails, `why`; 503 when one fails."""
    parts = await in_thread(examine)()
    ok = all(part["ok"] for part in parts.values())
    return JsonResponse({"ok": ok, **parts}, status=200 if ok else 503)


def examine() -> dict[str, dict[str, object]]:
    checks: dict[str, Check] = {
        "database": check_database,
        "redis": check_redis,
        "worker": check_worker,
        "model": check_model,
        "keys": check_keys,
    }
    return {name: outcome(check) for name, check in checks.items()}


def outcome(check: Check) -> dict[str, object]:
    try:
        check()
    except NotReadyError as error:
        return {"ok": False, "why": str(error)}
    return {"ok": True}


def check_database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM archive_brand LIMIT 1")
    except DatabaseError as error:
        missing = type(error).__name__ == "ProgrammingError"
        why = "the tables are missing" if missing else "the database does not answer"
        raise NotReadyError(why) from error


def redis_client() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT
    )


def check_redis() -> None:
    try:
        with redis_client() as server:
            server.ping()
    except redis.RedisError as error:
        raise NotReadyError("Redis does not answer") from error


def check_worker() -> None:
    try:
        with redis_client() as server:
            found = workers(server)
    except redis.RedisError as error:
        raise NotReadyError("unknown while Redis does not answer") from error
    if not found:
        raise NotReadyError("no worker has been heard of lately")


def check_model() -> None:
    try:
        warmed(settings.EMBEDDER, int(time.monotonic() / REMEMBERED))
    except EmbeddingError as error:
        raise NotReadyError(str(error)) from error
    except DatabaseError as error:
        raise NotReadyError("unknown while the database does not answer") from error


def check_keys() -> None:
    """What clients have said can be read."""
    if words := lost():
        raise NotReadyError(words)


@lru_cache(maxsize=1)
def warmed(embedder: str, period: int) -> None:
    """Ask the model once a period: a remote one costs a call. A failure is not remembered."""
    current_embedder().warm()
