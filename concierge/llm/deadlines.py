"""How long a provider may take. All figures are seconds."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

import httpx2

from concierge.llm.errors import (
    AnswerTimeoutError,
    FirstTokenTimeoutError,
    IdleTimeoutError,
    WholeTimeoutError,
)
from concierge.llm.protocol import Part, Usage

CONNECT = 2.0  # to be connected
FIRST_TOKEN = 4.0  # from asking to the first word, where another provider could be asked instead
IDLE = 2.5  # between two words
WHOLE = 45.0  # from asking to the end
HURRIED = 1.0  # between two words, of a second attempt that began late


@dataclass(frozen=True, slots=True)
class Deadlines:
    """`hurry_from`, by the event loop's clock, is when a turn whose first attempt failed should
    have come to an end: no gap between words may last beyond it, or beyond HURRIED seconds.
    """

    first_token: float = FIRST_TOKEN
    idle: float = IDLE
    whole: float = WHOLE
    hurry_from: float | None = None

    def gap(self, now: float) -> float:
        """How long the next word may take."""
        if self.hurry_from is None:
            return self.idle
        return min(self.idle, max(HURRIED, self.hurry_from - now))


DEADLINES = Deadlines()


def connecting(seconds: float) -> httpx2.Timeout:
    """The SDKs' own timeouts: only for connecting, as `within` keeps the others.

    A read timeout there would be reset by every keep-alive a provider sends instead of words.
    """
    return httpx2.Timeout(connect=seconds, pool=seconds, write=WHOLE, read=None)


async def within(
    parts: AsyncGenerator[Part, None], deadlines: Deadlines
) -> AsyncGenerator[Part, None]:
    """The same parts, each in its time. Raises AnswerTimeoutError, the stream closed behind it."""
    now = asyncio.get_running_loop().time
    end = now() + deadlines.whole
    next_word = now() + deadlines.first_token
    late: type[AnswerTimeoutError] = FirstTokenTimeoutError
    async with aclosing(parts) as open_parts:
        while True:
            try:
                async with asyncio.timeout_at(min(next_word, end)):
                    part = await anext(open_parts, None)
            except TimeoutError:
                raise (late if next_word < end else WholeTimeoutError)() from None
            if part is None:
                return
            yield part
            if not isinstance(part, Usage):
                next_word, late = now() + deadlines.gap(now()), IdleTimeoutError
