"""One rung after another until one answers: the turn is never lost.

Approved answer, the models in their order, the archive's own words, a person.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from time import monotonic
from typing import Literal, Protocol

from archive.support import WEAK
from archive.threads import in_thread
from concierge.answering.converse import Converse, NoAnswerError
from concierge.answering.excuse import excused
from concierge.answering.extract import RUNG as EXTRACTIVE
from concierge.answering.extract import extract
from concierge.answering.person import Person
from concierge.answering.rows_owed import owed
from concierge.answering.turn import Delta, Done, Event, Evidence, Reply, Restart, Step, Turn
from concierge.answering.verify import UnsupportedError
from concierge.answering.way import way_of
from concierge.llm.allowance import LEAST
from concierge.llm.breaker import MOMENT
from concierge.llm.errors import (
    NotSentError,
    OverloadedError,
    ProviderError,
    RateLimitedError,
    ServerFaultError,
)
from concierge.llm.registry import models
from concierge.llm.upstream import Upstream, upstream

LONGEST = 15.0  # seconds of the extractive rung: an embedder elsewhere may not answer
BUSY = 0.25  # seconds until a provider is asked again that failed without saying for how long

Outcome = Literal["answered", "refused", "failed", "skipped"]
# What a provider may be over in a moment.
PASSING = (RateLimitedError, OverloadedError, ServerFaultError)

logger = logging.getLogger(__name__)


class Rung(Protocol):
    """A way of answering. `answer` yields deltas and ends with the reply, or raises.

    A Step is noted beside the rung's own; a Restart takes back what it has shown, and it goes on.
    """

    @property
    def name(self) -> str: ...

    @property
    def calls_upstream(self) -> bool: ...

    def answer(
        self, turn: Turn, evidence: Evidence
    ) -> AsyncGenerator[Delta | Restart | Step | Reply, None]: ...


@dataclass(frozen=True, slots=True)
class Extractive:
    """The archive's own words, or an honest refusal: no provider is needed for it."""

    name: str = EXTRACTIVE
    calls_upstream: bool = False

    async def answer(self, turn: Turn, evidence: Evidence) -> AsyncGenerator[Delta | Reply, None]:
        async with asyncio.timeout(LONGEST):
            reply = await in_thread(extract)(turn, evidence)
        yield Delta(reply.text)
        yield reply


async def rungs(way: Upstream | None = None) -> tuple[Rung, ...]:
    """The house's models in their order, then the archive's own words. `way` is the turn's.

    The last model may think for all of the time there is: nobody else could use it.
    """
    way = way or await upstream()
    found = await models()
    climbed = (Converse(each, way.patient() if each is found[-1] else way) for each in found)
    return (*climbed, Extractive())


def is_answerable(evidence: Evidence) -> bool:
    """Whether a model is asked at all.

    The house's own answer to a near question is something to speak of where it rests on sources.

    With nothing near the question a model can only invent or decline, and either costs a second
    and a fee: the extractive rung then says at once that the archive does not tell.
    """
    if evidence.pieces or any(each.sources for each in evidence.guidance):
        return True
    return bool(evidence.sources) and evidence.support >= WEAK


async def climb(
    turn: Turn,
    evidence: Evidence,
    ladder: Sequence[Rung] | None = None,
    way: Upstream | None = None,
) -> AsyncIterator[Event]:
    """The events of an answer to `turn`; the last is Done, whatever failed before it.

    Each rung is tried in order, as far as the allowance of the turn's `way` goes, and a person is
    offered when all have failed. What a failing rung has shown is taken back by a Restart. A model
    that finds no answer in the evidence is believed, and the archive's silence is the answer.
    """
    way = way or await way_of(turn)
    ladder = [*(await rungs(way) if ladder is None else ladder), Person()]
    if way.allowance:  # what was made ready until here is no fault of a provider's
        way.allowance.extend(way.deadlines.first_token)
    climber = _Climber(turn, evidence, way)
    for position, rung in enumerate(ladder):
        models_below = sum(below.calls_upstream for below in ladder[position + 1 :])
        async with aclosing(climber.tried(rung, models_below)) as events:
            async for event in events:
                yield event
        if climber.is_done:
            return


