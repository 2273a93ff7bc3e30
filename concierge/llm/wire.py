"""The event stream every provider sends, read without the SDKs' parsing of each chunk.

An SDK builds a validated object for every token; at a hundred simultaneous answers that alone
fills a core. Here a chunk costs one `json.loads`, and each way a stream can be broken is named.
"""

import asyncio
import json
import logging
import re
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Protocol

import aiohttp
import httpx2

from concierge.llm.errors import (
    BadResponseError,
    ConnectTimeoutError,
    CutError,
    ProviderError,
    RefusedError,
)
from concierge.llm.protocol import Part, ToolCall, Usage

# One line a request says less than the ledger does, and is written while clients wait.
logging.getLogger("httpx2").setLevel(logging.WARNING)

EVENT_LIMIT = 1024 * 1024  # bytes held while an event is incomplete
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # what neither PostgreSQL nor UTF-8 can hold
# Seconds: words that come within them are given together. With many answers heard at once it is
# so many for each, up to the longest that still reads as speech.
PAUSE, PAUSE_EACH, LONGEST_PAUSE = 0.1, 0.02, 0.5
DRAIN = 0.1  # seconds given to a finished response to end, so that its connection is kept
NETWORK = (httpx2.HTTPError, httpx2.StreamError, aiohttp.ClientError, OSError)

Payload = dict[str, Any]
# The first that fits an exception, or one of its causes, is what it means: the transports put
# the narrower ones inside wider and sometimes misleading ones.
MEANINGS: tuple[tuple[type[BaseException], type[ProviderError]], ...] = (
    (aiohttp.ServerDisconnectedError, CutError),
    (aiohttp.ClientPayloadError, CutError),
    (aiohttp.ServerTimeoutError, ConnectTimeoutError),
    (aiohttp.ClientConnectorError, RefusedError),
    (aiohttp.ClientOSError, CutError),
    (aiohttp.ClientResponseError, BadResponseError),
    (httpx2.ConnectTimeout, ConnectTimeoutError),
    (httpx2.PoolTimeout, ConnectTimeoutError),
    (httpx2.ConnectError, RefusedError),
    (httpx2.ProxyError, RefusedError),
    (httpx2.UnsupportedProtocol, RefusedError),
    (httpx2.DecodingError, BadResponseError),
)


_hearing = 0  # answers at this moment


class Response(Protocol):
    """What both SDKs return from `with_streaming_response`."""

    @property
    def headers(self) -> Mapping[str, str]: ...

    def iter_bytes(self) -> AsyncIterator[bytes]: ...


class Reader(Protocol):
    """Understands the events of one answer in one provider's format."""

    usage: Usage | None

    def hear(self, event: Payload) -> str:
        """The words in it. Raises ProviderError where it tells of a failure."""
        ...

    def is_last(self, event: Payload) -> bool: ...

    def ended(self) -> list[ToolCall]:
        """The tools asked for. Raises ProviderError unless the answer was whole."""
        ...


def network_error(error: BaseException) -> ProviderError:
    """What a transport's exception means, judged from its innermost cause outwards."""
    chain: list[BaseException] = []
    link: BaseException | None = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or link.__context__
    for cause in reversed(chain):
        for kind, meaning in MEANINGS:
            if isinstance(cause, kind):
                return meaning(type(cause).__name__)
    return CutError(type(error).__name__)


@contextmanager
def as_provider_errors() -> Iterator[None]:
    """Turn what the network and a payload of unexpected shape raise into ProviderErrors."""
    try:
        yield
    except NETWORK as error:
        raise network_error(error) from None
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise BadResponseError(type(error).__name__) from None


async def heard(response: Response, reader: Reader) -> AsyncGenerator[Part, None]:
    """The answer's words, its usage when it was told, and the tools it asks for.

    The first words are given at once; further ones that come within a pause of each other are
    given together, because each giving costs the whole way to the page. The pause grows with the
    answers that this process hears, so that many are told in larger pieces and none late. Raises
    BadResponseError for anything but an event stream of JSON objects; what the reader raises.
    """
    kind = response.headers.get("content-type", "")
    if not kind.startswith("text/event-stream"):
        raise BadResponseError(kind.partition(";")[0][:80])
    chunks = response.iter_bytes()
    with _counted():
        async for batch in events(chunks):
            words, is_last, fault = _understood(batch, reader)
            if words:
                yield storable(words)
            if fault:
                raise fault
            if is_last:
                await _drain(chunks)
                break
            if words:
                await asyncio.sleep(min(max(PAUSE, PAUSE_EACH * _hearing), LONGEST_PAUSE))
    if reader.usage:
        yield reader.usage
    for call in reader.ended():
        yield ToolCall(*map(storable, (call.id, call.name, call.arguments)))


def _understood(batch: list[bytes], reader: Reader) -> tuple[str, bool, ProviderError | None]:
    """The words of some events, whether the last is among them, and what ended them early."""
    words = ""
    try:
        with as_provider_errors():
            for data in batch:
                if data == b"[DONE]":
                    return words, True, None
                payload = decoded(data)
                words += reader.hear(payload)
                if reader.is_last(payload):
                    return words, True, None
    except ProviderError as error:
        return words, False, error
    return words, False, None


@contextmanager
def _counted() -> Iterator[None]:
    global _hearing
    _hearing += 1
    try:
        yield
    finally:
        _hearing -= 1


async def _drain(chunks: AsyncIterator[bytes]) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(DRAIN):
            async for _ in chunks:
                pass


async def events(chunks: AsyncIterator[bytes]) -> AsyncIterator[list[bytes]]:
    """The data of the server-sent events that each chunk completes; one cut short is not given.

    Each byte is looked at once, however small the chunks that an event comes in.
    """
    held: list[bytes] = []  # of the incomplete line
    data: list[bytes] = []  # of the incomplete event
    size = 0
    async for chunk in chunks:
        complete: list[bytes] = []
        *lines, rest = chunk.split(b"\n")
        for ending in lines:
            line = b"".join((*held, ending)).rstrip(b"\r")
            held = []
            size += len(ending)
            if line.startswith(b"data:"):
                data.append(line[5:].strip(b" "))
            elif not line:
                complete += [b"\n".join(data)] if data else []
                data, size = [], 0
        held.append(rest)
        size += len(rest)
        if size > EVENT_LIMIT:
            raise BadResponseError("an event without end")
        if complete:
            yield complete


def decoded(data: bytes) -> Payload:
    try:
        payload = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:  # bad UTF-8 is the former, bad nesting the latter
        raise BadResponseError(type(error).__name__) from None
    if not isinstance(payload, dict):
        raise BadResponseError("not an object")
    return payload


def storable(text: str) -> str:
    return UNSTORABLE.sub("\ufffd", text)


def usage_of(read: Any, written: Any, cached: Any = 0, stored: Any = 0) -> Usage:
    """Counts as a provider gives them; None counts nothing. `read` includes the other two."""
    counts = [max(0, int(count or 0)) for count in (read, written, cached, stored)]
    return Usage(*counts)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds for which a provider asks to be left alone; None when it does not say, or oddly."""
    try:
        if milliseconds := headers.get("retry-after-ms"):
            return max(0.0, float(milliseconds) / 1000)
        said = headers.get("retry-after", "")
        if said[:1].isalpha():  # a date: "Sat, 21 Nov 2026 ..."
            return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
        return max(0.0, float(said))
    except (TypeError, ValueError):
        return None
