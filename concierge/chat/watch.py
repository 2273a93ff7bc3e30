"""Has the right of an open socket ended? Asked for many sockets of this process together.

All are looked at every other second, which finds the ends that nobody told of. A socket that is
about to send asks for itself; whoever asks while a look is under way shares the next, and so do
those whose words flow, so that a crowd needs hardly more looks than one.
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
FRESH = 1.0  # seconds for which words are sent on one look at the right to them
ALONG = FRESH / 2  # seconds since its last look after which a socket shares another's

logger = logging.getLogger(__name__)


class Open(Protocol):
    """What is watched: a socket with its right and its place."""

    right: Right
    place: crowd.Place
    looked: float  # when its right was last known to hold, on the loop's clock
    hears: bool  # whether words flow to it

    async def end(self) -> None: ...


class Watch:
    def __init__(self) -> None:
        self.open: set[Open] = set()
        self.task: asyncio.Task[None] | None = None
        self.ending: set[asyncio.Task[None]] = set()
        self.asking: list[tuple[Open, asyncio.Future[bool]]] = []  # who shares the next look
        self.looking: asyncio.Task[None] | None = None

    async def holds(self, socket: Open) -> bool:
        """Whether its right holds, by a look that begins after this call. Raises DatabaseError."""
        answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.asking.append((socket, answer))
        if self.looking is None:
            self.looking = asyncio.create_task(self._answer())
        return await answer

    async def _answer(self) -> None:
        """Look, for all who ask together, until nobody asks."""
        try:
            while self.asking:
                asked, self.asking = self.asking, []
                await self._look_for(asked)
        finally:
            self.looking = None

    async def _look_for(self, asked: "list[tuple[Open, asyncio.Future[bool]]]") -> None:
        now = asyncio.get_running_loop().time()
        along = [each for each in self.open if each.hears and now - each.looked > ALONG]
        sockets = [*(socket for socket, _ in asked), *along]
        try:
            good = await in_thread(standing)({each.right for each in sockets})
            for each in sockets:
                if each.right in good:
                    each.looked = now
            for socket, answer in asked:
                if not answer.done():
                    answer.set_result(socket.right in good)
        except DatabaseError as error:
            for _, answer in asked:
                if not answer.done():
                    answer.set_exception(error)
        finally:  # the process is ending
            for _, answer in asked:
                answer.cancel()

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
