"""What providers are sent and what they say, for an operator who is watching at this moment.

It shows what has left the house: the prompt as it was hidden, never the client's own words. Nothing
is kept unless somebody watches, nothing for longer than KEPT, and a person's calls go with them.
"""

import json
import logging
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import redis
from django.conf import settings
from redis.asyncio import Redis
from redis.exceptions import RedisError

from concierge.llm.protocol import Called, Endpoint, Hidden, Result, Said, ToolCall

MAY_WATCH = "llm.watch_calls"
WATCHED = 30  # seconds that one look holds
KEPT = 900  # seconds
MOST = 100  # calls of a brand
STREAM = "concierge:transcript:"  # and the brand's primary key
LONGEST = 20_000  # characters of what a model says; what it was sent is bounded by its window

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """One call as it left the house. `messages` are (who, words), in order."""

    at: str
    provider: str
    model: str
    region: str
    address: str
    terms: str
    purpose: str
    visitor: str
    system: str
    messages: tuple[tuple[str, str], ...]
    tools: tuple[str, ...]
    said: str = ""
    outcome: str = ""


class Transcript:
    """One call; it keeps nothing unless `sent` was made because somebody watches."""

    def __init__(self, redis: "Redis", brand_id: int = 0, sent: Sent | None = None) -> None:
        self._redis, self._brand_id, self._sent = redis, brand_id, sent
        self._said: list[str] = []

    def heard(self, part: str | ToolCall) -> None:
        if self._sent is None:
            return
        if isinstance(part, ToolCall):
            part = f"\n[{part.name} {part.arguments}]"
        self._said.append(part)

    async def keep(self, outcome: str) -> None:
        if self._sent is None:
            return
        said = "".join(self._said)[:LONGEST]
        row = asdict(self._sent) | {"said": said, "outcome": outcome}
        name = key(self._brand_id)
        try:
            await self._redis.xadd(name, {"call": json.dumps(row)}, maxlen=MOST, approximate=False)
            await self._redis.expire(name, KEPT)
        except RedisError as error:
            logger.warning("transcript_not_kept", extra={"error": type(error).__name__})


async def begun(redis: "Redis", endpoint: Endpoint, prompt: Hidden) -> Transcript:
    brand_id = prompt.payer.brand_id if prompt.payer else 0
    try:
        is_watched = bool(brand_id) and await redis.exists(watch_key(brand_id))
    except RedisError:
        is_watched = False
    return Transcript(redis, brand_id, told(endpoint, prompt) if is_watched else None)


def told(endpoint: Endpoint, prompt: Hidden) -> Sent:
    return Sent(
        at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        provider=endpoint.provider,
        model=endpoint.model,
        region=endpoint.region,
        address=endpoint.base_url,
        terms=terms(endpoint),
        purpose=prompt.purpose,
        visitor=prompt.payer.visitor if prompt.payer else "",
        system=prompt.system,
        messages=tuple(line(each) for each in prompt.messages),
        tools=tuple(tool.name for tool in prompt.tools),
    )


def line(message: Said | Called | Result) -> tuple[str, str]:
    match message:
        case Said(role, text):
            return role, text
        case Called(calls, text):
            asked = [f"[{call.name} {call.arguments}]" for call in calls]
            return "assistant", "\n".join([text, *asked]).strip()
        case Result(call, text):
            return f"result of {call.name}", text


def terms(endpoint: Endpoint) -> str:
    keeps = "contract: nothing is kept" if endpoint.zero_retention else "contract not stated"
    return keeps if endpoint.store == "omit" else f"store=false, {keeps}"


def watch(brand_id: int, after: str = "") -> list[tuple[str, dict[str, Any]]]:
    """Go on watching, and give the calls after the one named, oldest first: (name, Sent).

    Raises RedisError.
    """
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=5) as server:
        server.set(watch_key(brand_id), 1, ex=WATCHED)
        rows: Any = server.xrange(key(brand_id), min=f"({after}" if after else "-")
    return [(name.decode(), json.loads(row[b"call"])) for name, row in rows]


def count(visitors: Collection[str]) -> int:
    """How many calls of these visitors (hex) are kept."""
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=5) as server:
        return len(list(_of(server, visitors)))


def forget(visitors: Collection[str]) -> None:
    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=5) as server:
        for stream in {stream for stream, _ in _of(server, visitors)}:
            server.transaction(partial(_write_anew, stream, visitors), stream)


def _write_anew(stream: bytes, visitors: Collection[str], held: Any) -> None:
    """The stream without their calls. An entry that is only deleted stays in its block, and with
    that in Redis's file, until the block is gone."""
    rows, kept = held.xrange(stream), held.pttl(stream)
    held.multi()
    held.delete(stream)
    left = [each for each in rows if json.loads(each[1][b"call"])["visitor"] not in visitors]
    for name, row in left:
        held.xadd(stream, row, id=name)
    if left:
        held.pexpire(stream, max(kept, 1))


def _of(server: Any, visitors: Collection[str]) -> Iterator[tuple[bytes, bytes]]:
    for stream in server.scan_iter(f"{STREAM}*", count=1000):
        for name, row in server.xrange(stream):
            if json.loads(row[b"call"])["visitor"] in visitors:
                yield stream, name


def key(brand_id: int) -> str:
    return f"{STREAM}{brand_id}"


def watch_key(brand_id: int) -> str:
    return f"concierge:watched:{brand_id}"
