"""One message answered: understand, rewrite, the house's own answer, retrieve, then the ladder."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from time import monotonic

from archive.spelling import mended
from archive.steps import Step, taken
from archive.threads import in_thread
from concierge.answering.approve import LookedUp, look_up
from concierge.answering.ladder import climb
from concierge.answering.retrieve import retrieve
from concierge.answering.rewrite import rewrite
from concierge.answering.smalltalk import smalltalk
from concierge.answering.turn import Delta, Done, Event, Evidence, Turn
from concierge.answering.understand import Understanding, understand
from concierge.answering.voiced import voiced
from concierge.llm.upstream import upstream


async def answer(turn: Turn) -> AsyncGenerator[Event, None]:
    """The events of one answer as the house says it; the last is always Done."""
    async with aclosing(answered(turn)) as events:
        async for event in voiced(turn, events):
            yield event


async def answered(turn: Turn) -> AsyncGenerator[Event, None]:
    """The same, before what the house always says is put in front of it."""
    began = monotonic()
    understood = understand(turn)
    if understood.kind != "question":
        reply = smalltalk(turn, understood.kind)
        yield Delta(reply.text)
        yield Done(reply)
        return
    way = await upstream()
    turn = await in_thread(spelled)(turn)
    understood, rewriting = await rewrite(turn, understand(turn), way)
    approved = await in_thread(look_up)(turn, understood)
    evidence = await gathered(turn, understood, approved)
    found = monotonic()
    async for event in climb(turn, evidence, approved.rungs, way):
        if isinstance(event, Done):
            timings = event.reply.timings_ms | {
                "rewrite": rewriting.ms if rewriting else 0,
                "retrieve": milliseconds(found - began),
                "answer": milliseconds(monotonic() - found),
            }
            nearest = evidence.sources[0].passage_id if evidence.sources else None
            support = None if approved.rungs else evidence.support
            told = replace(event.reply, support=support, nearest=nearest)
            steps = (rewriting, *told.steps) if rewriting else told.steps
            event = Done(replace(told, timings_ms=timings, steps=steps))
        yield event


async def gathered(turn: Turn, asked: Understanding, approved: LookedUp) -> Evidence:
    """What models and quotations answer from. For an approved answer nothing is searched for."""
    if approved.rungs:
        return Evidence(asked.standalone)
    return replace(await retrieve(turn, asked), guidance=approved.guidance)


def spelled(turn: Turn) -> Turn:
    """The turn with its question read in the words that the house knows."""
    if not taken(Step.SPELLING):
        return turn
    [read_as] = mended(turn.viewer, [turn.question])
    return replace(turn, read_as=read_as)


def milliseconds(seconds: float) -> int:
    return round(seconds * 1000)
