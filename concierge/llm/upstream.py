"""One question put to one model: allowed, kept in time, and written down however it ends."""

import time
import uuid
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass, replace

from django.conf import settings

from archive.threads import URGENT, in_thread
from concierge.llm import budget, contract, ledger, transcript
from concierge.llm.allowance import MOST_CALLS, Allowance
from concierge.llm.breaker import Admission, Breaker, connected
from concierge.llm.deadlines import DEADLINES, Deadlines, within
from concierge.llm.errors import (
    ConnectionFailedError,
    ConsentError,
    EmptyError,
    NotHiddenError,
    NotSentError,
    ProviderError,
    RejectedError,
)
from concierge.llm.ledger import Spent
from concierge.llm.per_loop import kept
from concierge.llm.protocol import (
    Discretion,
    Endpoint,
    Hidden,
    Model,
    Prompt,
    Restoring,
    ToolCall,
    Usage,
)
from concierge.llm.runaway import Runaway


def allowed(endpoint: Endpoint, prompt: Prompt) -> uuid.UUID | None:
    """What was set aside for a call that the brand's contract lets be made."""
    contract.check(endpoint, prompt.payer)
    return budget.reserve(endpoint, prompt)


@dataclass(frozen=True, slots=True)
class Upstream:
    """One turn's way to the providers. `record` is given each call that was made, when it ended.

    `allow` is asked before each: it raises NotSentError, or gives what it reserved. `consents` is
    asked last, in the moment before the call: whether the client still allows it. Without an
    `allowance` a call belongs to no turn, and as many may be made as one likes. Without a
    `discretion` none is made: what has not passed one does not leave the house.
    """

    breaker: Breaker
    record: Callable[[Spent], None] = ledger.record
    deadlines: Deadlines = DEADLINES
    allowance: Allowance | None = None
    allow: Callable[[Endpoint, Prompt], uuid.UUID | None] = allowed
    discretion: Discretion | None = None
    consents: Callable[[], bool] | None = None  # none: no client's words are put to a model

    @property
    def calls_left(self) -> int:
        return self.allowance.calls if self.allowance else MOST_CALLS

    async def ask(self, model: Model, prompt: Prompt) -> AsyncGenerator[str | ToolCall, None]:
        """The answer's words and tool calls as they come. Raises ProviderError, also in mid-answer.

        NotSentError, one of its kinds, says that no call was made. Nothing is tried again here:
        what to try next is the ladder's to decide.
        """
        discretion, hidden = self._hidden(prompt)
        watched = await transcript.begun(self.breaker.redis, model.endpoint, hidden)
        provider = model.endpoint.provider
        reservation = await self._reserve(model, hidden)
        try:
            admission = await self._permit(provider)
        except NotSentError:
            await in_thread(budget.give_back, URGENT)(reservation)
            raise
        call = _Meter(model, hidden, reservation)
        restoring = discretion.restoring()
        try:
            async with aclosing(within(model.stream(hidden), self._deadlines())) as parts:
                async for part in parts:
                    if isinstance(part, Usage):
                        call.usage = part
                    else:
                        call.heard(part)
                        watched.heard(part)
                        for each in restored(part, restoring, discretion):
                            yield each
            if kept_last := restoring.ended():
                yield kept_last
            call.ended()
        except ProviderError as error:
            call.failed(error)
            await self.breaker.failed(admission, error)
            raise
        else:
            await self.breaker.worked(admission)
        finally:
            self.record(call.spent())
            await watched.keep(call.outcome)

    def _hidden(self, prompt: Prompt) -> tuple[Discretion, Hidden]:
        """Raises NotHiddenError: nothing that has not passed a discretion is sent."""
        hidden = self.discretion.hide(prompt) if self.discretion else None
        if self.discretion is None or not isinstance(hidden, Hidden):
            raise NotHiddenError
        return self.discretion, hidden

    def patient(self) -> "Upstream":
        """The same for the last model: it has all of the time until words must be coming."""
        if self.allowance is None:
            return self
        first_token = max(self.deadlines.first_token, self.allowance.seconds)
        return replace(self, deadlines=replace(self.deadlines, first_token=first_token))

    def _deadlines(self) -> Deadlines:
        return self.allowance.within(self.deadlines) if self.allowance else self.deadlines

    async def _reserve(self, model: Model, prompt: Prompt) -> uuid.UUID | None:
        """Set aside what the call may cost its payer. Raises NotSentError: contract, budgets."""
        if self.allowance:
            self.allowance.check()
        return await in_thread(self.allow, URGENT)(model.endpoint, prompt)

    async def _permit(self, provider: str) -> Admission:
        """Count a call that may be made. Raises NotSentError for one that may not."""
        if self.allowance:
            self.allowance.check()
        if self.consents and not await in_thread(self.consents, URGENT)():
            raise ConsentError
        admission = await self.breaker.admit(provider)
        if self.allowance:
            self.allowance.spend()
        return admission


