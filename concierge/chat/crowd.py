"""How many sockets one person and one address may hold open, and how fast they may knock.

Counted in Redis, so that every process counts the same. A socket renews its place while it is
open; that of a process which died is free again after `PLACE`. When Redis is away nobody is
counted, and no words come either.
"""

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac
from redis.asyncio import BlockingConnectionPool, Redis
from redis.exceptions import RedisError

from concierge.llm.per_loop import kept

PLACE = 60  # seconds a place is kept without being renewed
OF_VISITOR = 12  # sockets: a page each
OF_ADDRESS = 120  # an office or a hotel
KNOCKS = 240  # sockets asked for by one address in a minute
MINUTE = 60  # seconds
TIMEOUT = 2  # seconds
CONNECTIONS = 8  # to Redis, of one process
ENTER = """
for i, key in ipairs(KEYS) do
  redis.call('ZREMRANGEBYSCORE', key, '-inf', ARGV[1])
  if redis.call('ZCARD', key) >= tonumber(ARGV[3 + i]) then return 0 end
end
for i, key in ipairs(KEYS) do
  redis.call('ZADD', key, ARGV[2], ARGV[3])
  redis.call('EXPIRE', key, ARGV[6])
end
return 1
"""
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """One open socket, by its channel, among those of its visitor and of its address."""

    channel: str
    visitor: str
    address: str

    @classmethod
    def of(cls, channel: str, visitor: UUID, address: str) -> "Place":
        return cls(channel, key_of(f"visitor {visitor}"), key_of(f"address {address}"))


def key_of(whose: str) -> str:
    """Redis is told a fingerprint, not who it is."""
    return f"sockets:{salted_hmac(__name__, whose).hexdigest()[:32]}"


async def server() -> Redis:
    address = settings.REDIS_URL
    ways: dict[str, Any] = {"socket_timeout": TIMEOUT, "max_connections": CONNECTIONS}

    def make() -> Redis:
        # A crowd waits for a connection of a few, rather than have one each.
        return Redis.from_pool(BlockingConnectionPool.from_url(address, **ways))

    return await kept(("crowd", address), make)


async def may_knock(address: str) -> bool:
    """Count one socket asked for by the address."""
    key = f"{key_of(f'address {address}')}:{int(time.time()) // MINUTE}"
    try:
        async with (await server()).pipeline(transaction=False) as pipe:
            pipe.incr(key)
            pipe.expire(key, MINUTE)
            count, _ = await pipe.execute()
    except RedisError as error:
        logger.warning("sockets not counted", extra={"error": type(error).__name__})
        return True
    return int(count) <= KNOCKS


async def enter(place: Place) -> bool:
    """Whether there is a place left; it is then taken."""
    now = time.time()
    most = (OF_VISITOR, OF_ADDRESS)
    given = (now, now + PLACE, place.channel, *most, PLACE)
    try:
        connection = await server()
        taken: Any = connection.eval(ENTER, 2, place.visitor, place.address, *map(str, given))
        return bool(await taken)
    except RedisError as error:
        logger.warning("sockets not counted", extra={"error": type(error).__name__})
        return True


async def renew(places: Iterable[Place]) -> None:
    until = time.time() + PLACE
    try:
        async with (await server()).pipeline(transaction=False) as pipe:
            for place in places:
                for key in (place.visitor, place.address):
                    pipe.zadd(key, {place.channel: until})
                    pipe.expire(key, PLACE)
            await pipe.execute()
    except RedisError as error:
        logger.warning("sockets not counted", extra={"error": type(error).__name__})


async def leave(place: Place) -> None:
    try:
        async with (await server()).pipeline(transaction=False) as pipe:
            pipe.zrem(place.visitor, place.channel)
            pipe.zrem(place.address, place.channel)
            await pipe.execute()
    except RedisError:
        return  # it is free by itself soon
