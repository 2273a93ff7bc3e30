"""Every fault of a provider, at every position of its answer, with one provider faulty and both.

    CONCIERGE_DATA_DIR=... python manage.py services start
    python manage.py migrate && python manage.py load_demo
    python -m bench.faults --brand serance [--positions 50] [--beside 25] [--faults cut silent]

Each case is one turn through the product's own journey (search, ladder, adapters, verification),
`--beside` of them at a time. The two providers are local servers; the primary and the second speak
a different format each, in turn.

Prints JSON. For each fault and scope, in seconds from the question: `useful`, when those words
began to show that were never taken back; `whole`, when the answer stood; `search`, before any
provider was asked; and `useful_after_search`, from then. How many answers each rung gave, and the
most upstream calls of a turn. The row "none" is what the same turns take when nothing fails.
`partial_shown_as_whole` counts answers that are not what the same rung says when nothing fails;
`unexpected` those that ended in any other way.
"""

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")

import django

django.setup()

from django.conf import settings

from archive.models import Brand
from archive.viewer import Viewer
from bench.faults.cases import CASE, FAULTS, Case, cases
from bench.faults.providers import CALLS, WORDS
from concierge.answering.answer import answer
from concierge.answering.turn import Delta, Done, Reply, Restart, Turn, Voice
from concierge.llm import ledger
from tests.provider_faults import AT_ONCE

QUESTION = "How is a carré printed?"
ADAPTER = "bench.faults.providers.Played"
MODELS = ("primary", "second")
# What each rung says when nothing befalls it.
HEALTHY = (
    Case(-1, "none", 0, "primary"),
    Case(-2, "html", 0, "primary"),
    Case(-3, "html", 0, "both"),
)
MOST_SECONDS = 120  # of a turn; beyond, it is lost


@dataclass(frozen=True)
class Outcome:
    case: Case
    useful: float
    whole: float
    rung: str
    text: str = ""
    shown: str = ""  # what stood on the page when the answer became whole
    search: float = 0.0


async def turned(turn: Turn) -> tuple[Reply, str, float, float]:
    """The reply, what was shown when it came, and the seconds to useful and to whole."""
    began, shown, useful = time.perf_counter(), "", 0.0
    async for event in answer(turn):
        match event:
            case Delta(words):
                useful = useful if shown else time.perf_counter() - began
                shown += words
            case Restart():
                shown = ""
            case Done(reply):
                return reply, shown, useful, time.perf_counter() - began
    raise RuntimeError("the answer has no end")


async def played(case: Case, turn: Turn, gate: asyncio.Semaphore) -> Outcome:
    async with gate:
        CASE.set(case)
        if case.fault in AT_ONCE:
            await asyncio.sleep(random.uniform(0, 1))
        try:
            async with asyncio.timeout(MOST_SECONDS):
                reply, shown, useful, whole = await turned(turn)
        except Exception as error:  # noqa: BLE001 - what it is, is counted
            return Outcome(case, MOST_SECONDS, MOST_SECONDS, type(error).__name__)
    rung = reply.rung.partition("-")[0]
    search = reply.timings_ms["retrieve"] / 1000
    return Outcome(case, useful, whole, rung, reply.text, shown, search)


def told(found: list[Outcome], healthy: dict[str, str]) -> dict[str, Any]:
    whole = [each for each in found if each.rung in healthy and each.text == healthy[each.rung]]
    partial = [each for each in found if each.rung in healthy and each.text != healthy[each.rung]]
    return {
        "turns": len(found),
        "useful": marks([each.useful for each in found]),
        "whole": marks([each.whole for each in found]),
        "search": marks([each.search for each in found]),
        "useful_after_search": marks([each.useful - each.search for each in found]),
        "rungs": dict(Counter(each.rung for each in found)),
        "most_calls": max(CALLS[each.case.number] for each in found),
        "partial_shown_as_whole": len(partial),
        "left_showing_otherwise": sum(flat(each.shown) != flat(each.text) for each in whole),
        "unexpected": sum(each.rung not in healthy for each in found),
    }


def flat(text: str) -> str:
    return " ".join(text.split())


def marks(values: list[float]) -> dict[str, float]:
    cuts = quantiles(values, n=100, method="inclusive") if len(values) > 1 else values * 99
    return {"p50": round(cuts[49], 2), "p95": round(cuts[94], 2), "max": round(max(values), 2)}


async def run(turn: Turn, every: list[Case], beside: int) -> dict[str, Any]:
    gate = asyncio.Semaphore(beside)
    healthy: dict[str, str] = {}
    for case in HEALTHY:
        each = await played(case, turn, gate)
        healthy[each.rung] = each.text
    if set(healthy) != {*MODELS, "extractive"} or len(healthy["primary"].split()) < WORDS:
        raise SystemExit(f"These answers should have been whole: {healthy}")
    found = await asyncio.gather(*(played(case, turn, gate) for case in every))
    await ledger.settled()
    rows: dict[str, list[Outcome]] = defaultdict(list)
    for each in sorted(found, key=lambda each: each.case.number):
        rows[f"{each.case.fault}, {each.case.scope}"].append(each)
    return {"all": told(list(found), healthy)} | {
        name: told(some, healthy) for name, some in rows.items()
    }


def printed(head: dict[str, Any], rows: dict[str, Any]) -> str:
    """JSON with a line for each row."""
    lines = [json.dumps({name: row}, ensure_ascii=False)[1:-1] for name, row in rows.items()]
    return json.dumps(head)[:-1] + ', "rows": {\n' + ",\n".join(lines) + "\n}}"


@contextmanager
def served(pace: float) -> Iterator[list[str]]:
    """The addresses of both providers."""
    command = [sys.executable, "-m", "bench.faults.providers", str(pace)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as one:
        assert one.stdin
        assert one.stdout
        yield one.stdout.readline().split()
        one.stdin.close()


def main() -> None:
    parser = argparse.ArgumentParser(description="Provider faults x positions x scopes.")
    parser.add_argument("--brand", default="serance")
    parser.add_argument("--positions", type=int, default=50)
    parser.add_argument("--beside", type=int, default=25, help="turns at a time")
    parser.add_argument("--pace", type=float, default=0.03, help="seconds between words")
    parser.add_argument("--faults", nargs="*", choices=[*FAULTS], default=[*FAULTS][1:])
    options = parser.parse_args()
    brand = Brand.objects.get(slug=options.brand)
    voice = Voice(brand.name, brand.language, brand.contact)
    turn = Turn(voice, QUESTION, Viewer.reading(brand.pk))
    every = list(cases(options.faults, options.positions))
    random.Random(5).shuffle(every)
    with served(options.pace) as urls:
        settings.LLM_ORDER = list(MODELS)
        settings.LLM_PROVIDERS = {
            place: {"adapter": ADAPTER, "base_url": url, "model": "0"}
            for place, url in zip(MODELS, urls, strict=True)
        }
        began = time.perf_counter()
        rows = asyncio.run(run(turn, every, options.beside))
    seconds = round(time.perf_counter() - began)
    print(printed({"seconds": seconds, "unit": "s", "beside": options.beside}, rows))


if __name__ == "__main__":
    main()