class _Climber:
    """Where one climb has got to."""

    def __init__(self, turn: Turn, evidence: Evidence, way: Upstream) -> None:
        self.turn, self.evidence, self.way = turn, evidence, way
        self.began = monotonic()
        self.steps: list[Step] = []
        self.first_words_ms: int | None = None
        self.has_shown = self.is_done = False
        self.is_silent = False  # whether a model has found no answer
        self.silence = "weak_support"  # why the archive is taken not to tell
        self.fault: Exception | None = None  # what the last rung fell to

    async def tried(self, rung: Rung, models_below: int) -> AsyncGenerator[Event, None]:
        """The events of one rung, those of failing included, and of its second attempt."""
        if reason := self._passed_over(rung):
            self._note(rung, "skipped", reason, monotonic())
            return
        async with aclosing(self._once(rung)) as events:
            async for event in events:
                yield event
        pause = None if self.is_done else self._pause(models_below)
        if pause is None:
            return
        await asyncio.sleep(pause)
        async with aclosing(self._once(rung)) as events:
            async for event in events:
                yield event

    async def _once(self, rung: Rung) -> AsyncGenerator[Event, None]:
        began = monotonic()
        self.has_shown = False
        try:
            async with aclosing(rung.answer(self.turn, self.evidence)) as parts:
                async for part in parts:
                    if isinstance(part, Reply):
                        outcome: Outcome = "refused" if part.refused else "answered"
                        self._note(rung, outcome, part.reason, began)
                        yield self._done(excused(self.turn, part, self.steps))
                        return
                    if isinstance(part, Step):
                        self.steps.append(part)
                    else:
                        yield self._shown(part)
        except Exception as error:
            # Whatever breaks in one rung must not lose the turn while there is another.
            if isinstance(rung, Person):
                raise
            self._fell(rung, error, began)
        if self.has_shown:
            yield Restart(self.steps[-1].reason)

    def _pause(self, models_below: int) -> float | None:
        """Seconds after which the rung that fell is tried again; None when the next one is.

        A provider is asked again that was only busy for a moment, before it has said a word, where
        no model below loses its call or its time by it.
        """
        fault, allowance = self.fault, self.way.allowance
        if self.has_shown or allowance is None or not isinstance(fault, PASSING):
            return None
        pause = fault.retry_after
        if pause is None and isinstance(fault, ServerFaultError):
            pause = BUSY
        if pause is None or pause > MOMENT:
            return None
        is_time = allowance.seconds_left >= pause + LEAST * (1 + models_below)
        return pause if is_time and allowance.calls > models_below else None

    def _passed_over(self, rung: Rung) -> str:
        """Why this rung is not tried; empty when it is."""
        if not rung.calls_upstream:
            return ""
        return "" if is_answerable(self.evidence) and not self.is_silent else self.silence

    def _fell(self, rung: Rung, error: Exception, began: float) -> None:
        """Note why a rung gave no answer, and what follows from it for the rungs below."""
        self.fault = error
        if self.way.allowance and not isinstance(error, NotSentError):
            self.way.allowance.has_failed = True
        match error:
            case NoAnswerError():
                self.silence = error.reason
                # Of a piece's price the row tells, whatever a model finds.
                rows = tuple(owed(self.turn, "", self.evidence))
                self.evidence = Evidence(self.evidence.query, pieces=rows)
                self.is_silent = True
                self._note(rung, "refused", error.reason, began)
            case NotSentError():
                self._note(rung, "skipped", error.reason, began)
            case TimeoutError():
                self._note(rung, "failed", "timeout", began)
            case ProviderError() | UnsupportedError():
                self._note(rung, "failed", error.reason, began)
                logger.warning("rung_failed", extra={"rung": rung.name, "reason": error.reason})
            case _:
                self._note(rung, "failed", "fault", began)
                logger.error("rung_broke", extra={"rung": rung.name}, exc_info=error)

    def _shown(self, part: Delta | Restart) -> Delta | Restart:
        """Words that stand are those shown since the last that were taken back."""
        self.has_shown = isinstance(part, Delta)
        if not self.has_shown:
            self.first_words_ms = None
        elif self.first_words_ms is None:
            self.first_words_ms = milliseconds(self.began)
        return part

    def _note(
        self,
        rung: Rung,
        outcome: Outcome,
        reason: str,
        began: float,
    ) -> None:
        self.steps.append(Step(rung.name, outcome, reason, milliseconds(began)))

    def _done(self, reply: Reply) -> Done:
        self.is_done = True
        timings = {"first_words": self.first_words_ms or 0, "ladder": milliseconds(self.began)}
        return Done(replace(reply, steps=tuple(self.steps), timings_ms=reply.timings_ms | timings))


def milliseconds(since: float) -> int:
    return round((monotonic() - since) * 1000)
