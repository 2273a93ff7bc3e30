"""Every attack there is: payloads at every boundary, in a browser, and orders before an obedient
model. With the services started and migrated:

    python -m bench.attack [--every 1] [--steps N] [--without browser|orders|payloads]

Works in a database of its own, made on the same server and dropped afterwards. `--every 4` takes
one order in four; `--steps 5` shows each payload in the browser at five places instead of all.
Prints JSON: what was tried, and the faults by kind; none is the aim.
"""

import argparse
import asyncio
import json
import os
import shutil
import sys
import tempfile
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")

import django

django.setup()

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.test.utils import setup_test_environment
from playwright.async_api import async_playwright
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from archive.models import Brand
from bench.scratch import scratch
from concierge.chat.ask import Question, accept
from concierge.chat.hold import claim
from concierge.chat.models import Message
from concierge.clients.models import Visitor
from concierge.clients.visitors import KEY
from tests.attack import orders
from tests.attack.besieged import Street
from tests.attack.corpus import corpus
from tests.attack.grammar import balanced, foreign, shown
from tests.attack.screen import WATCH, Screen
from tests.attack.siege import Siege, attacks
from tests.attack.watch import tables
from tests.browser.conftest import FLAGS, NAMES, Site, opened
from tests.fake_provider import FakeProvider

NEVER = datetime(2099, 1, 1, tzinfo=UTC)
PARTS = ("payloads", "orders", "browser")


def payloads() -> dict[str, Any]:
    """Every payload, rendered at every boundary."""
    kinds: Counter[str] = Counter()
    states = faults = 0
    for payload in corpus():
        kinds[payload.kind] += 1
        found = shown(payload)
        states += len(found)
        faults += sum(bool(foreign(html)) or not balanced(html) for html in found)
    return {"payloads": kinds.total(), "by_kind": dict(kinds), "states": states, "faults": faults}


def siege(every: int, folder: Path) -> dict[str, Any]:
    """The orders of the house and of the public collection, where that lies beside the checkout."""
    planted = [*orders.ORDERS, *(orders.shared() if orders.SHARED.exists() else ())]
    brands = [Brand.objects.create(slug=name, name=f"Maison {name}") for name in ("a", "b", "c")]
    street = Street.of(brands, folder, planted, every)
    street.build()
    before = tables()
    with FakeProvider() as provider, reached(provider):
        laid = Siege(street, provider)
        asyncio.run(laid.lay(list(attacks(street))))
    after = tables()
    changed = [name for name, digest in after.items() if before.get(name) != digest]
    faulty = [
        {"place": each.attack.place, "order": each.attack.orders[0].text, **each.faults}
        for each in laid.outcomes
        if each.faults
    ]
    return {"orders": len(street.orders), **laid.counts(), "changed": changed, "faulty": faulty}


def browser(many: int | None) -> dict[str, Any]:
    """Every payload grows in Chromium, by the product's own stream, under its policy."""
    brand = Brand.objects.create(slug="maison", name="Maison")
    person = Visitor.objects.create(brand=brand, browser=uuid.uuid4())
    row, _ = accept(brand, person, Question(uuid.uuid4(), "Who drew it?", uuid.uuid4()))
    held = claim(row.pk)
    assert held is not None
    Message.objects.filter(pk=held.pk).update(lease_until=NEVER)
    session = SessionStore()
    session[KEY] = str(person.browser)
    session.save()
    site = Site(surroundings())
    site.start()
    try:
        screen = asyncio.run(watched(site, held, str(session.session_key), many))
    finally:
        site.stop()
    faults = Counter(fault.split()[0] for fault in screen.faults)
    return {"payloads": len(corpus()), "states": screen.shown, "faults": dict(faults)}


async def watched(site: Site, held: Message, key: str, many: int | None) -> Screen:
    path = next(found for name in NAMES if (found := shutil.which(name)))
    async with async_playwright() as playwright:
        chrome = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        visit = await opened(chrome)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site.url}
        await visit.add_cookies([cookie])
        page = await visit.new_page()
        await page.goto(f"{site.url}/maison/conversations/{held.conversation_id}/")
        await page.wait_for_selector(".words", state="attached")
        screen = Screen(page)
        screen.watch()
        await page.evaluate(WATCH)
        await screen.grow(held, corpus(), many)
        await chrome.close()
    return screen


def surroundings() -> dict[str, str]:
    """The environment in which the product serves this run's database."""
    words = conninfo_to_dict(settings.DATABASE_URL)
    words["dbname"] = settings.DATABASES["default"]["NAME"]
    return {
        "DATABASE_URL": make_conninfo("", **words),
        "REDIS_URL": settings.REDIS_URL,
        "CONCIERGE_DATA_DIR": str(settings.DATA_DIR),
        "LLM_ORDER": "",
    }


@contextmanager
def reached(provider: FakeProvider) -> Iterator[None]:
    """The house's only model is the obedient one."""
    own = settings.LLM_ORDER, settings.LLM_PROVIDERS
    settings.LLM_ORDER = ["openai"]
    settings.LLM_PROVIDERS = {
        "openai": {
            "adapter": "concierge.llm.openai.OpenAI",
            "api_key": "a-key",
            "base_url": provider.openai_url,
            "model": "gpt-5-mini",
            "api": "chat",
        }
    }
    yield
    settings.LLM_ORDER, settings.LLM_PROVIDERS = own


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="orders of which one is tried")
    parser.add_argument("--steps", type=int, help="in which a payload grows in the browser")
    parser.add_argument("--without", action="append", choices=PARTS, default=[])
    asked = parser.parse_args()
    setup_test_environment()
    report: dict[str, Any] = {}
    began = perf_counter()
    if "payloads" not in asked.without:
        report["payloads"] = payloads()
    with tempfile.TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = Path(folder) / "media"
        if "orders" not in asked.without:
            with scratch():
                report["orders"] = siege(asked.every, Path(folder))
    if "browser" not in asked.without:
        with scratch():
            report["browser"] = browser(asked.steps)
    report["seconds"] = round(perf_counter() - began)
    json.dump(report, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
