"""Every process of the product is told when somebody was forgotten.

What a process keeps in its memory to be quick (unwrapped keys, what it has read of a sentence) may
be of them. A count in Redis goes up with each erasure; each process looks at it from time to time
and, when it has changed, sends `forget` to whoever keeps something.
"""

import logging
import time

from django.core.cache import cache
from django.dispatch import Signal
from redis.exceptions import RedisError

COUNT = "forgotten"  # in the cache
EVERY = 2.0  # seconds between two looks of one process

forget = Signal()
logger = logging.getLogger(__name__)


class _Seen:
    """What this process has seen of the count, and when it looked."""

    count = 0
    at = 0.0


def tell() -> None:
    """Forget here and now, and let the others know."""
    forget.send(None)
    try:
        if not cache.add(COUNT, 1, None):
            cache.incr(COUNT)
    except RedisError as error:
        logger.warning("processes not told to forget", extra={"error": type(error).__name__})


def look(now: float | None = None) -> bool:
    """Forget if somebody was forgotten since the last look; whether that was so."""
    now = time.monotonic() if now is None else now
    if now - _Seen.at < EVERY:
        return False
    _Seen.at = now
    try:
        count = cache.get(COUNT, 0)
    except RedisError:
        return False
    if count == _Seen.count:
        return False
    _Seen.count = count
    forget.send(None)
    return True
