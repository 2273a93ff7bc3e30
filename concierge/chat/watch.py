"""Open sockets of this process are looked at every other second: has their right ended?

Most ends are told of at once; this finds those that nobody told of, a statement by hand say, and
needs a handful of statements for all sockets together.
"""

import asyncio
import logging
import time
from typing import Protocol
from weakref import WeakKeyDictionary

from django.db import DatabaseError

from archive.threads import in_thread
from concierge.chat import crowd
from concierge.chat.rights import Right, standing

EVERY = 2.0  # seconds; an ended right closes its socket within 5
RENEWED = 20.0  # seconds between two renewals of the places

logger = logging.getLogger(__name__)


class Open(Protocol):
    """What is watched: a socket with its right and its place."""

    right: Right
    place: crowd.Place

    async def end(self) -> None: ...


class Watch:
    def __init__(self) -> None:
        self.open: set[Open] = set()
        self.task: asyncio.Task[None] | None = None
        self.ending: set[asyncio.Task[None]] = set()

    def add(self, socket: Open) -> None:
        self.open.add(socket)
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self.run())

    def remove(self, socket: Open) -> None:
        self.open.discard(socket)
        if not self.open and self.task:
            self.task.cancel()
            self.task = None

    async def run(self) -> None:
        renewed = time.monotonic()
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self.look()
            except DatabaseError as error:  # what is sent is asked about before it is sent
                logger.warning("sockets not looked at", extra={"error": type(error).__name__})
            if time.monotonic() - renewed > RENEWED:
                await crowd.renew([each.place for each in self.open])
                renewed = time.monotonic()

    async def look(self) -> None:
        """End those whose right has ended; none waits for another that is slow to take it in."""
        sockets = list(self.open)
        good = await in_thread(standing)([each.right for each in sockets])
        for each in sockets:
            if each.right not in good:
                task = asyncio.create_task(each.end())
                self.ending.add(task)
                task.add_done_callback(self.ending.discard)


_watches: WeakKeyDictionary[asyncio.AbstractEventLoop, Watch] = WeakKeyDictionary()


def watch() -> Watch:
    """The running event loop's."""
    return _watches.setdefault(asyncio.get_running_loop(), Watch())
