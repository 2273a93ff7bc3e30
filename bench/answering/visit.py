"""Visitors of the product and of the Chainlit app, reading as a browser does."""

import asyncio
import hashlib
import json
import re
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

import aiohttp

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
CONVERSATION = re.compile(r'name="conversation" value="([^"]+)"')
WORDS = re.compile(r'<div class="words" id="words-\d+" data-at="(\d+)">(.*?)</div>', re.S)
RUNG = re.compile(r'data-rung="(\w+)"')
TAGS = re.compile(r"<[^>]*>")
WAIT = 60  # seconds for an answer; what has not ended by then is lost
QUESTIONS = (
    "Who drew the heron?",
    "How should I care for a leather bag?",
    "Who founded the house?",
    "What happened to the house during the war?",
    "How is a carré printed?",
    "What is the Night Garden?",
    "Who makes the perfumes of the house?",
    "Where are the gloves made?",
)


@dataclass
class Heard:
    """One answer as its reader had it. Times are seconds of the monotonic clock."""

    asked: float
    first: float = 0.0  # words on the page
    ended: float = 0.0  # 0: it never did
    words: int = 0
    frames: int = 0
    rung: str = ""  # who answered, where that is told
    is_whole: bool = True  # nothing of what was sent is missing from what was read

    @property
    def is_lost(self) -> bool:
        return not self.ended or not self.words or not self.is_whole


class Visitor(Protocol):
    """Someone with a browser of their own."""

    async def __aenter__(self) -> "Visitor": ...

    async def __aexit__(self, *exc: object) -> None: ...

    async def ask(self, number: int) -> Heard:
        """Begin a conversation with a question and read its answer to the end."""
        ...

    async def hold(self) -> aiohttp.ClientWebSocketResponse:
        """A further page of the conversation, opened and left alone."""
        ...


class Browser:
    """What both visitors have: cookies of their own and connections of their own."""

    def __init__(self, url: str) -> None:
        self.url = url

    async def __aenter__(self) -> "Browser":
        self.session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.session.close()

    async def socket(self, path: str) -> aiohttp.ClientWebSocketResponse:
        address = f"{self.url}{path}".replace("http", "ws", 1)
        return await self.session.ws_connect(address, headers={"Origin": self.url}, max_msg_size=0)


class Client(Browser):
    """A visitor of the product's page: a form sent by POST, the answer over the socket."""

    brand = "serance"
    conversation = ""

    async def ask(self, number: int) -> Heard:
        async with self.session.get(f"{self.url}/{self.brand}/?new") as response:
            page = await response.text()
        self.conversation = CONVERSATION.search(page)[1]  # type: ignore[index]
        fields = {
            "csrfmiddlewaretoken": TOKEN.search(page)[1],  # type: ignore[index]
            "conversation": self.conversation,
            "client_key": str(uuid.uuid4()),
            "agreed": "1",  # the sentence beside the composer
            "text": QUESTIONS[number % len(QUESTIONS)],
        }
        heard = Heard(time.monotonic())
        headers = {"HX-Request": "true", "Referer": f"{self.url}/{self.brand}/"}
        address = f"{self.url}/{self.brand}/messages/"
        async with self.session.post(address, data=fields, headers=headers) as response:
            response.raise_for_status()
            await response.read()
        try:
            async with asyncio.timeout(WAIT), await self.hold() as socket:
                await self.read(socket, heard)
        except TimeoutError:
            pass
        return heard

    async def hold(self) -> aiohttp.ClientWebSocketResponse:
        return await self.socket(f"/ws/conversations/{self.conversation}/")

    async def read(self, socket: aiohttp.ClientWebSocketResponse, heard: Heard) -> None:
        at = -1
        async for frame in socket:
            heard.frames += 1
            found = WORDS.search(frame.data)
            if not found:
                continue
            heard.is_whole = heard.is_whole and int(found[1]) >= at
            at = int(found[1])
            if not heard.first and TAGS.sub("", found[2]).strip():
                heard.first = time.monotonic()
            if 'data-state="complete"' in frame.data or 'data-state="failed"' in frame.data:
                heard.ended = time.monotonic()
                heard.words = len(TAGS.sub(" ", found[2]).split())
                heard.rung = "".join(RUNG.findall(frame.data)[-1:])
                self.shown = digest(found[2])
                return

    async def kept(self) -> bool:
        """Whether the page, loaded again, shows what the socket had shown last."""
        address = f"{self.url}/{self.brand}/conversations/{self.conversation}/"
        async with self.session.get(address, headers={"HX-Request": "true"}) as response:
            found = WORDS.search(await response.text())
        return bool(found) and digest(found[2]) == self.shown


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class ChainlitClient(Browser):
    """A visitor of the Chainlit app: Socket.IO over a WebSocket, as its page speaks it."""

    async def ask(self, number: int) -> Heard:
        async with self.session.get(self.url) as response:
            await response.read()
        async with await self.hold() as socket:
            heard = Heard(time.monotonic())
            message = {
                "id": str(uuid.uuid4()),
                "name": "user",
                "type": "user_message",
                "output": QUESTIONS[number % len(QUESTIONS)],
                "createdAt": datetime.now(UTC).isoformat(),
            }
            sent = ["client_message", {"message": message, "fileReferences": []}]
            await socket.send_str(f"42{json.dumps(sent)}")
            try:
                async with asyncio.timeout(WAIT):
                    await self.read(socket, heard)
            except TimeoutError:
                pass
        return heard

    async def hold(self) -> aiohttp.ClientWebSocketResponse:
        socket = await self.socket("/ws/socket.io/?EIO=4&transport=websocket")
        await socket.receive()
        who = {"sessionId": str(uuid.uuid4()), "clientType": "webapp", "userEnv": "{}"}
        await socket.send_str(f"40{json.dumps(who)}")
        async with asyncio.timeout(WAIT):
            while not (await socket.receive()).data.startswith("40"):
                pass
        await socket.send_str('42["connection_successful"]')
        return socket

    async def read(self, socket: aiohttp.ClientWebSocketResponse, heard: Heard) -> None:
        said: list[str] = []
        async for frame in socket:
            heard.frames += 1
            if frame.data == "2":
                await socket.send_str("3")
                continue
            if not frame.data.startswith("42"):
                continue
            name, *rest = json.loads(frame.data[2:])
            if name == "stream_start":
                said.append(rest[0].get("output") or "")
            elif name == "stream_token":
                said.append(rest[0]["token"])
            elif name == "update_message" and rest[0]["type"] == "assistant_message":
                heard.is_whole = rest[0]["output"].strip() == "".join(said).strip()
            elif name == "task_end" and said:
                heard.ended = time.monotonic()
                heard.words = len("".join(said).split())
                return
            if said and not heard.first and "".join(said).strip():
                heard.first = time.monotonic()
