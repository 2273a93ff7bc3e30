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
import json
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from aiohttp import web

FIRST_SOURCE = re.compile(r'<source number="1"[^>]*>\s*(.+?)(?<=[.!?])(?=\s|<)', re.S)
NO_SOURCE = "Good day. What would you like to know about the house?"
HTML = "<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>"
ERRORS = {  # status: OpenAI's code, Anthropic's type
    400: ("invalid_prompt", "invalid_request_error"),
    401: ("invalid_api_key", "authentication_error"),
    404: ("model_not_found", "not_found_error"),
    413: ("context_length_exceeded", "request_too_large"),
    429: ("rate_limit_exceeded", "rate_limit_error"),
    500: ("server_error", "api_error"),
    503: ("slow_down", "overloaded_error"),
    529: ("slow_down", "overloaded_error"),
}
Json = dict[str, Any]


def first_source(body: Json) -> str:
    """What a model that only copies would say: the first source's first sentence, cited."""
    said = [*body.get("messages", ()), *(body.get("input") or ())]
    found = FIRST_SOURCE.search(str(said[-1]["content"])) if said else None
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
    """How one request is answered: `text`, unless `fault` befalls it `after` that many chunks.

    Faults: cut (the stream ends early), drop (the connection does), silent (nothing further
    comes), error (an error event of kind `code`), json and utf8 (a broken event), html (a page
    instead of a stream), length and declined (the provider says so at the end).
    """

    text: str | Callable[[Json], str] = first_source
    chunks: tuple[str, ...] = ()  # instead of `text`, word by word
    status: int = 200
    fault: str = ""
    after: int = 0
    code: str = ""
    gate: Gate | None = None
    pace: float = 0.0  # seconds between chunks, for benchmarks and demonstrations

    def said(self, body: Json) -> list[str]:
        text = self.text(body) if callable(self.text) else self.text
        return list(self.chunks) or re.findall(r"\S+\s*|\s+", text)


@dataclass
class Received:
    """One request as it came. `left` is set when the caller went away before the end."""

    path: str
    headers: dict[str, str]
    body: Json
    at: float = field(default_factory=time.monotonic)  # seconds
    left: threading.Event = field(default_factory=threading.Event)


class Wire:
    """One provider's event stream. `usage` is (input, output) tokens."""

    usage = (100, 20)

    def opening(self) -> Iterator[bytes]:
        return iter(())

    def words(self, text: str) -> bytes:
        raise NotImplementedError

    def closing(self, text: str, fault: str) -> Iterator[bytes]:
        raise NotImplementedError

    def error(self, code: str) -> bytes:
        raise NotImplementedError

    def refusal(self, status: int, code: str) -> Json:
        name = code or ERRORS[status][0]
        return {"error": {"message": "No.", "type": name, "param": None, "code": name}}


def event(payload: Json | str, name: str = "") -> bytes:
    data = payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=False)
    return (f"event: {name}\n" if name else "").encode() + f"data: {data}\n\n".encode()


class Chat(Wire):
    def chunk(self, choices: list[Json], **more: Any) -> bytes:
        head = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
        return event({**head, "choices": choices, **more})

    def choice(self, delta: Json, finish: str | None = None) -> bytes:
        return self.chunk([{"index": 0, "delta": delta, "finish_reason": finish}])

    def opening(self) -> Iterator[bytes]:
        yield self.choice({"role": "assistant", "content": ""})

    def words(self, text: str) -> bytes:
        return self.choice({"content": text})

    def closing(self, text: str, fault: str) -> Iterator[bytes]:
        finish = {"length": "length", "declined": "content_filter"}.get(fault, "stop")
        yield self.choice({}, finish)
        read, written = self.usage
        counted = {"prompt_tokens": read, "completion_tokens": written}
        yield self.chunk([], usage={**counted, "total_tokens": read + written})
        yield event("[DONE]")

    def error(self, code: str) -> bytes:
        return event({"error": {"message": "No.", "type": code, "code": code or "server_error"}})


