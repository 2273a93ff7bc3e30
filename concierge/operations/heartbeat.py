"""Workers that say they live, so that readiness need not ask each of them and wait."""

import logging
import time
from typing import Any

import redis
from celery.signals import heartbeat_sent, setup_logging, worker_ready, worker_shutdown
from django.conf import settings

KEY = "concierge:workers"  # a sorted set: worker's name -> when it was last heard, unix seconds
LATELY = 15  # seconds; a worker's heart beats every two
log = logging.getLogger(__name__)


def workers(server: redis.Redis) -> int:
    """How many workers were heard of lately."""
    return int(server.zcount(KEY, time.time() - LATELY, "+inf"))


def connect() -> None:
    """Attach to the worker's signals; called once, when the applications are ready."""
    worker_ready.connect(beat, dispatch_uid="concierge-worker-ready")
    heartbeat_sent.connect(beat, dispatch_uid="concierge-heartbeat")
    worker_shutdown.connect(leave, dispatch_uid="concierge-worker-shutdown")
    # A receiver keeps Celery's own handlers away: its lines are ours, one JSON object each.
    setup_logging.connect(keep_logging, dispatch_uid="concierge-logging")


def name_of(sender: Any) -> str:
    """The heart hangs from the worker's event dispatcher, the other signals from the worker."""
    source = getattr(sender, "eventer", sender)
    return str(source.hostname)


def beat(sender: Any, **_: Any) -> None:
    now = time.time()
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1) as server:
            server.zadd(KEY, {name_of(sender): now})
            server.zremrangebyscore(KEY, "-inf", now - LATELY)
    except redis.RedisError:
        log.warning("heartbeat not written")


def leave(sender: Any, **_: Any) -> None:
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1) as server:
            server.zrem(KEY, name_of(sender))
    except redis.RedisError:
        log.warning("leave not written")


def keep_logging(**_: Any) -> None:
    """Nothing to do: Django has set the handlers."""
