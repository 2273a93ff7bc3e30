"""Many conversations at once, and what their visitors saw."""

import asyncio
import os
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from statistics import median, quantiles

import aiohttp

from bench.answering.serve import Server
from bench.answering.visit import Client, Heard, Visitor

PROBE = 0.25  # seconds between two questions put to the provider itself
PAGES = 50  # of one visitor's conversation, where sockets are only held
Meet = Callable[[], Visitor]


@dataclass
class Seen:
    """One run. Times are seconds."""

    answers: list[Heard] = field(default_factory=list)
    own: list[float] = field(default_factory=list)  # the provider's first word, asked itself
    lost_after_reload: int = 0
    lag: list[float] = field(default_factory=list)  # of this process: too busy to measure?
    memory: float = 0.0  # megabytes of the server at its most


async def conversing(
    meet: Meet, server: Server, provider: str, at_once: int, seconds: tuple[float, float, float]
) -> dict[str, object]:
    """`at_once` visitors, each thinking for a while after an answer; (think, warm-up, measured) s.

    Who has thought leaves, and the next comes: each question begins a conversation of its own.
    """
    think, warm, measured = seconds
    seen = Seen()
    began = time.monotonic()
    until = began + warm + measured
    watching = asyncio.create_task(watched(seen, server, provider))
    cpu, beside, own_cpu = server.cpu, server.cpu_beside, time.process_time()
    visits = [
        visiting(meet, number, (began + warm * number / at_once, think, until), seen)
        for number in range(at_once)
    ]
    await asyncio.gather(*visits)
    lasted = time.monotonic() - began
    used, own_used = (server.cpu - cpu) / lasted, (time.process_time() - own_cpu) / lasted
    database = server.cpu_beside - beside
    watching.cancel()
    return {
        "conversations": at_once,
        **summary(seen, began + warm, until),
        "think_s": think,
        "server_cores": round(used, 2),
        "server_ms_an_answer": round(used * lasted * 1000 / max(1, len(seen.answers))),
        "database_ms_an_answer": round(database * 1000 / max(1, len(seen.answers))),
        "measuring_cores": round(own_used, 2),
        "load_average": os.getloadavg()[0],
    }


async def visiting(meet: Meet, number: int, times: tuple[float, float, float], seen: Seen) -> None:
    begin, think, until = times
    await asyncio.sleep(max(0.0, begin - time.monotonic()))
    while time.monotonic() < until:
        async with meet() as visitor:
            heard = await visitor.ask(number)
            seen.answers.append(heard)
            if isinstance(visitor, Client) and heard.ended and not await visitor.kept():
                seen.lost_after_reload += 1
        await asyncio.sleep(max(0.0, min(think, until - time.monotonic())))
        number += 1


async def watched(seen: Seen, server: Server, provider: str) -> None:
    """Until cancelled: the provider's own first word, this process's lag, the server's memory."""
    async with aiohttp.ClientSession() as session:
        while True:
            due = time.monotonic() + PROBE
            seen.memory = max(seen.memory, server.memory)
            seen.own.append(await first_word(session, provider))
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            due = time.monotonic() + 0.01
            await asyncio.sleep(0.01)
            seen.lag.append(time.monotonic() - due)


async def first_word(session: aiohttp.ClientSession, provider: str) -> float:
    """Seconds to the provider's own first word, the connection being there."""
    body = {"model": "m", "stream": True, "messages": [{"role": "user", "content": "Who?"}]}
    began = time.monotonic()
    async with session.post(f"{provider}/chat/completions", json=body) as response:
        async for line in response.content:
            if b'"content": "' in line and b'"content": ""' not in line:
                return time.monotonic() - began
    raise AssertionError("The provider said nothing.")


def summary(seen: Seen, start: float, until: float) -> dict[str, object]:
    """Of the answers asked for in the measured time; words of those that were being told in it."""
    asked = [each for each in seen.answers if start <= each.asked <= until]
    firsts = [(each.first - each.asked) * 1000 for each in asked if each.first]
    own = percentiles([each * 1000 for each in seen.own])
    first = percentiles(firsts)
    told = sum(words_between(each, start, until) for each in seen.answers)
    paces = [each.words / (each.ended - each.first) for each in asked if each.ended > each.first]
    return {
        "answers": len(asked),
        "answered_by": dict(Counter(each.rung for each in asked if each.rung)),
        "lost": sum(each.is_lost for each in seen.answers) + seen.lost_after_reload,
        "first_words_ms": first,
        "provider_first_ms": own,
        "first_words_over_provider_ms": {mark: round(first[mark] - own[mark]) for mark in first},
        "words_a_second": round(told / (until - start)),
        "words_a_second_each": round(median(paces), 1) if paces else 0,
        "words_an_answer": round(median(each.words for each in asked)) if asked else 0,
        "frames_an_answer": round(median(each.frames for each in asked)) if asked else 0,
        "measuring_lag_ms": percentiles([each * 1000 for each in seen.lag]),
        "memory_mb": round(seen.memory, 1),
    }


def words_between(heard: Heard, start: float, until: float) -> float:
    """The words of an answer that were told in this time, taken to come evenly."""
    if not heard.ended or heard.ended <= heard.first:
        return 0.0
    shared = min(heard.ended, until) - max(heard.first, start)
    return heard.words * max(0.0, shared) / (heard.ended - heard.first)


def percentiles(values: list[float]) -> dict[str, float]:
    if len(values) < 2:
        return dict.fromkeys(("p50", "p95"), round(values[0]) if values else 0)
    cuts = quantiles(values, n=100, method="inclusive")
    return {"p50": round(cuts[49]), "p95": round(cuts[94])}


async def idling(meet: Meet, server: Server, sockets: int, hold: float) -> dict[str, object]:
    """Sockets opened and left alone for `hold` seconds: their memory, and how many closed."""
    before = server.memory
    async with AsyncExitStack() as stack:
        held: list[asyncio.Task[None]] = []
        visitors = [await stack.enter_async_context(meet()) for _ in range(-(-sockets // PAGES))]
        await asyncio.gather(*(visitor.ask(number) for number, visitor in enumerate(visitors)))
        began = time.monotonic()
        for number in range(sockets):
            socket = await stack.enter_async_context(await visitors[number // PAGES].hold())
            held.append(asyncio.create_task(listening(socket)))
        opened = time.monotonic() - began
        await asyncio.sleep(hold)
        closed = sum(task.done() for task in held)
        after = server.memory
        for task in held:
            task.cancel()
    return {
        "sockets": sockets,
        "opened_in_s": round(opened, 1),
        "held_s": hold,
        "closed": closed,
        "kb_each": round((after - before) * 1024 / sockets, 1),
    }


async def listening(socket: aiohttp.ClientWebSocketResponse) -> None:
    """Read, and answer Engine.IO's pings; WebSocket's own are answered by reading."""
    async for frame in socket:
        if frame.data == "2":
            await socket.send_str("3")
