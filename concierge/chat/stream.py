"""The words of an answer while it is being written: numbered events in Redis.

The channel layer only pokes ("there is more"), because it drops what a slow reader cannot take.
A block event carries a whole block as it now stands, so the last event of a block is all a late
reader needs, and reading from any number on gives the same page.
"""

import asyncio
from dataclasses import dataclass
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from channels.layers import get_channel_layer
from django.conf import settings
from redis.asyncio import Redis

LIFETIME = 3600  # seconds a stream outlives its last event
CAPACITY = 4000  # events a stream holds

# A connection belongs to the event loop it was made in.
_clients: WeakKeyDictionary[asyncio.AbstractEventLoop, Redis] = WeakKeyDictionary()


def _redis() -> Redis:
    loop = asyncio.get_running_loop()
    if loop not in _clients:
        _clients[loop] = Redis.from_url(settings.REDIS_URL, decode_responses=True)
    return _clients[loop]


@dataclass(frozen=True, slots=True)
class Event:
    """`kind` is "block" (block `index` now reads `html`), "restart" (all blocks are taken back)
    or "done" (the row has the whole answer)."""

    number: int
    kind: str
    index: int = 0
    html: str = ""


def _key(answer_id: int, attempt: int) -> str:
    return f"answer:{answer_id}:{attempt}"


def group(conversation_id: UUID) -> str:
    return f"conversation.{conversation_id}"


async def poke(conversation_id: UUID, kind: str = "more") -> None:
    """Tell every open page of the conversation to look again ("more" words, or a new "turn")."""
    layer = get_channel_layer()
    await layer.group_send(group(conversation_id), {"type": f"chat.{kind}"})


class Writer:
    """Appends the events of one attempt at one answer, numbered from 1."""

    def __init__(self, conversation_id: UUID, answer_id: int, attempt: int) -> None:
        self.conversation_id = conversation_id
        self.key = _key(answer_id, attempt)
        self.number = 0

    async def send(self, kind: str, index: int = 0, html: str = "") -> None:
        self.number += 1
        entry: dict[Any, Any] = {"kind": kind, "index": index, "html": html}
        async with _redis().pipeline(transaction=False) as pipe:
            pipe.xadd(self.key, entry, id=f"0-{self.number}", maxlen=CAPACITY)
            pipe.expire(self.key, LIFETIME)
            await pipe.execute()
        await poke(self.conversation_id)


async def read(answer_id: int, attempt: int, after: int) -> list[Event]:
    """The events numbered above `after`, in order."""
    entries = await _redis().xrange(_key(answer_id, attempt), min=f"(0-{after}")
    return [
        Event(int(number.split("-")[1]), fields["kind"], int(fields["index"]), fields["html"])
        for number, fields in entries
    ]
