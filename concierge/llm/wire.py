"""The event stream every provider sends, read without the SDKs' parsing of each chunk.

An SDK builds a validated object for every token; at a hundred simultaneous answers that alone
fills a core. Here a chunk costs one `json.loads`, and each way a stream can be broken is named.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
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

# One line a request says less than the ledger does, and is written while clients wait.
logging.getLogger("httpx2").setLevel(logging.WARNING)

EVENT_LIMIT = 1024 * 1024  # bytes held while an event is incomplete
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


class Response(Protocol):
    """What both SDKs return from `with_streaming_response`."""

    @property
    def headers(self) -> Mapping[str, str]: ...

    def iter_bytes(self) -> AsyncIterator[bytes]: ...


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
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise BadResponseError(type(error).__name__) from None


async def payloads(response: Response, final: Callable[[Payload], bool]) -> AsyncIterator[Payload]:
    """The JSON object of each event, to the one that `final` knows as the last, or `[DONE]`.

    Ending before a final event is not an error here: only the adapter knows what it has seen.
    Raises BadResponseError for anything but an event stream of JSON objects.
    """
    kind = response.headers.get("content-type", "")
    if not kind.startswith("text/event-stream"):
        raise BadResponseError(kind.partition(";")[0][:80])
    chunks = response.iter_bytes()
    async for data in events(chunks):
        if data == b"[DONE]":
            break
        payload = decoded(data)
        yield payload
        if final(payload):
            break
    else:
        return
    with suppress(TimeoutError):
        async with asyncio.timeout(DRAIN):
            async for _ in chunks:
                pass


async def events(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The data of each complete server-sent event; one cut short is not given."""
    held = b""
    data: list[bytes] = []
    async for chunk in chunks:
        *lines, held = (held + chunk).split(b"\n")
        if len(held) > EVENT_LIMIT:
            raise BadResponseError("an event without end")
        for raw in lines:
            line = raw.rstrip(b"\r")
            if line.startswith(b"data:"):
                data.append(line[5:].strip(b" "))
            elif not line and data:
                yield b"\n".join(data)
                data = []


def decoded(data: bytes) -> Payload:
    try:
        payload = json.loads(data.decode("utf-8"))
    except ValueError as error:  # bad UTF-8 is one too
        raise BadResponseError(type(error).__name__) from None
    if not isinstance(payload, dict):
        raise BadResponseError("not an object")
    return payload
