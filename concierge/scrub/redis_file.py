"""Redis's files written anew: of what was deleted or has expired they hold nothing then."""

import time
from collections.abc import Callable

import redis

from concierge.scrub.rewrite import Told

PATIENCE = 300.0  # seconds a rewriting may take
LOOK = 0.05  # seconds between two looks

Information = dict[str, object]


def rewrite(address: str) -> Told:
    told = Told()
    try:
        with redis.Redis.from_url(address, socket_timeout=30) as server:
            _rewrite(server, told)
    except redis.ResponseError as error:
        told.left.append(f"Redis: {error} Rewrite its files as its provider says (docs/scrub.md).")
    except redis.RedisError as error:
        told.left.append(f"Redis does not answer ({type(error).__name__}).")
    return told


def _rewrite(server: redis.Redis, told: Told) -> None:
    state = _persistence(server)
    if state.get("aof_enabled"):
        # One that is under way has begun too early: it may have what was deleted since.
        idle = _wait(server, lambda now: not _busy(now))
        server.bgrewriteaof()
        if idle and _wait(server, lambda now: not _busy(now)) and _ok(server):
            told.done.append("Redis's append-only file was written anew.")
        else:
            told.left.append("Redis's append-only file is not written anew yet.")
    if server.config_get("save").get("save"):
        _wait(server, lambda now: not _saving(now))
        server.bgsave()
        if _wait(server, lambda now: not _saving(now)):
            told.done.append("Redis's snapshot was written anew.")
        else:
            told.left.append("Redis's snapshot is not written anew yet.")


def _persistence(server: redis.Redis) -> Information:
    found: Information = server.info("persistence")
    return found


def _busy(state: Information) -> bool:
    return bool(state["aof_rewrite_in_progress"] or state["aof_rewrite_scheduled"])


def _saving(state: Information) -> bool:
    return bool(state["rdb_bgsave_in_progress"])


def _ok(server: redis.Redis) -> bool:
    return _persistence(server)["aof_last_bgrewrite_status"] == "ok"


def _wait(server: redis.Redis, reached: Callable[[Information], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while not reached(_persistence(server)):
        if time.monotonic() > until:
            return False
        time.sleep(LOOK)
    return True
