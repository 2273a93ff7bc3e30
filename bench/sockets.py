"""An honest page beside a crowd that floods: how long it waits for what it is to be shown.

    python -m bench.sockets [--flooders 300] [--seconds 20]

With the services started and migrated. Works in a database of its own, served by the product's own
web server. Each flooder has a visitor, a conversation and an address of its own, sends frames of
1 KiB as fast as they are taken, and comes back as soon as it is closed; they run in a process of
their own. Every tenth of a second the honest page's conversation is poked, first without them and
then beside them. Prints JSON: milliseconds from the poke to what the page is sent, how often
flooders were closed or refused, and the memory of the web server. The aim is 500 ms at most.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import uuid
from collections import Counter
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")

import django

django.setup()

from django.conf import settings
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from archive.models import Brand
from bench.scratch import scratch
from concierge.chat.ask import Question, accept
from concierge.chat.models import Message
from concierge.chat.stream import poke
from concierge.clients.models import Visitor
from tests.doors.world import session_of
from tests.site import Site

EVERY = 0.1  # seconds between two pokes
PAYLOAD = "x" * 1024
BACK = 0.1  # seconds until a closed flooder comes again

Page = dict[str, str]  # conversation, session and address


def page(brand: Brand, address: str) -> Page:
    visitor = Visitor.objects.create(brand=brand, browser=uuid.uuid4())
    question = Question(uuid.uuid4(), "Who drew the heron?", uuid.uuid4())
    answer, _ = accept(brand, visitor, question)
    Message.objects.filter(pk=answer.pk).update(state=Message.State.COMPLETE)
    return {
        "conversation": str(question.conversation_id),
        "session": session_of(visitor),
        "address": address,
    }


def opened(url: str, of: Page) -> connect:
    cookie = f"{settings.SESSION_COOKIE_NAME}={of['session']}"
    return connect(
        f"{url.replace('http', 'ws')}/ws/conversations/{of['conversation']}/",
        origin=url,  # type: ignore[arg-type]
        additional_headers={"Cookie": cookie, "X-Forwarded-For": of["address"]},
        ping_interval=None,
    )


async def flood(url: str, of: Page, seen: Counter[str], until: float) -> None:
    while perf_counter() < until:
        try:
            async with opened(url, of) as socket:
                seen["opened"] += 1
                while perf_counter() < until:
                    await socket.send(PAYLOAD)
                    seen["frames"] += 1
                    await asyncio.sleep(0)  # so that it hears of its being closed
        except ConnectionClosed as closed:
            seen[f"closed with {closed.rcvd.code if closed.rcvd else 1006}"] += 1
        except (InvalidHandshake, OSError, TimeoutError):
            seen["refused"] += 1
        await asyncio.sleep(BACK)


async def crowd(url: str, pages: list[Page], seconds: float) -> Counter[str]:
    seen: Counter[str] = Counter()
    until = perf_counter() + seconds
    await asyncio.gather(*(flood(url, each, seen, until) for each in pages))
    return seen


async def waits(socket: ClientConnection, of: Page, seconds: float) -> list[float]:
    """Milliseconds from each poke to what the page is sent."""
    found, until = [], perf_counter() + seconds
    while perf_counter() < until:
        begun = perf_counter()
        await poke(uuid.UUID(of["conversation"]), "turn")
        await socket.recv()
        found.append((perf_counter() - begun) * 1000)
        await asyncio.sleep(EVERY)
    return found


async def measured(url: str, honest: Page, flooders: Path, seconds: float) -> dict[str, Any]:
    async with opened(url, honest) as socket:
        await socket.recv()
        alone = await waits(socket, honest, seconds / 2)
        command = [sys.executable, "-m", "bench.sockets", "--crowd", str(flooders)]
        command += ["--url", url, "--seconds", str(seconds)]
        process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
        beside = await waits(socket, honest, seconds)
        told, _ = await process.communicate()
    return {"alone": said(alone), "beside": said(beside), "crowd": json.loads(told)}


def said(waited: list[float]) -> dict[str, float]:
    return {
        "pokes": len(waited),
        "p50_ms": round(median(waited), 1),
        "p95_ms": round(quantiles(waited, n=20)[-1], 1),
        "max_ms": round(max(waited), 1),
    }


def memory_of(pid: int) -> int:
    """MiB that the process holds now."""
    status = Path(f"/proc/{pid}/status").read_text()
    kibibytes = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kibibytes.split()[1]) // 1024


def served(name: str, flooders: int, seconds: float) -> dict[str, Any]:
    brand = Brand.objects.create(slug="house", name="House")
    honest = page(brand, "10.9.9.9")
    pages = [page(brand, f"10.1.{each // 250}.{each % 250 + 1}") for each in range(flooders)]
    address = conninfo_to_dict(settings.DATABASE_URL) | {"dbname": name}
    site = Site(
        {
            "DATABASE_URL": make_conninfo(**address),
            "REDIS_URL": settings.REDIS_URL,
            "CONCIERGE_DATA_DIR": str(settings.DATA_DIR),
        }
    )
    site.start()
    assert site.process
    try:
        with TemporaryDirectory() as folder:
            told = Path(folder) / "pages.json"
            told.write_text(json.dumps(pages))
            before = memory_of(site.process.pid)
            found = asyncio.run(measured(site.url, honest, told, seconds))
            return found | {"server_mib": [before, memory_of(site.process.pid)]}
    finally:
        site.stop()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--flooders", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--crowd", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.crowd:
        pages = json.loads(told.crowd.read_text())
        print(json.dumps(asyncio.run(crowd(told.url, pages, told.seconds))))
        return 0
    with scratch() as name:
        print(json.dumps(served(name, told.flooders, told.seconds), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