class Responses(Wire):
    def __init__(self) -> None:
        self.number = 0

    def send(self, kind: str, **more: Any) -> bytes:
        self.number += 1
        return event({"type": kind, "sequence_number": self.number, **more}, kind)

    def response(self, status: str, **more: Any) -> Json:
        head = {"id": "resp_1", "object": "response", "created_at": 1, "model": "m", "output": []}
        return {**head, "status": status, "tools": [], "tool_choice": "auto", **more}

    def opening(self) -> Iterator[bytes]:
        yield self.send("response.created", response=self.response("in_progress"))
        item = self.item("in_progress", [])
        yield self.send("response.output_item.added", output_index=0, item=item)
        yield self.send("response.content_part.added", **self.place(), part=self.part(""))

    def item(self, status: str, content: list[Json]) -> Json:
        head = {"id": "msg_1", "type": "message", "role": "assistant"}
        return {**head, "status": status, "content": content}

    def place(self) -> Json:
        return {"item_id": "msg_1", "output_index": 0, "content_index": 0}

    def part(self, text: str) -> Json:
        return {"type": "output_text", "text": text, "annotations": []}

    def words(self, text: str) -> bytes:
        return self.send("response.output_text.delta", **self.place(), delta=text, logprobs=[])

    def closing(self, text: str, fault: str) -> Iterator[bytes]:
        yield self.send("response.output_text.done", **self.place(), text=text, logprobs=[])
        yield self.send("response.content_part.done", **self.place(), part=self.part(text))
        item = self.item("completed", [self.part(text)])
        yield self.send("response.output_item.done", output_index=0, item=item)
        read, written = self.usage
        counted = {"input_tokens": read, "output_tokens": written, "total_tokens": read + written}
        usage = {**counted, "input_tokens_details": {"cached_tokens": 0}}
        usage["output_tokens_details"] = {"reasoning_tokens": 0}
        if fault in {"length", "declined"}:
            why = {"length": "max_output_tokens", "declined": "content_filter"}[fault]
            body = {"usage": usage, "output": [item], "incomplete_details": {"reason": why}}
            body = self.response("incomplete", **body)
            yield self.send("response.incomplete", response=body)
        else:
            body = self.response("completed", usage=usage, output=[item])
            yield self.send("response.completed", response=body)

    def error(self, code: str) -> bytes:
        return self.send("error", code=code or "server_error", message="No.", param=None)


class Messages(Wire):
    def send(self, kind: str, **more: Any) -> bytes:
        return event({"type": kind, **more}, kind)

    def opening(self) -> Iterator[bytes]:
        head = {"id": "msg_1", "type": "message", "role": "assistant", "model": "m", "content": []}
        usage = {"input_tokens": self.usage[0], "output_tokens": 1}
        message = {**head, "stop_reason": None, "stop_sequence": None, "usage": usage}
        yield self.send("message_start", message=message)
        yield self.send("content_block_start", index=0, content_block={"type": "text", "text": ""})
        yield self.send("ping")

    def words(self, text: str) -> bytes:
        return self.send("content_block_delta", index=0, delta={"type": "text_delta", "text": text})

    def closing(self, text: str, fault: str) -> Iterator[bytes]:
        yield self.send("content_block_stop", index=0)
        stop = {"length": "max_tokens", "declined": "refusal"}.get(fault, "end_turn")
        yield self.send(
            "message_delta",
            delta={"stop_reason": stop, "stop_sequence": None},
            usage={"output_tokens": self.usage[1]},
        )
        yield self.send("message_stop")

    def error(self, code: str) -> bytes:
        return self.send("error", error={"type": code or "api_error", "message": "No."})

    def refusal(self, status: int, code: str) -> Json:
        name = code or ERRORS[status][1]
        return {"type": "error", "error": {"type": name, "message": "No."}}


WIRES: dict[str, type[Wire]] = {
    "/v1/chat/completions": Chat,
    "/v1/responses": Responses,
    "/v1/messages": Messages,
}


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
        site = web.TCPSite(runner, "127.0.0.1", self.port)
        await site.start()
        self.port = runner.addresses[0][1]
        self._ready.set()
        await self._stop.wait()
        await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        received = Received(request.path, dict(request.headers), await request.json())
        self.requests.append(received)
        script = self.scripts.popleft() if self.scripts else self.otherwise
        wire = WIRES[request.path]()
        if script.status != 200:
            return web.json_response(wire.refusal(script.status, script.code), status=script.status)
        if script.fault == "html":
            return web.Response(text=HTML, content_type="text/html")
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        try:
            await self._stream(script, wire, received, response)
        except asyncio.CancelledError:
            received.left.set()
            raise
        except ConnectionResetError:
            received.left.set()
        return response

    async def _stream(
        self, script: Script, wire: Wire, received: Received, response: web.StreamResponse
    ) -> None:
        for part in wire.opening():
            await response.write(part)
        said = [] if script.fault == "empty" else script.said(received.body)
        for number, words in enumerate(said):
            if number == script.after and await self._broken(script, wire, response):
                return
            if script.gate and number >= script.after:
                await script.gate.passed()
            if script.pace:
                await asyncio.sleep(script.pace)
            await response.write(wire.words(words))
        for part in wire.closing("".join(said), script.fault):
            await response.write(part)

    async def _broken(self, script: Script, wire: Wire, response: web.StreamResponse) -> bool:
        """Do what the script's fault asks in mid-stream; whether the stream is over."""
        match script.fault:
            case "drop":
                assert response._req is not None
                transport = response._req.transport
                assert transport is not None
                transport.abort()
            case "silent":
                await asyncio.Event().wait()
            case "error":
                await response.write(wire.error(script.code))
            case "json":
                await response.write(b'data: {"choices": [\n\n')
            case "utf8":
                broken = wire.words("caf\u00e9").replace("\u00e9".encode(), b"\xe9")
                await response.write(broken)
            case "cut":
                pass
            case _:
                return False
        return True


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
