"""A local server that speaks the providers' streaming formats and fails in the ways they do.

    with FakeProvider() as provider:
        provider.will(Script("The heron was drawn in 1934 [1]."))
        ...  # point OPENAI_BASE_URL at provider.openai_url, ANTHROPIC_BASE_URL at provider.url

Each request takes the next script; with none left, `provider.otherwise` answers, which by default
quotes the first source of the prompt. `python -m tests.fake_provider --port N` serves the same
to a product started by hand.
"""

import argparse
import asyncio
import re
import threading
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import cycle

from aiohttp import web

from tests.provider_wires import WIRES, Chat, Json, Messages, Responses, Wanted, told, words_of

FIRST_SOURCE = re.compile(r'<source number="1"[^>]*>\s*(.+?)(?<=[.!?])(?=\s|<)', re.S)
NO_SOURCE = "Good day. What would you like to know about the house?"
HTML = "<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>"
ENORMOUS = 2 * 1024 * 1024  # characters of one token
ENDLESS_PACE = 0.001  # seconds, at the least, between words that never end
ENDING = {"cut", "drop", "silent", "error", "overloaded", "json", "utf8", "enormous", "endless"}
Format = Chat | Responses | Messages


def first_source(body: Json) -> str:
    """What a model that only copies would say: the first source's first sentence, cited."""
    asked = [words_of(message) for message in told(body)]
    found = next((found for words in asked[::-1] if (found := FIRST_SOURCE.search(words))), None)
    if not found:
        return NO_SOURCE
    sentence = " ".join(found[1].split())
    return f"{sentence[:-1]} [1]{sentence[-1]}"


class Gate:
    """Holds an answer's words until the test lets them go. Used from any thread."""

    def __init__(self) -> None:
        self.reached = threading.Event()  # a word is waiting
        self._turn = threading.Lock()
        self._allowed: float = 0
        self._wake: Callable[[], object] = lambda: None

    def allow(self, words: float) -> None:
        """Let this many further words pass."""
        with self._turn:
            self.reached.clear()
            self._allowed += words
            self._wake()

    def release(self) -> None:
        """Let everything pass."""
        self.allow(float("inf"))

    async def passed(self) -> None:
        loop, woken = asyncio.get_running_loop(), asyncio.Event()
        while True:
            with self._turn:
                if self._allowed >= 1:
                    self._allowed -= 1
                    return
                woken.clear()
                self._wake = lambda: loop.call_soon_threadsafe(woken.set)
                self.reached.set()
            await woken.wait()


@dataclass(frozen=True)
class Script:
    """How one request is answered: `text`, then `wants`, unless `fault` befalls it.

    The fault comes `after` that many chunks: words, beginnings of tool calls and pieces of their
    arguments. `text` and `wants` may be functions of the request's body, whose tools and their
    results `offered` and `results` tell.

    Faults: cut (the stream ends early), drop (the connection does), silent (nothing further
    comes), mute (not even a status comes), error (an error event of kind `code`), overloaded (one
    of the provider's own), json and utf8 (a broken event), html (a page instead of a stream),
    empty (no words), endless (the words again and again), enormous (one token of 2 MiB), length
    and declined (the provider says so at the end). For refused connections see
    `FakeProvider.refusing`.
    """

    text: str | Callable[[Json], str] = first_source
    chunks: tuple[str, ...] = ()  # instead of `text`, word by word
    wants: tuple[Wanted, ...] | Callable[[Json], tuple[Wanted, ...]] = ()
    status: int = 200
    retry_after: str = ""  # the header, with a status that is an error
    fault: str = ""
    after: int = 0
    code: str = ""
    gate: Gate | None = None
    delay: float = 0.0  # seconds before the first chunk, the stream being open
    pace: float = 0.0  # seconds between chunks, for benchmarks and demonstrations
    cached: int = 0  # of the 100 tokens read, those from a cache
    stored: int = 0  # and those put there

    def said(self, body: Json) -> list[str]:
        text = self.text(body) if callable(self.text) else self.text
        return list(self.chunks) or re.findall(r"\S+\s*|\s+", text)

    def parts(self, body: Json, wire: Format) -> Iterator[bytes]:
        """The chunks one after another, each made when it is its turn."""
        if self.fault == "empty":
            return
        for words in self.said(body):
            yield wire.words(words)
        for wanted in self.wants(body) if callable(self.wants) else self.wants:
            yield wire.wants(wanted)
            for piece in wanted.pieces:
                yield wire.arguments(piece)


@dataclass
class Received:
    """One request as it came. `left` is set when the caller went away before the end."""

    path: str
    headers: dict[str, str]
    body: Json
    at: float = field(default_factory=time.monotonic)  # seconds
    left: threading.Event = field(default_factory=threading.Event)


