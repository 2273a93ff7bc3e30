"""What a visitor waits for, and what a process holds, beside a Chainlit app.

Both stand before the same provider of fixed speed, on the same machine, one after the other in the
same run: `--first` seconds to its first word, `--pace` words a second, `--words` an answer. A
conversation is a browser's: the page, the question, the socket, the answer to its end, and
`--think` seconds of reading; with 0 of them every conversation is being answered all the time. The
product runs as `make run` runs it, with retrieval, checks and rows; the Chainlit app sends the
question on and streams what comes.

    python -m bench.answering --seconds 15

Prints JSON. `lost` counts answers that did not end, whose events came out of order or in part, or
that a page loaded again shows otherwise. CONCIERGE_DATA_DIR holds the demo house between runs, and
Chainlit's environment.
"""

import argparse
import asyncio
import json
import os
import signal
import sys
from functools import partial
from itertools import product
from pathlib import Path

from bench.answering import serve
from bench.answering.measure import conversing, idling
from bench.answering.serve import Server
from bench.answering.visit import ChainlitClient, Client


async def measured(
    visitor: type[Client | ChainlitClient],
    server: Server,
    provider: str,
    options: argparse.Namespace,
) -> dict[str, object]:
    meet = partial(visitor, server.url)
    await conversing(meet, server, provider, 2, (0, 0, 3))  # what is made on first use is made
    base = server.memory
    idle = await idling(meet, server, options.idle, options.hold) if options.idle else {}
    found = []
    for at_once, think in product(options.at_once, options.think):
        warm = options.words / options.pace + 1 + think if at_once > 1 else 0
        seconds = (think if at_once > 1 else 0, warm, options.seconds)
        run = await conversing(meet, server, provider, at_once, seconds)
        say(visitor.__name__, at_once, think, run)
        run["mb_a_conversation"] = round((run["memory_mb"] - base) / at_once, 2)  # type: ignore[operator]
        found.append(run)
    return {"memory_mb": round(base, 1), "idle": idle, "runs": found}


def say(name: str, at_once: int, think: float, run: dict[str, object]) -> None:
    """A line while the bench runs, which takes minutes."""
    told = {each: run[each] for each in ("answers", "lost", "server_ms_an_answer", "load_average")}
    print(f"{name}, {at_once} at once, thinking {think} s: {told}", file=sys.stderr, flush=True)


def ratios(ours: dict, theirs: dict) -> list[dict[str, object]]:
    """Theirs over ours for waiting, ours over theirs for words: above 1 is in our favour."""
    return [
        {
            "conversations": one["conversations"],
            "think_s": one["think_s"],
            "first_words_p95": ratio(other["first_words_ms"]["p95"], one["first_words_ms"]["p95"]),
            "words_a_second": ratio(one["words_a_second"], other["words_a_second"]),
            "words_a_core_second": ratio(
                one["words_a_second"] / (one["server_cores"] or 1),
                other["words_a_second"] / (other["server_cores"] or 1),
            ),
        }
        for one, other in zip(ours["runs"], theirs["runs"], strict=True)
    ]


def ratio(one: float, other: float) -> float | None:
    return round(one / other, 2) if other else None


def run(options: argparse.Namespace) -> dict[str, object]:
    data_dir = Path(os.environ.get("CONCIERGE_DATA_DIR") or serve.ROOT / "var" / "bench").resolve()
    data_dir.mkdir(parents=True, exist_ok=True)
    speed = (options.first, options.pace, options.words)
    found: dict[str, object] = {"cores": os.cpu_count(), "load_before": os.getloadavg()[0]}
    with serve.provider(data_dir, *speed) as url:
        if "concierge" in options.sides:
            with serve.product(data_dir, url) as server:
                found["concierge"] = asyncio.run(measured(Client, server, url, options))
        if "chainlit" in options.sides:
            with serve.chainlit(data_dir, url) as server:
                found["chainlit"] = asyncio.run(measured(ChainlitClient, server, url, options))
    if {"concierge", "chainlit"} <= set(found):
        found["ratios"] = ratios(found["concierge"], found["chainlit"])  # type: ignore[arg-type]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Many conversations at once, beside Chainlit.")
    parser.add_argument("--at-once", type=int, nargs="*", default=[1, 50, 200])
    parser.add_argument("--seconds", type=float, default=15, help="measured, after a warm-up")
    parser.add_argument("--think", type=float, nargs="*", default=[0, 20], help="after an answer")
    parser.add_argument("--idle", type=int, default=1000, help="sockets held")
    parser.add_argument("--hold", type=float, default=30, help="seconds they are held")
    parser.add_argument("--first", type=float, default=0.3, help="the provider's, in seconds")
    parser.add_argument("--pace", type=float, default=30, help="its words a second")
    parser.add_argument("--words", type=int, default=200, help="of its answers")
    parser.add_argument("--sides", nargs="*", default=["concierge", "chainlit"])
    options = parser.parse_args()
    # Whoever ends the bench ends with it what it has started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    print(json.dumps(run(options), indent=2))


if __name__ == "__main__":
    main()
