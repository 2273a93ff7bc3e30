"""Whether streams survive: lines cut at random bytes, web processes and Redis killed in mid-answer.

    python -m bench.streams --parts cut kill redis postgres

Starts the product in a data directory of its own (`var/bench-streams`, or CONCIERGE_DATA_DIR) with
a local model of fixed speed; visitors behave as the page's script does. Each visit is held against
its rows and against the numbered events of its answer. Prints JSON:

- `lost`: an acknowledged question without a row; `doubled`: one with two;
- `unended`: a page that did not reach an end; `open`: a row that did not;
- `unequal`: a page whose last words are not byte for byte what the row renders to;
- `misread`: a page that was ever shown something else than the numbered events give at its number;
- `resume_s`: from the loss of a connection to standing at least where one stood;
- `kill_to_end_s`: from a kill to the end of an answer that another process had to take up.

`--seconds` bounds each part; how many kills or cuts it came to is told.
"""

import argparse
import asyncio
import json
import os
import time
from pathlib import Path

os.environ.setdefault(
    "CONCIERGE_DATA_DIR", str(Path(__file__).resolve().parents[2] / "var" / "bench-streams")
)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")

import django

django.setup()

from bench.streams import parts
from bench.streams.product import Product

PARTS = {
    "cut": (parts.cut, 2000, 1),
    "kill": (parts.kill, 200, 2),
    "redis": (parts.redis, 50, 1),
    "postgres": (parts.postgres, 10, 1),
}


def measured(name: str, options: argparse.Namespace) -> dict[str, object]:
    part, times, webs = PARTS[name]
    product = Product(webs, options.pace)
    began = time.monotonic()
    try:
        product.start()
        ran = part(product, options.times or times, options.width, options.seconds)
        found = asyncio.run(ran)
    finally:
        product.stop()
    return {"part": name, "minutes": round((time.monotonic() - began) / 60, 1), **found}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--times", type=int, help="answers cut, or kills; else the full count")
    parser.add_argument("--width", type=int, default=16, help="visitors at any time")
    parser.add_argument("--pace", type=float, default=0.03, help="seconds between two words")
    parser.add_argument("--seconds", type=float, default=1800, help="at most, for each part")
    options = parser.parse_args()
    for name in options.parts:
        print(json.dumps(measured(name, options), indent=2), flush=True)


if __name__ == "__main__":
    main()