class FakeProvider:
    """The server, on a thread and an event loop of its own. `requests` is oldest first."""

    def __init__(self, port: int = 0) -> None:
        self.port = port
        self.requests: list[Received] = []
        self.scripts: deque[Script] = deque()
        self.otherwise = Script()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def openai_url(self) -> str:
        return f"{self.url}/v1"

    def will(self, *scripts: Script) -> None:
        """Answer the next requests so, one each."""
        self.scripts.extend(scripts)

    def __enter__(self) -> "FakeProvider":
        self._thread.start()
        if not self._ready.wait(10):
            raise RuntimeError(f"Nothing could be served on port {self.port}.")
        return self

    def __exit__(self, *exc: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        app = web.Application()
        app.add_routes([web.post(path, self._answer) for path in WIRES])
        runner = web.AppRunner(
            app, handler_cancellation=True, shutdown_timeout=0.1, access_log=None
        )
        await runner.setup()
        self._runner = runner
        await self._listen()
        self._ready.set()
        await self._stop.wait()
        await self._leave()
        await runner.cleanup()

    async def _listen(self) -> None:
        assert self._runner.server is not None
        server = self._runner.server
        self._socket = await self._loop.create_server(server, "127.0.0.1", self.port)
        self.port = self._socket.sockets[0].getsockname()[1]

    async def _leave(self) -> None:
        self._socket.close()
        assert self._runner.server is not None
        await self._runner.server.shutdown(0.1)

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Nobody listens at this address meanwhile, and open connections are closed."""
        asyncio.run_coroutine_threadsafe(self._leave(), self._loop).result(10)
        try:
            yield
        finally:
            asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        received = Received(request.path, dict(request.headers), await request.json())
        self.requests.append(received)
        script = self.scripts.popleft() if self.scripts else self.otherwise
        wire = WIRES[request.path]()
        wire.cached, wire.stored = script.cached, script.stored
        try:
            return await self._told(request, received, script, wire)
        except asyncio.CancelledError:
            received.left.set()
            raise

    async def _told(
        self, request: web.Request, received: Received, script: Script, wire: Format
    ) -> web.StreamResponse:
        if script.fault == "mute":
            await asyncio.Event().wait()
        if script.status != 200:
            headers = {"Retry-After": script.retry_after} if script.retry_after else None
            body = wire.refusal(script.status, script.code)
            return web.json_response(body, status=script.status, headers=headers)
        if script.fault == "html":
            return web.Response(text=HTML, content_type="text/html")
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        try:
            await self._stream(script, wire, received, response)
        except ConnectionResetError:
            received.left.set()
        return response

    async def _stream(
        self, script: Script, wire: Format, received: Received, response: web.StreamResponse
    ) -> None:
        for part in wire.opening():
            await response.write(part)
        await asyncio.sleep(script.delay)
        for number, part in enumerate(script.parts(received.body, wire)):
            if number == script.after and script.fault:
                async for broken in self._broken(script, wire, received, response):
                    await response.write(broken)
                if script.fault in ENDING:
                    return
            if script.gate and number >= script.after:
                await script.gate.passed()
            if script.pace:
                await asyncio.sleep(script.pace)
            await response.write(part)
        for part in wire.closing(script.fault):
            await response.write(part)

    async def _broken(
        self, script: Script, wire: Format, received: Received, response: web.StreamResponse
    ) -> AsyncIterator[bytes]:
        """What the script's fault does in mid-stream."""
        match script.fault:
            case "drop":
                assert response._req is not None
                transport = response._req.transport
                assert transport is not None
                transport.abort()
            case "silent":
                await asyncio.Event().wait()
            case "error":
                yield wire.error(script.code)
            case "overloaded":
                yield wire.error(wire.overloaded)
            case "json":
                yield b'data: {"choices": [\n\n'
            case "utf8":
                yield wire.words("caf#").replace(b"#", b"\xe9")
            case "enormous":
                yield wire.words("a" * ENORMOUS)
            case "endless":
                for words in cycle(script.said(received.body)):
                    await asyncio.sleep(max(script.pace, ENDLESS_PACE))
                    yield wire.words(words)


def main() -> None:
    parser = argparse.ArgumentParser(description="Serve a provider that quotes the first source.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--pace", type=float, default=0.03, help="seconds between words")
    options = parser.parse_args()
    provider = FakeProvider(options.port)
    provider.otherwise = replace(provider.otherwise, pace=options.pace)
    with provider:
        print(f"OPENAI_BASE_URL={provider.openai_url}")
        print(f"ANTHROPIC_BASE_URL={provider.url}", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()


def free(endpoint: object, prompt: object) -> None:
    """What allows an Upstream of a test every call, without a database."""
