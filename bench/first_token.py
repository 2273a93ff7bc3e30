"""What the product adds to a provider's own first token.

The same local server answers a bare aiohttp client, the adapter (breaker and deadlines included)
and the whole model rung (prompt, verification and numbering of markers included), in turn, alone
and with other answers streaming beside it. Run it with the services started:

    python manage.py services start
    python -m bench.first_token --rounds 50 --beside 0 30

Prints JSON: milliseconds from asking to the first word, and over the bare client's.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from statistics import quantiles

import aiohttp
import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")
django.setup()

from archive.viewer import Viewer
from concierge.answering.compose import asked
from concierge.answering.converse import Converse
from concierge.answering.turn import Evidence, Source, Turn, Voice
from concierge.llm.anthropic import Anthropic
from concierge.llm.deadlines import DEADLINES
from concierge.llm.openai import OpenAI
from concierge.llm.protocol import Endpoint, Model
from concierge.llm.upstream import Upstream, upstream
from tests.discretion import PLAIN

PACE = 1 / 30  # seconds a token
TEXT = (
    "The heron was drawn in the winter of 1934 by Adèle Sérance, on the back of a laundry list. "
    "Her sister Hélène cut the first block in pear wood, and kept it on her own bench. "
)
SOURCES = tuple(
    Source(number, f"The heron {number}", TEXT * 5, number, number, number, 0, language="en")
    for number in range(1, 9)
)
EVIDENCE = Evidence("Who drew the heron?", SOURCES, (), 0.7)
TURN = Turn(Voice("Maison"), "Who drew the heron?", Viewer(1, frozenset({"public"})))
Ask = Callable[[], AsyncGenerator[object, None]]


def served() -> tuple[subprocess.Popen[str], str]:
    """The server in a process of its own, so that it takes no time from what is measured."""
    command = [sys.executable, "-m", "tests.fake_provider", "--pace", str(PACE)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    lines = [server.stdout.readline() for _ in range(2)] if server.stdout else []
    return server, lines[1].strip().partition("=")[2]


async def first_word(ask: Ask) -> float:
    """Milliseconds to the first word; the rest is read too, as a client would."""
    began = time.perf_counter()
    first = 0.0
    async for _ in ask():
        first = first or (time.perf_counter() - began) * 1000
    return first


def bare(session: aiohttp.ClientSession, model: Model, url: str) -> Ask:
    """The least a client can do: post, and read lines until the first that holds words."""
    _, prompt = asked(TURN, EVIDENCE)
    messages = [{"role": said.role, "content": said.text} for said in prompt.messages]
    is_openai = isinstance(model, OpenAI)
    path = "/v1/chat/completions" if is_openai else "/v1/messages"
    key = b'"content": "' if is_openai else b'"text_delta"'
    body = {"model": "m", "messages": messages, "stream": True, "max_tokens": 9}

    async def ask() -> AsyncGenerator[object, None]:
        async with session.post(url + path, json=body) as response:
            async for line in response.content:
                if key in line and b'"content": ""' not in line:
                    yield line

    return ask


def adapter(model: Model, way: Upstream) -> Ask:
    return lambda: way.ask(model, asked(TURN, EVIDENCE)[1])


def rung(model: Model, way: Upstream) -> Ask:
    return lambda: Converse(model, way).answer(TURN, EVIDENCE)


async def streaming(ask: Ask, stop: asyncio.Event) -> None:
    """Other clients' answers, one after another, until the measurement is over."""
    while not stop.is_set():
        async with aclosing(ask()) as words:
            async for _ in words:
                if stop.is_set():
                    return


async def measured(asks: dict[str, Ask], rounds: int, beside: int) -> dict[str, object]:
    stop = asyncio.Event()
    others = [asyncio.create_task(streaming(asks["rung"], stop)) for _ in range(beside)]
    for ask in asks.values():
        await first_word(ask)
    times: dict[str, list[float]] = {name: [] for name in asks}
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(rounds):
        for name, ask in asks.items():
            times[name].append(await first_word(ask))
    used = (time.process_time() - cpu) / (time.perf_counter() - wall)
    stop.set()
    await asyncio.gather(*others)
    return {"beside": beside, "cpu": round(used, 2), **summary(times)}


def summary(times: dict[str, list[float]]) -> dict[str, object]:
    base = times["bare"]
    found: dict[str, object] = {}
    for name, each in times.items():
        found[name] = percentiles(each)
        if name != "bare":
            found[f"{name}_over_bare"] = {
                mark: round(percentiles(each)[mark] - percentiles(base)[mark], 2)
                for mark in ("p50", "p95")
            }
    return found


def percentiles(values: list[float]) -> dict[str, float]:
    cuts = quantiles(values, n=100, method="inclusive")
    return {"p50": round(cuts[49], 2), "p95": round(cuts[94], 2)}


async def run(url: str, rounds: int, besides: list[int]) -> list[dict[str, object]]:
    shared = await upstream()
    way = Upstream(
        shared.breaker,
        lambda spent: None,
        DEADLINES,
        allow=lambda endpoint, prompt: None,
        discretion=PLAIN,
    )
    models: dict[str, Model] = {
        "openai": OpenAI(Endpoint("bench-openai", "m", "k", f"{url}/v1")),
        "anthropic": Anthropic(Endpoint("bench-anthropic", "m", "k", url)),
    }
    found: list[dict[str, object]] = []
    async with aiohttp.ClientSession() as session:
        for name, model in models.items():
            asks = {
                "bare": bare(session, model, url),
                "adapter": adapter(model, way),
                "rung": rung(model, way),
            }
            found += [
                {"provider": name, **(await measured(asks, rounds, beside))} for beside in besides
            ]
            await model.aclose()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Overhead over a provider's own first token.")
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--beside", type=int, nargs="*", default=[0, 30])
    options = parser.parse_args()
    server, url = served()
    try:
        results = asyncio.run(run(url, options.rounds, options.beside))
    finally:
        server.terminate()
        server.wait(10)
    print(json.dumps({"unit": "ms", "rounds": options.rounds, "results": results}, indent=2))


if __name__ == "__main__":
    main()
