"""A page as a good guest asks for it: robots.txt heeded, one page at a time, with rests between.

What is known of a site is in the cache, so that every worker knows it: who is asking now, until
when the site is left alone, and its robots.txt.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from uuid import uuid4

from django.core.cache import cache

from archive.web import robots
from archive.web.door import Door
from archive.web.errors import ComeBackLaterError, WebError
from archive.web.request import MOST, SECONDS, Page
from archive.web.request import get as ask
from archive.web.robots import Robots
from archive.web.target import Target, shown, target

PATIENCE = 45.0  # seconds waited for a site's turn or its wish for a rest
LONGEST_DELAY = 30.0  # seconds between two pages, whatever a site asks for
LONGEST_REST = 86_400.0  # seconds a site is left alone, whatever it asks for
KNOWN = 3600  # seconds that a robots.txt is believed
UNKNOWN = 300  # seconds until one that could not be read is asked for again
LARGEST_ROBOTS = 1 << 20  # bytes
MARGIN = 5.0  # seconds beyond what a turn may take
LOOK = 0.1  # seconds between two looks whether it is our turn
BUSY = {429, 503}

UNWANTED = "“{}” is not fetched: the site's robots.txt asks machines to leave it alone."
CLOSED = "“{}” did not say what machines may fetch (robots.txt), so nothing is fetched now."
REST = "“{}” asks to be left alone until {:%Y-%m-%d %H:%M} UTC."


def get(
    url: str,
    *,
    etag: str = "",
    last_modified: str = "",
    most: int = MOST,
    seconds: float = SECONDS,
    door: Door | None = None,
) -> Page:
    """The page at `url` as `request.get` gives it, when the site is ready for it.

    Waits up to 45 seconds for its turn. Raises ComeBackLaterError where that is not enough or the
    site says so, WebError where robots.txt forbids the page or cannot be read, and what
    `request.get` raises.
    """
    door = door or Door.of_settings()
    found = target(url)
    known = robots_of(found, door)
    if not known.allow(found.path):
        raise WebError(UNWANTED.format(shown(url)), permanent=True)
    delay = min(max(door.delay, known.delay or 0), LONGEST_DELAY)
    for last in (False, True):
        with turn(found.site, seconds, delay):
            page = ask(
                url, etag=etag, last_modified=last_modified, most=most, seconds=seconds, door=door
            )
        if page.status not in BUSY:
            return page
        wish = wished(page.headers.get("retry-after", ""), delay)
        leave_alone(found.site, wish)
        if last or wish > PATIENCE:
            raise later(found.site, wish)
    raise AssertionError


def sitemaps(url: str, *, door: Door | None = None) -> tuple[str, ...]:
    """The sitemaps that the robots.txt of the site of `url` names. Raises WebError."""
    return robots_of(target(url), door or Door.of_settings()).sitemaps


def robots_of(found: Target, door: Door) -> Robots:
    """What the site asks of us; everything is allowed where it says nothing. Raises WebError."""
    key = f"web:robots:{found.site}"
    known: dict[str, Any] | None = cache.get(key)
    if known is None:
        known = asked_robots(found, door)
        cache.set(key, known, KNOWN if known else UNKNOWN)
    if not known:
        raise WebError(CLOSED.format(shown(found.site)))
    return Robots(**known)


def asked_robots(found: Target, door: Door) -> dict[str, Any]:
    """Empty where the site could not answer: then RFC 9309 has everything forbidden."""
    with turn(found.site, SECONDS, 0):
        try:
            page = ask(f"{found.site}/robots.txt", most=LARGEST_ROBOTS, door=door)
        except WebError as error:
            if error.permanent:
                raise
            return {}
    if page.ok:
        return asdict(robots.read(page.body.decode("utf-8", "replace"), door.agent))
    return {} if page.status >= 500 or page.status == 429 else asdict(Robots())


@contextmanager
def turn(site: str, seconds: float, delay: float) -> Iterator[None]:
    """One request to `site` at a time, `delay` seconds of rest after it."""
    end = time.monotonic() + PATIENCE
    busy, rest = f"web:busy:{site}", f"web:rest:{site}"
    token = uuid4().hex
    while not cache.add(busy, token, PATIENCE + MARGIN):
        if time.monotonic() > end:
            raise later(site, PATIENCE)
        time.sleep(LOOK)
    try:
        wish = (cache.get(rest) or 0) - time.time()
        if wish > end - time.monotonic():
            raise later(site, wish)
        time.sleep(max(wish, 0))
        # Of a worker that is killed now, the site is free again as soon as this can tell.
        if cache.get(busy) == token:  # else it ran out, and is no longer ours to renew
            cache.touch(busy, seconds + MARGIN)
        try:
            yield
        finally:
            leave_alone(site, delay)
    finally:
        if cache.get(busy) == token:  # else it ran out, and another has its turn
            cache.delete(busy)


def leave_alone(site: str, seconds: float) -> None:
    if seconds > 0:
        cache.set(f"web:rest:{site}", time.time() + seconds, seconds + 1)


def wished(retry_after: str, otherwise: float) -> float:
    """The seconds of a Retry-After, which names them or a moment."""
    if retry_after.isascii() and retry_after.isdigit():
        return min(float(retry_after[:9]), LONGEST_REST)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return otherwise
    left = (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return min(max(left, 0), LONGEST_REST)


def later(site: str, seconds: float) -> ComeBackLaterError:
    until = datetime.now(UTC) + timedelta(seconds=seconds)
    return ComeBackLaterError(REST.format(shown(site), until), until)
