"""What readers see of an answer while it grows."""

import asyncio
import re
from time import monotonic

from concierge.answering.turn import Draft
from concierge.chat.models import Message
from concierge.chat.render import QUOTE, block_html, blocks
from concierge.chat.stream import Attempt, Writer

FLUSH_EVERY = 0.06  # seconds: small tokens are joined before they go out
HALF = re.compile(r"\s*\[P?\d{0,3}$|[\s*_#>]+$")
STRONG = "**"


def settled(text: str) -> str:
    """`text` as it can be shown in mid-stream: no half marker, no emphasis left open."""
    whole = HALF.sub("", text)
    last = blocks(whole)[-1:]
    is_open = last and not last[0].startswith(QUOTE) and last[0].count(STRONG) % 2
    return whole + STRONG if is_open else whole


class Growing:
    """The growing answer: changed blocks go out, those of FLUSH_EVERY together."""

    def __init__(self, row: Message, attempt: Attempt) -> None:
        self.writer = Writer(row.conversation_id, attempt)
        self.text = ""
        self.draft: Draft | None = None  # what the words were made from, where a model said them
        self.sent: list[str] = []
        self.shown = ""
        self.flushed = 0.0  # seconds, when that was
        self._rests = False
        self._due: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()  # events are numbered one after another

    def add(self, words: str, draft: Draft | None = None) -> None:
        """Shown now or soon, also when no further words follow."""
        self.text += words
        self.draft = draft
        self._rests = False
        if self._due is None or self._due.done():
            self._due = asyncio.create_task(self._show_soon())

    async def flush(self) -> None:
        """Show all there is."""
        self.rest()
        async with self._turn:
            await self._show(self.text)

    def rest(self) -> None:
        """Nothing more is shown by itself."""
        self._rests = True

    async def restart(self) -> None:
        async with self._turn:
            self.text, self.draft, self.shown, self.sent = "", None, "", []
            await self.writer.send("restart")

    async def done(self) -> None:
        async with self._turn:
            await self.writer.send("done")

    async def _show(self, text: str) -> None:
        """For whoever has the turn."""
        self.flushed, self.shown = monotonic(), text
        await self._send(text)
        if self.writer.has_lost:  # who comes now would miss what was shown before
            self.writer.has_lost, self.sent = False, []
            await self._send(text)

    async def _send(self, text: str) -> None:
        for index, block in enumerate(blocks(text)):
            if index == len(self.sent):
                self.sent.append("")
            if self.sent[index] != block and await self.writer.send(
                "block", index, block_html(block)
            ):
                self.sent[index] = block

    async def _show_soon(self) -> None:
        # Words may come while others are being sent.
        while not self._rests and self.shown != settled(self.text):
            await asyncio.sleep(max(0.0, self.flushed + FLUSH_EVERY - monotonic()))
            async with self._turn:
                if not self._rests:
                    await self._show(settled(self.text))
