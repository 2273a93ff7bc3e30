"""A provider of fixed speed: Chat Completions, the first word after a time, the rest at a pace.

    python -m bench.answering.provider --first 0.3 --pace 30 --words 200

What it says is taken from the sources it is given, each sentence with its marker, so that an
answer checked against them stands; without sources it says as many words of its own. A request of
few tokens (a follow-up being rewritten) is answered with its own question.
"""

import argparse
import asyncio
import json
import re

SOURCE = re.compile(r'<source number="(\d+)"[^>]*>\s*(.*?)\s*</source>', re.S)
QUESTION = re.compile(r"<question>\s*(.*?)\s*</question>", re.S)
SENTENCE = re.compile(r"[^.!?]+[.!?]")
OWN = "The heron was drawn at the ponds of Pérouges, first printed in nine colours and kept since."
FEW = 300  # tokens of an answer, below which it is no answer to a client
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
Json = dict


def words_for(body: Json, most: int) -> list[str]:
    """The words of the answer, each with the space after it."""
    asked = str(body["messages"][-1]["content"])
    if int(body.get("max_completion_tokens") or FEW) < FEW:
        found = QUESTION.search(asked)
        return [f"{word} " for word in (found[1] if found else asked).split()[:12]]
    said: list[str] = []
    for number, text in SOURCE.findall(asked):
        for sentence in SENTENCE.findall(" ".join(text.split())):
            *words, last = sentence.split()
            said += [*words, f"{last[:-1]} [{number}]{last[-1]}"]
            if len(said) >= most:
                return [f"{word} " for word in said]
    return [f"{word} " for word in said or (OWN.split() * most)[:most]]


def chunk(payload: Json | str) -> bytes:
    """One server-sent event as one HTTP chunk."""
    data = payload if isinstance(payload, str) else json.dumps(payload)
    event = f"data: {data}\n\n".encode()
    return f"{len(event):x}\r\n".encode() + event + b"\r\n"


def delta(content: Json, finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": content, "finish_reason": finish}
    head = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    return chunk({**head, "choices": [choice]})


class Speaker(asyncio.Protocol):
    """One connection. Words are due at fixed times from the request, however late it wakes."""

    def __init__(self, first: float, pace: float, words: int) -> None:
        self.first, self.pace, self.words = first, pace, words
        self.held = b""
        self.due: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.loop = asyncio.get_running_loop()

    def connection_lost(self, exc: Exception | None) -> None:
        if self.due:
            self.due.cancel()

    def data_received(self, data: bytes) -> None:
        self.held += data
        head, found, body = self.held.partition(b"\r\n\r\n")
        if not found:
            return
        length = re.search(rb"content-length: *(\d+)", head, re.I)
        size = int(length[1]) if length else 0
        if len(body) < size:
            return
        self.held = body[size:]
        self.begin(json.loads(body[:size]))

    def begin(self, body: Json) -> None:
        self.said = words_for(body, self.words)
        self.number = 0
        self.began = self.loop.time() + self.first
        self.transport.write(HEAD + delta({"role": "assistant", "content": ""}))
        self.due = self.loop.call_at(self.began, self.speak)

    def speak(self) -> None:
        now = self.loop.time()
        out = b""
        while self.number < len(self.said) and self.began + self.number / self.pace <= now:
            out += delta({"content": self.said[self.number]})
            self.number += 1
        if self.number == len(self.said):
            out += delta({}, "stop") + self.ended()
            self.due = None
        else:
            self.due = self.loop.call_at(self.began + self.number / self.pace, self.speak)
        self.transport.write(out)

    def ended(self) -> bytes:
        counted = {"prompt_tokens": 100, "completion_tokens": len(self.said), "total_tokens": 100}
        return chunk({"id": "1", "choices": [], "usage": counted}) + chunk("[DONE]") + b"0\r\n\r\n"


async def serve(port: int, first: float, pace: float, words: int) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Speaker(first, pace, words), "127.0.0.1", port, backlog=1024
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description="Serve a provider of fixed speed.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--first", type=float, default=0.3, help="seconds to the first word")
    parser.add_argument("--pace", type=float, default=30, help="words a second after it")
    parser.add_argument("--words", type=int, default=200, help="of an answer")
    options = parser.parse_args()
    asyncio.run(serve(options.port, options.first, options.pace, options.words))


if __name__ == "__main__":
    main()
