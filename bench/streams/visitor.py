"""A person with a browser: asks once, reads to the end, and does not give up when a line breaks."""

import asyncio
import random
import re
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, field

import aiohttp

from bench.streams.page import Page

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
CONVERSATION = re.compile(r'name="conversation" value="([^"]+)"')
FAULTS = (aiohttp.ClientError, OSError, TimeoutError)
# As htmx's socket extension does it, with the page's own longest delay.
RECONNECT, LONGEST, JITTER = 0.5, 4.0, 0.3
SILENCE = 6.0  # seconds, as in concierge.js
AGAIN = 1.0  # seconds until a person presses "Send" once more


@dataclass
class Visit:
    """How one question went. Times are of time.monotonic()."""

    question: str
    conversation: uuid.UUID | None = None
    client_key: uuid.UUID = field(default_factory=uuid.uuid4)
    page: Page = field(default_factory=Page)
    sends: int = 0
    acknowledged: float = 0.0
    ended: float = 0.0
    cuts: int = 0
    asked_by_get: int = 0
    resumes: list[float] = field(default_factory=list)  # seconds from a cut to the next words


class Visitor:
    """`reloads` instead of waiting for the page's own reconnection. `patience` is in seconds."""

    def __init__(
        self, url: str, brand: str, question: str, reloads: bool = False, patience: float = 90
    ) -> None:
        self.url, self.brand, self.reloads, self.patience = url, brand, reloads, patience
        self.visit = Visit(question)
        self.heard = time.monotonic()
        self.changed = asyncio.Event()  # set whenever the page was sent something
        self._lost: float | None = None  # when the line broke
        self._before = -1  # how far the page stood then

    async def run(self) -> Visit:
        jar = aiohttp.CookieJar(unsafe=True)
        connector = aiohttp.TCPConnector(force_close=True, limit=0)
        timeout = aiohttp.ClientTimeout(total=20)
        async with aiohttp.ClientSession(
            cookie_jar=jar, connector=connector, timeout=timeout
        ) as self.session:
            with suppress(TimeoutError):
                async with asyncio.timeout(self.patience):
                    await self._open()
                    await self._ask()
                    await self._read()
        return self.visit

    @property
    def address(self) -> str:
        return f"{self.url}/{self.brand}/conversations/{self.visit.conversation}/"

    async def _open(self) -> None:
        while True:
            with suppress(*FAULTS):
                async with self.session.get(f"{self.url}/{self.brand}/?new") as response:
                    html = await response.text()
                token, conversation = TOKEN.search(html), CONVERSATION.search(html)
                if token and conversation:
                    self.token = token[1]
                    self.visit.conversation = uuid.UUID(conversation[1])
                    return
            await asyncio.sleep(AGAIN)

    async def _ask(self) -> None:
        """Send the question, and send it again until it is acknowledged."""
        fields = {
            "csrfmiddlewaretoken": self.token,
            "conversation": str(self.visit.conversation),
            "client_key": str(self.visit.client_key),
            "agreed": "1",  # the sentence beside the composer
            "text": self.visit.question,
        }
        headers = {"HX-Request": "true", "Referer": f"{self.url}/{self.brand}/"}
        address = f"{self.url}/{self.brand}/messages/"
        while not self.visit.acknowledged:
            self.visit.sends += 1
            with suppress(*FAULTS):
                async with self.session.post(address, data=fields, headers=headers) as response:
                    html = await response.text()
                    if response.status == 200:
                        self.visit.acknowledged = time.monotonic()
                        self._take(html)
                        return
            await asyncio.sleep(AGAIN)

    async def _read(self) -> None:
        asking = asyncio.create_task(self._ask_when_silent())
        try:
            attempt = 0
            while not self.visit.page.has_ended:
                attempt = 0 if await self._listen() else attempt
                if self.visit.page.has_ended:
                    break
                self._cut()
                attempt += 1
                if self.reloads:
                    await asyncio.sleep(RECONNECT)
                    await self._get(whole=True)
                else:
                    delay = min(RECONNECT * 2 ** (attempt - 1), LONGEST)
                    await asyncio.sleep(delay * random.uniform(1 - JITTER, 1 + JITTER))
            self.visit.ended = time.monotonic()
        finally:
            asking.cancel()

    async def _listen(self) -> bool:
        """Read the socket until it breaks or all has been said; whether it opened at all."""
        address = f"{self.url}/ws/conversations/{self.visit.conversation}/"
        opened = False
        with suppress(*FAULTS):
            async with self.session.ws_connect(
                address.replace("http", "ws", 1), headers={"Origin": self.url}, max_msg_size=0
            ) as socket:
                opened = True
                while not self.visit.page.has_ended:
                    with suppress(TimeoutError):
                        frame = await socket.receive(timeout=1.0)
                        if frame.type is not aiohttp.WSMsgType.TEXT:
                            break
                        self._take(frame.data)
        return opened

    async def _ask_when_silent(self) -> None:
        while True:
            await asyncio.sleep(SILENCE / 3)
            if time.monotonic() - self.heard > SILENCE:
                self.visit.asked_by_get += 1
                await self._get(whole=False)

    async def _get(self, whole: bool) -> None:
        self.heard = time.monotonic()
        headers = {} if whole else {"HX-Request": "true"}
        with suppress(*FAULTS):
            async with self.session.get(self.address, headers=headers) as response:
                html = await response.text()
                if response.status == 200:
                    if whole:
                        self.visit.page.reload()
                    self._take(html)

    def _cut(self) -> None:
        self.visit.cuts += 1
        if self._lost is None:
            self._lost, self._before = time.monotonic(), self.visit.page.furthest

    def _take(self, html: str) -> None:
        self.visit.page.take(html)
        self.heard = time.monotonic()
        self.changed.set()
        if self._lost is not None and self.visit.page.furthest >= self._before:
            self.visit.resumes.append(self.heard - self._lost)
            self._lost = None
