"""The words of an answer while it is being written: numbered events in Redis.

The channel layer only pokes ("there is more"), because it drops what a slow reader cannot take.
A block event carries a whole block as it now stands, so the last event of a block is all a late
reader needs, and reading from any number on gives the same page. The row is the truth and all
this a hint: when Redis is away an answer is written all the same. A page in the process that
writes is shown what that process has sent, and asks nobody for it.

What a block reads is sealed by a key of this attempt's own, made of the visitor's: Redis keeps its
commands in a file until it writes that anew, and no word of a client may lie there.
"""

import logging
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from weakref import WeakValueDictionary

import redis
from channels.layers import get_channel_layer
from django.conf import settings
from redis.asyncio import Redis
from redis.exceptions import RedisError

from concierge.chat.models import Message
from concierge.clients.keys import Seal
from concierge.llm.per_loop import kept

TIMEOUT = 5  # seconds Redis has for a reply: without it the answer is written all the same
LIFETIME = 3600  # seconds a stream outlives its last event
CAPACITY = 4000  # events a stream holds

logger = logging.getLogger(__name__)

_WAYS: dict[str, Any] = {"socket_timeout": TIMEOUT}
_blocking = redis.Redis.from_url(settings.REDIS_URL, **_WAYS)


async def _redis() -> Redis:
    """The running event loop's connections."""
    address = settings.REDIS_URL
    return await kept(("stream", address), lambda: Redis.from_url(address, **_WAYS))


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at an answer: where its events are, and what opens them."""

    answer: int
    number: int
    seal: Seal

    @property
    def key(self) -> str:
        return name_of(self.answer, self.number)


def attempt_at(row: Message, number: int | None = None) -> Attempt:
    """The attempt that the row is at, or another; reads the visitor's key.

    Raises ForgottenError when that was destroyed.
    """
    number = row.attempts if number is None else number
    name = name_of(row.pk, number)
    return Attempt(row.pk, number, Seal.of(row.conversation.visitor_id, name))


def name_of(answer_id: int, number: int) -> str:
    return f"answer:{answer_id}:{number}"


@dataclass(frozen=True, slots=True)
class Event:
    """`kind` is "block" (block `index` now reads `html`), "restart" (all blocks are taken back)
    or "done" (the row has the whole answer)."""

    number: int
    kind: str
    index: int = 0
    html: str = ""


@dataclass
class Standing:
    """What one attempt at an answer has shown so far; `number` is that of the last event."""

    number: int = 0
    blocks: dict[int, str] = field(default_factory=dict)
    done: bool = False

    def take(self, events: list[Event]) -> None:
        for event in events:
            self.number = event.number
            if event.kind == "block":
                self.blocks[event.index] = event.html
            elif event.kind == "restart":
                self.blocks.clear()
            else:
                self.done = True

    @property
    def html(self) -> str:
        return "\n".join(self.blocks.values())


# By stream: what the attempts that this process writes have shown, for as long as it does.
_here: WeakValueDictionary[str, Standing] = WeakValueDictionary()


def group(conversation_id: UUID) -> str:
    return f"conversation.{conversation_id}"


MORE = {"type": "chat.more"}


async def poke(conversation_id: UUID, kind: str = "more") -> None:
    """Tell every open page of the conversation to look again ("more" words, or a new "turn")."""
    try:
        await get_channel_layer().group_send(group(conversation_id), {"type": f"chat.{kind}"})
    except RedisError as error:
        logger.warning("nobody could be poked", extra={"reason": type(error).__name__})


class Writer:
    """Appends the events of one attempt at one answer, numbered from 1."""

    def __init__(self, conversation_id: UUID, attempt: Attempt) -> None:
        self.conversation_id = conversation_id
        self.attempt = attempt
        self.key = attempt.key
        self.number = 0
        self.shown = _here.setdefault(self.key, Standing())
        self.in_doubt = False  # whether the last event was taken is not known
        self.has_lost = False  # Redis came back with less than it had

    async def send(self, kind: str, index: int = 0, html: str = "") -> bool:
        """Whether the event was taken."""
        entry: dict[Any, Any] = {
            "kind": kind,
            "index": index,
            "html": self.attempt.seal.seal(html),
        }
        try:
            connection = await _redis()
            if self.in_doubt:
                last = await self._last(connection)
                self.has_lost = self.has_lost or last < self.number
                self.number = max(self.number, last)
            self.in_doubt = True
            # Before the poke, which may be heard before its receipt.
            self.shown.take([Event(self.number + 1, kind, index, html)])
            async with connection.pipeline(transaction=False) as pipe:
                pipe.xadd(self.key, entry, id=f"0-{self.number + 1}", maxlen=CAPACITY)
                pipe.expire(self.key, LIFETIME)
                pipe.publish(*get_channel_layer().poke(group(self.conversation_id), MORE))
                await pipe.execute()
        except RedisError as error:
            logger.warning("words not shown yet", extra={"reason": type(error).__name__})
            return False
        self.number += 1
        self.in_doubt = False
        return True

    async def _last(self, connection: Redis) -> int:
        """The number of the last event that Redis has; 0 where it has none."""
        last = await connection.xrevrange(self.key, count=1)
        return _number(last[0][0]) if last else 0


def _events(entries: Any, seal: Seal) -> list[Event]:
    return [
        Event(
            _number(number),
            fields[b"kind"].decode(),
            int(fields[b"index"]),
            seal.unseal(fields[b"html"]),
        )
        for number, fields in entries
    ]


def _number(told: Any) -> int:
    return int(told.split(b"-")[1])


async def read(attempt: Attempt, after: int) -> list[Event]:
    """The events numbered above `after`, in order."""
    connection = await _redis()
    return _events(await connection.xrange(attempt.key, min=f"(0-{after}"), attempt.seal)


async def follow(attempt: Attempt, shown: Standing) -> bool:
    """Bring what a page is shown to where the attempt stands; whether there was anything new.

    Raises RedisError.
    """
    here = _here.get(attempt.key)
    if here is None:
        news = await read(attempt, shown.number)
        shown.take(news)
        return bool(news)
    is_new = here != shown
    if is_new:
        shown.number, shown.blocks, shown.done = here.number, dict(here.blocks), here.done
    return is_new


def events(attempt: Attempt) -> list[Event]:
    """All events of the attempt, in order. Raises RedisError."""
    return _events(_blocking.xrange(attempt.key), attempt.seal)


def standing(attempt: Attempt) -> Standing:
    """All that the attempt has shown; nothing when Redis is away."""
    found = Standing()
    try:
        found.take(events(attempt))
    except RedisError as error:
        logger.warning("stream not read", extra={"reason": type(error).__name__})
    return found