def restored(
    part: str | ToolCall, restoring: Restoring, discretion: Discretion
) -> Iterator[str | ToolCall]:
    """What of it can be told by now; words that were kept come before a call."""
    words = restoring.heard(part) if isinstance(part, str) else restoring.ended()
    if words:
        yield words
    if not isinstance(part, str):
        yield discretion.restored(part)


class _Meter:
    """Counts one call from its asking."""

    def __init__(self, model: Model, prompt: Prompt, reservation: uuid.UUID | None) -> None:
        self.model, self.prompt, self.reservation = model, prompt, reservation
        self.usage = Usage()
        self.outcome = "cancelled"  # until it ends by itself
        self.began = time.monotonic()
        self.first_token_ms: int | None = None
        self.said_something = False
        self.said = 0  # bytes
        self.was_turned_away = False
        self.runaway = Runaway(prompt.max_tokens)

    def heard(self, part: str | ToolCall) -> None:
        if self.first_token_ms is None:
            self.first_token_ms = self.elapsed_ms()
        if isinstance(part, str):
            self.runaway.heard(part)
        self.said += len((part if isinstance(part, str) else part.arguments).encode())
        is_space = isinstance(part, str) and part.isspace()
        self.said_something = self.said_something or not is_space

    def ended(self) -> None:
        if not self.said_something:
            raise EmptyError
        self.outcome = "ok"

    def failed(self, error: ProviderError) -> None:
        self.outcome = error.reason
        refused = isinstance(error, RejectedError | ConnectionFailedError)
        self.was_turned_away = refused and not self.said

    def used(self) -> tuple[Usage, bool]:
        """The call's tokens, and whether they are counted here, its provider having told none.

        A call that was turned away before its first word costs nothing.
        """
        told = self.usage
        if self.was_turned_away or (self.outcome == "ok" and told.input_tokens):
            return told, False
        counted = budget.counted(self.prompt, self.said)
        if not told.input_tokens:
            return counted, True
        # What it told at the beginning does not hold what it said since.
        return replace(told, output_tokens=max(told.output_tokens, counted.output_tokens)), True

    def elapsed_ms(self) -> int:
        return round((time.monotonic() - self.began) * 1000)

    def spent(self) -> Spent:
        endpoint, prompt = self.model.endpoint, self.prompt
        usage, is_estimate = self.used()
        return Spent(
            provider=endpoint.provider,
            model=endpoint.model,
            purpose=prompt.purpose,
            reference=prompt.reference,
            outcome=self.outcome,
            usage=usage,
            is_estimate=is_estimate,
            payer=prompt.payer,
            reservation=self.reservation,
            first_token_ms=self.first_token_ms,
            total_ms=self.elapsed_ms(),
        )


async def upstream(
    discretion: Discretion | None = None, consents: Callable[[], bool] | None = None
) -> Upstream:
    """A new turn's way to the providers: made when the turn begins, used for all its calls."""
    url = settings.REDIS_URL
    breaker = await kept(("breaker", url), lambda: Breaker(connected(url)))
    deadlines = Deadlines(settings.LLM_FIRST_TOKEN, settings.LLM_IDLE, settings.LLM_WHOLE)
    allowance = Allowance(settings.LLM_TURN)
    return Upstream(
        breaker,
        deadlines=deadlines,
        allowance=allowance,
        discretion=discretion,
        consents=consents,
    )
