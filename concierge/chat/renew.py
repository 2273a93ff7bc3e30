"""The growing words of a process's answers are kept, and their leases renewed, all together.

Once a second each answer asks for it. They ask at the same moment, so that a crowd of them costs
one statement and hardly more than one of them alone.
"""

import asyncio
from weakref import WeakKeyDictionary

from archive.threads import URGENT, in_thread
from concierge.chat import hold
from concierge.chat.models import Message

EVERY = 1.0  # seconds between two writings of an answer's words, and of its lease, to its row
GATHER = 0.02  # seconds that the first to ask waits for the others


def until_next() -> float:
    """Seconds to a moment at which all ask: not the next one, where that is hardly away."""
    left = EVERY - asyncio.get_running_loop().time() % EVERY
    return left if left > EVERY / 2 else left + EVERY


class Batch:
    """Those who ask together; `held` comes to the primary keys of those that are held still."""

    def __init__(self) -> None:
        self.said: list[tuple[Message, str]] = []
        self.held = asyncio.create_task(self._write())

    async def _write(self) -> set[int]:
        await asyncio.sleep(GATHER)
        del _gathering[asyncio.get_running_loop()]
        return await in_thread(hold.renew, URGENT)(self.said)


_gathering: WeakKeyDictionary[asyncio.AbstractEventLoop, Batch] = WeakKeyDictionary()


async def renew(row: Message, text: str) -> None:
    """Keep what an answer says so far. Raises Superseded when it is not the caller's any more.

    Raises what the database does.
    """
    loop = asyncio.get_running_loop()
    batch = _gathering.get(loop) or _gathering.setdefault(loop, Batch())
    batch.said.append((row, text))
    if row.pk not in await asyncio.shield(batch.held):  # whoever leaves, the others stay
        raise await in_thread(hold.refused, URGENT)(row)
