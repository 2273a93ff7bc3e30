"""Every attack there is: payloads at every boundary, in a browser, and orders before an obedient
model. With the services started and migrated:

    python -m bench.attack [--every 1] [--without browser|orders|payloads]

Works in a database of its own, made on the same server and dropped afterwards. `--every 4` takes
one order in four. Prints JSON: what was tried, and the faults by kind; none is the aim.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")

import django

django.setup()

from django.conf import settings
from django.test.utils import setup_databases, setup_test_environment, teardown_databases

from archive.models import Brand
from tests.attack import orders
from tests.attack.besieged import Street
from tests.attack.corpus import corpus
from tests.attack.grammar import balanced, foreign, shown
from tests.attack.siege import Siege, attacks
from tests.attack.watch import tables
from tests.fake_provider import FakeProvider

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


@contextmanager
def scratch() -> Iterator[None]:
    """A database of this run's own. What Redis holds of it expires by itself."""
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    yield
    teardown_databases(databases, verbosity=0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="orders of which one is tried")
    parser.add_argument("--without", action="append", choices=PARTS, default=[])
    asked = parser.parse_args()
    report: dict[str, Any] = {}
    began = perf_counter()
    if "payloads" not in asked.without:
        report["payloads"] = payloads()
    with tempfile.TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = Path(folder) / "media"
        if "orders" not in asked.without:
            with scratch():
                report["orders"] = siege(asked.every, Path(folder))
    report["seconds"] = round(perf_counter() - began)
    json.dump(report, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
