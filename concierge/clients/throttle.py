"""How fast one person may ask, counted in whole minutes."""

from django.core.cache import cache
from django.utils.crypto import salted_hmac

MINUTE = 60  # seconds


def is_too_fast(who: str, most: int) -> bool:
    """Count one question of `who`; whether that makes more than `most` this minute.

    The cache is told a fingerprint, not who it is.
    """
    key = f"questions:{salted_hmac(__name__, who).hexdigest()}"
    if cache.add(key, 1, MINUTE):
        return False
    try:
        return cache.incr(key) > most
    except ValueError:  # the minute ended between the two
        return False
