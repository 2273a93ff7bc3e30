"""At most so many in any stretch of time, counted before the deed and at one place for all.

A place is taken in one step inside Redis: of fifty that ask at once, five get it. A count that is
read first and raised afterwards, as after a wrong password, lets all fifty through.
"""

import uuid
from functools import cache

import redis
from django.conf import settings
from django.utils.crypto import salted_hmac

TIMEOUT = 2.0  # seconds
TAKE = """
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local span = tonumber(ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - span)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
redis.call('ZADD', KEYS[1], now, ARGV[3])
redis.call('PEXPIRE', KEYS[1], span)
return 1
"""


class UncountedError(Exception):
    """Redis does not answer: nobody can be counted, so nobody is let in."""


@cache
def _server(url: str) -> "redis.Redis":
    return redis.Redis.from_url(url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT)


def take(what: str, most: int, seconds: int) -> bool:
    """Whether `what` has a place left among its `most` of the last `seconds`; it is then taken.

    Redis keeps a fingerprint of `what`, not the words. Raises UncountedError.
    """
    key = key_of(what)
    try:
        server = _server(settings.REDIS_URL)
        taken = server.eval(TAKE, 1, key, str(seconds * 1000), str(most), uuid.uuid4().hex)
    except redis.RedisError as error:
        raise UncountedError from error
    return bool(taken)


def key_of(what: str) -> str:
    """Where in Redis the places of `what` are counted."""
    return f"window:{salted_hmac(__name__, what).hexdigest()[:32]}"
