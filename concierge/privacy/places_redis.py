"""Places in Redis: the words of growing answers, the cache, payloads that wait in a queue."""

import base64
import binascii
import json
from collections.abc import Iterator
from typing import Any

import redis
from django.conf import settings
from django.core.cache import cache

from concierge.chat.payer import asked_from
from concierge.chat.stream import name_of
from concierge.clients.throttle import key_of_count
from concierge.llm import transcript
from concierge.privacy.places import Person, Place

MARGIN = 2  # attempts after the last that was seen
UNACKED = "unacked"  # where Celery keeps what a worker has taken and not ended
LOOKED_AT = 1000  # payloads at a time
TIMEOUT = 10  # seconds


def connected() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=TIMEOUT)


def streams(person: Person) -> list[str]:
    return [
        name_of(answer, attempt)
        for answer, last in person.attempts.items()
        for attempt in range(last + MARGIN)
    ]


def count_streams(person: Person) -> int:
    keys = streams(person)
    with connected() as server:
        return int(server.exists(*keys)) if keys else 0


def remove_streams(person: Person) -> None:
    if keys := streams(person):
        with connected() as server:
            server.delete(*keys)


def entries(person: Person) -> list[str]:
    """Names in the cache: who asked from where, how often in this minute."""
    asked = [asked_from(answer) for answer in person.attempts]
    counted = [key_of_count(f"visitor {each}") for each in person.visitors]
    return asked + counted


def count_cache(person: Person) -> int:
    counts = sorted(person.counts)
    with connected() as server:
        counted = int(server.exists(*counts)) if counts else 0
    return counted + len(cache.get_many(entries(person)))


def remove_cache(person: Person) -> None:
    cache.delete_many(entries(person))
    if person.counts:
        with connected() as server:
            server.delete(*person.counts)


def queues() -> list[str]:
    return [queue.name for queue in settings.CELERY_TASK_QUEUES]


def payloads(person: Person) -> Iterator[tuple[str, str, bytes]]:
    """(queue, its own name there, payload) of each that names the person; the name may be ""."""
    names = [each.encode() for each in person.names()]

    def named(payload: bytes) -> bool:
        content = inside(payload)
        return any(name in content for name in names)

    with connected() as server:
        for queue in queues():
            for start in range(0, server.llen(queue), LOOKED_AT):
                found: list[bytes] = server.lrange(queue, start, start + LOOKED_AT - 1)
                yield from ((queue, "", payload) for payload in found if named(payload))
        for tag, payload in server.hscan_iter(UNACKED, count=LOOKED_AT):
            if named(payload):
                yield UNACKED, tag.decode(), payload


def inside(payload: bytes) -> bytes:
    """The payload, and what Celery has wrapped of its body."""
    try:
        told: Any = json.loads(payload)
        told = told[0] if isinstance(told, list) else told
        return payload + base64.b64decode(told["body"])
    except (ValueError, KeyError, TypeError, IndexError, binascii.Error):
        return payload


def count_payloads(person: Person) -> int:
    return sum(1 for _ in payloads(person))


def remove_payloads(person: Person) -> None:
    found = list(payloads(person))
    with connected() as server:
        for queue, tag, payload in found:
            if tag:
                server.hdel(queue, tag)
                server.zrem(f"{UNACKED}_index", tag)
            else:
                server.lrem(queue, 0, payload)


def count_calls(person: Person) -> int:
    return transcript.count([each.hex for each in person.visitors])


def remove_calls(person: Person) -> None:
    transcript.forget([each.hex for each in person.visitors])


def rewrite_journal() -> bool:
    """Let Redis write its journal anew, without what was removed; whether it may be asked to."""
    with connected() as server:
        try:
            server.bgrewriteaof()
        except redis.ResponseError as error:
            return "already in progress" in str(error) or "scheduled" in str(error)
    return True


PLACES = (
    Place("streams", "words of answers while they grew", count_streams, remove_streams, False),
    Place("cache", "entries of the cache", count_cache, remove_cache, False),
    Place("transcripts", "calls to providers that were watched", count_calls, remove_calls, False),
    Place("queues", "payloads that waited for a worker", count_payloads, remove_payloads, False),
)
