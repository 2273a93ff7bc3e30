"""The three faults: lines cut at random bytes, web processes killed, Redis killed."""

import asyncio
import random
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import InterfaceError, OperationalError
from redis.exceptions import RedisError

from archive.threads import in_thread
from bench.streams.balancer import Balancer
from bench.streams.product import (
    QUESTIONS,
    SLUG,
    Product,
    kill_postgres,
    kill_redis,
    revive_services,
)
from bench.streams.tally import Orphans, Tally
from bench.streams.visitor import Visit, Visitor

LONGEST = 16_000  # bytes of a socket's connection; an answer's events take about this many
LEFT_ALONE = 0.25  # share of the socket's connections that are not cut
REPLY = 300  # bytes of a reply to a question within which some are cut
REPLIES_CUT = 0.05  # share of them
BETWEEN = (2.0, 6.0)  # seconds from a recovery to the next kill
PATIENCE = 120  # seconds until services that were killed must be there again
STALE = 3.0  # seconds without a sign of life after which an answer's process is dead
RELOADS = 0.2  # share of visitors who reload instead of waiting


def random_limit(request: str) -> int | None:
    if "/ws/" in request:
        return None if random.random() < LEFT_ALONE else random.randint(1, LONGEST)
    if request.startswith("POST") and random.random() < REPLIES_CUT:
        return random.randint(1, REPLY)
    return None


class Crowd:
    """Visitors, `width` of them at any time, each checked when its visit is over."""

    def __init__(self, url: str, width: int) -> None:
        self.url, self.width = url, width
        self.tally = Tally()

    async def come(self, more: Callable[[], bool]) -> None:
        """Visit after visit for as long as `more` says so; ends when the last has ended."""
        await asyncio.gather(*(self._keep_coming(more) for _ in range(self.width)))

    async def _keep_coming(self, more: Callable[[], bool]) -> None:
        await asyncio.sleep(random.uniform(0, 3))
        while more():
            question, reloads = random.choice(QUESTIONS), random.random() < RELOADS
            visit = await Visitor(self.url, SLUG, question, reloads).run()
            await self._checked(visit)

    async def _checked(self, visit: Visit) -> None:
        """Checked once what was killed is there again."""
        async with asyncio.timeout(PATIENCE):
            while True:
                with suppress(OperationalError, InterfaceError, RedisError):
                    return await in_thread(self.tally.check)(visit)
                await asyncio.sleep(1)


async def cut(product: Product, answers: int, width: int, seconds: float) -> dict[str, Any]:
    """Answers whose readers' lines are cut at random bytes, until so many were."""
    balancer = Balancer(product.ports, random_limit)
    crowd = Crowd(await balancer.start(), width)
    until = time.monotonic() + seconds
    await crowd.come(lambda: crowd.tally.counts["cut"] < answers and time.monotonic() < until)
    await balancer.stop()
    return crowd.tally.report()


async def killed(
    product: Product,
    times: int,
    width: int,
    seconds: float,
    kill: Callable[[int], None],
    revive: Callable[[int], None],
) -> dict[str, Any]:
    """Something is killed so often at random moments while answers are being read."""
    balancer = Balancer(product.ports)
    crowd, orphans = Crowd(await balancer.start(), width), Orphans()
    until, done = time.monotonic() + seconds, asyncio.Event()
    coming = asyncio.create_task(crowd.come(lambda: not done.is_set()))
    kills = 0
    while kills < times and time.monotonic() < until:
        await asyncio.sleep(random.uniform(*BETWEEN))
        at = time.time()
        await asyncio.to_thread(kill, kills)
        noting = asyncio.create_task(noted(orphans, at))
        await asyncio.to_thread(revive, kills)
        await noting
        kills += 1
    done.set()
    await coming
    await balancer.stop()
    ends = await in_thread(orphans.report)()
    return {"kills": kills, **crowd.tally.report(), **ends}


async def kill(product: Product, times: int, width: int, seconds: float) -> dict[str, Any]:
    """The web processes, one after the other."""
    count = len(product.webs)
    return await killed(
        product,
        times,
        width,
        seconds,
        lambda number: product.kill(number % count),
        lambda number: product.revive(number % count),
    )


async def redis(product: Product, times: int, width: int, seconds: float) -> dict[str, Any]:
    return await killed(
        product, times, width, seconds, lambda _: kill_redis(), lambda _: after_a_while()
    )


async def postgres(product: Product, times: int, width: int, seconds: float) -> dict[str, Any]:
    return await killed(
        product, times, width, seconds, lambda _: kill_postgres(), lambda _: after_a_while()
    )


async def noted(orphans: Orphans, at: float) -> None:
    await asyncio.sleep(STALE)
    with suppress(OperationalError):  # PostgreSQL may be what was killed
        await in_thread(orphans.note)(at)


def after_a_while() -> None:
    time.sleep(random.uniform(0, 2))
    revive_services()
