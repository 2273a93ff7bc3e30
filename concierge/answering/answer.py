"""One message answered: understand, rewrite, the house's own answer, retrieve, then the ladder.

What asks nothing of the archive is answered by a courtesy, as the only rung.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from time import monotonic

from archive.spelling import mended
from archive.steps import Step as SearchStep
from archive.steps import taken
from archive.threads import in_thread
from catalog.conditions.wording import SPOKEN
from concierge.answering.approve import LookedUp, look_up
from concierge.answering.asked_as import asked_as
from concierge.answering.carried import carried
from concierge.answering.courtesy import Courteous
from concierge.answering.discreet import veil_of
from concierge.answering.extract import RUNG as EXTRACTIVE
from concierge.answering.ladder import Rung, climb
from concierge.answering.recognise import behind_greeting
from concierge.answering.retrieve import retrieve
from concierge.answering.rewrite import NAME as REWRITE
from concierge.answering.rewrite import rewrite
from concierge.answering.set_aside import set_aside
from concierge.answering.settle import of_pieces, settle
from concierge.answering.sized import sized
from concierge.answering.turn import Done, Event, Evidence, Step, Turn
from concierge.answering.understand import PERSON, Understanding, understand
from concierge.answering.voiced import voiced
from concierge.answering.way import way_of
from concierge.llm.upstream import Upstream
from concierge.redaction.embedded import speaking_with

AT_ONCE = frozenset({"small_talk", "unsafe"})  # nothing is looked up for these
LONGEST_SEARCH = 15.0  # seconds: a part of the house that does not answer is not waited for

logger = logging.getLogger(__name__)


async def answer(turn: Turn) -> AsyncGenerator[Event, None]:
    """The events of one answer as the house says it; the last is always Done."""
    turn = sized(turn)
    async with aclosing(answered(turn)) as events:
        async for event in voiced(turn, events):
            yield event


async def answered(turn: Turn) -> AsyncGenerator[Event, None]:
    """The same, before what the house always says is put in front of it."""
    veil = await in_thread(veil_of)(turn)
    with speaking_with(veil):
        async with aclosing(climbed(turn, await way_of(turn, veil))) as events:
            async for event in events:
                yield event


async def climbed(turn: Turn, way: Upstream) -> AsyncGenerator[Event, None]:
    """The ladder's events, once everything it needs is found."""
    began = monotonic()
    turn = set_aside(replace(turn, question=behind_greeting(turn.question)))
    understood = understand(turn)
    at_once = understood.kind in AT_ONCE
    sought = courteously(turn, understood) if at_once else await searched(turn, understood, way)
    found = monotonic()
    async for event in climb(sought.turn, sought.evidence, sought.rungs, way):
        if isinstance(event, Done):
            timings = event.reply.timings_ms | {
                "rewrite": sum(step.ms for step in sought.steps if step.rung == REWRITE),
                "retrieve": milliseconds(found - began),
                "answer": milliseconds(monotonic() - found),
            }
            evidence = sought.evidence
            nearest = evidence.sources[0].passage_id if evidence.sources else None
            grown = event.reply.support  # of what tools have found beside the evidence
            support = evidence.support if grown is None else grown
            silent = event.reply.refused and event.reply.rung == EXTRACTIVE
            told = replace(
                event.reply,
                # The archive's silence is told with how to reach somebody.
                person=event.reply.person or (silent and bool(turn.brand.contact)),
                support=support if sought.rungs is None else None,
                nearest=nearest,
                kind=sought.turn.kind,
            )
            event = Done(replace(told, timings_ms=timings, steps=sought.steps + told.steps))
        yield event


@dataclass(frozen=True, slots=True)
class Sought:
    """What the ladder is climbed with: `rungs` instead of the house's own, unless None."""

    turn: Turn
    evidence: Evidence
    rungs: Sequence[Rung] | None = None
    steps: tuple[Step, ...] = ()  # taken before the ladder


async def searched(turn: Turn, understood: Understanding, way: Upstream) -> Sought:
    """What was found. Where the search breaks, nothing, and no rung but the one beneath all."""
    began = monotonic()
    try:
        async with asyncio.timeout(LONGEST_SEARCH):
            return await search(turn, understood, way)
    except Exception as error:
        # Whatever breaks before the ladder, a person still stands under it.
        logger.error("search_broke", exc_info=error)  # noqa: TRY400 - its words are left out
        reason = "timeout" if isinstance(error, TimeoutError) else "fault"
        step = Step("search", "failed", reason, milliseconds(monotonic() - began))
        return Sought(turn, Evidence(turn.question), rungs=(), steps=(step,))


async def search(turn: Turn, understood: Understanding, way: Upstream) -> Sought:
    if understood.is_for_archive:
        turn, understood = asked_as(await in_thread(read_alone)(turn))
    understood, rewriting = await rewrite(turn, understood, way)
    approved = await in_thread(look_up)(turn, understood)
    evidence = replace(await gathered(turn, understood, approved), told=told_by(turn))
    asking = None
    if not approved.rungs:
        understood, asking = await settle(turn, understood, evidence, way)
    steps = tuple(step for step in (rewriting, asking) if step)
    if not (understood.is_for_archive or approved.rungs):
        return courteously(turn, understood, steps)
    turn = replace(turn, kind=of_pieces(understood, evidence).kind)
    return Sought(turn, evidence, approved.rungs, steps)


def courteously(turn: Turn, understood: Understanding, steps: tuple[Step, ...] = ()) -> Sought:
    turn = replace(turn, kind=understood.kind)
    return Sought(turn, Evidence(turn.question), (Courteous(understood),), steps)


async def gathered(turn: Turn, asked: Understanding, approved: LookedUp) -> Evidence:
    """What models and quotations answer from.

    For an approved answer nothing is searched for, nor for what is the client's own or a wish for
    a person.
    """
    if approved.rungs or asked.kind == "own" or asked.topic == PERSON:
        return Evidence(asked.standalone)
    return replace(await retrieve(turn, asked), guidance=approved.guidance)


def told_by(turn: Turn) -> str:
    """What the client has said in this conversation, as far as it is still known."""
    said = [each.text for each in turn.history if each.role == "client"]
    return "\n".join([turn.summary, *said, turn.question])


def read_alone(turn: Turn) -> Turn:
    """The turn as it would be asked without what was said before, its spelling mended."""
    return spelled(carried(turn))


def spelled(turn: Turn) -> Turn:
    """The turn with its question read in the words that the house knows."""
    if not taken(SearchStep.SPELLING):
        return turn
    [read_as] = mended(turn.viewer, [turn.question], SPOKEN)
    return replace(turn, read_as=read_as)


def milliseconds(seconds: float) -> int:
    return round(seconds * 1000)
