"""One question put to one model: allowed, kept in time, and written down however it ends."""

import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace

from django.conf import settings

from concierge.llm import ledger
from concierge.llm.allowance import MOST_CALLS, Allowance
from concierge.llm.breaker import Admission, Breaker, connected
from concierge.llm.deadlines import DEADLINES, Deadlines, within
from concierge.llm.errors import EmptyError, ProviderError
from concierge.llm.ledger import Spent
from concierge.llm.per_loop import kept
from concierge.llm.protocol import Model, Prompt, ToolCall, Usage
from concierge.llm.runaway import Runaway


@dataclass(frozen=True, slots=True)
class Upstream:
    """One turn's way to the providers. `record` is given each call that was made, when it ended.

    Without an `allowance` a call belongs to no turn, and as many may be made as one likes.
    """

    breaker: Breaker
    record: Callable[[Spent], None] = ledger.record
    deadlines: Deadlines = DEADLINES
    allowance: Allowance | None = None

    @property
    def calls_left(self) -> int:
        return self.allowance.calls if self.allowance else MOST_CALLS

    async def ask(self, model: Model, prompt: Prompt) -> AsyncGenerator[str | ToolCall, None]:
        """The answer's words and tool calls as they come. Raises ProviderError, also in mid-answer.

        NotSentError, one of its kinds, says that no call was made. Nothing is tried again here:
        what to try next is the ladder's to decide.
        """
        provider = model.endpoint.provider
        admission = await self._permit(provider)
        call = _Meter(model, prompt)
        try:
            async with aclosing(within(model.stream(prompt), self._deadlines())) as parts:
                async for part in parts:
                    if isinstance(part, Usage):
                        call.usage = part
                    else:
                        call.heard(part)
                        yield part
            call.ended()
        except ProviderError as error:
            call.outcome = error.reason
            await self.breaker.failed(admission, error)
            raise
        else:
            await self.breaker.worked(admission)
        finally:
            self.record(call.spent())

    def patient(self) -> "Upstream":
        """The same for the last model: it has all of the time until words must be coming."""
        if self.allowance is None:
            return self
        first_token = max(self.deadlines.first_token, self.allowance.seconds)
        return replace(self, deadlines=replace(self.deadlines, first_token=first_token))

    def _deadlines(self) -> Deadlines:
        return self.allowance.within(self.deadlines) if self.allowance else self.deadlines

    async def _permit(self, provider: str) -> Admission:
        """Count a call that may be made. Raises NotSentError for one that may not."""
        if self.allowance:
            self.allowance.check()
        admission = await self.breaker.admit(provider)
        if self.allowance:
            self.allowance.spend()
        return admission


class _Meter:
    """Counts one call from its asking."""

    def __init__(self, model: Model, prompt: Prompt) -> None:
        self.model, self.prompt = model, prompt
        self.usage = Usage()
        self.outcome = "cancelled"  # until it ends by itself
        self.began = time.monotonic()
        self.first_token_ms: int | None = None
        self.said_something = False
        self.runaway = Runaway(prompt.max_tokens)

    def heard(self, part: str | ToolCall) -> None:
        if self.first_token_ms is None:
            self.first_token_ms = self.elapsed_ms()
        if isinstance(part, str):
            self.runaway.heard(part)
        is_space = isinstance(part, str) and part.isspace()
        self.said_something = self.said_something or not is_space

    def ended(self) -> None:
        if not self.said_something:
            raise EmptyError
        self.outcome = "ok"

    def elapsed_ms(self) -> int:
        return round((time.monotonic() - self.began) * 1000)

    def spent(self) -> Spent:
        endpoint, prompt = self.model.endpoint, self.prompt
        return Spent(
            provider=endpoint.provider,
            model=endpoint.model,
            purpose=prompt.purpose,
            reference=prompt.reference,
            outcome=self.outcome,
            usage=self.usage,
            first_token_ms=self.first_token_ms,
            total_ms=self.elapsed_ms(),
        )


async def upstream() -> Upstream:
    """A new turn's way to the providers: made when the turn begins, used for all its calls."""
    url = settings.REDIS_URL
    breaker = await kept(("breaker", url), lambda: Breaker(connected(url)))
    deadlines = Deadlines(settings.LLM_FIRST_TOKEN, settings.LLM_IDLE, settings.LLM_WHOLE)
    return Upstream(breaker, deadlines=deadlines, allowance=Allowance(settings.LLM_TURN))
