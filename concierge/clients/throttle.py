"""How fast one person may ask, counted in whole minutes."""

import logging

from django.core.cache import cache
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

MINUTE = 60  # seconds

logger = logging.getLogger(__name__)


def is_too_fast(who: str, most: int) -> bool:
    """Count one question of `who`; whether that makes more than `most` this minute.

    The cache is told a fingerprint, not who it is. Without it nobody is held up.
    """
    key = key_of_count(who)
    try:
        return not cache.add(key, 1, MINUTE) and cache.incr(key) > most
    except ValueError:  # the minute ended between the two
        return False
    except RedisError as error:
        logger.warning("questions not counted", extra={"error": type(error).__name__})
        return False


def key_of_count(who: str) -> str:
    """Where in the cache the questions of `who` are counted."""
    return f"questions:{salted_hmac(__name__, who).hexdigest()}"
