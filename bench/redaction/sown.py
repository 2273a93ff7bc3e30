"""Identifiers sown into real turns, and where they come up: nowhere, if all is well.

    python -m bench.redaction.sown [--seeds 5000]

Messages of ten identifiers each are asked of a house of its own, with a model that repeats what it
was asked and fails in every other way, and an embedder elsewhere, both on this machine. Prints
JSON: what came up by place, and how many characters of each place were looked through.
"""

import argparse
import asyncio
import json
import os
import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")

import django

django.setup()

from django.conf import settings
from django.test import Client

from archive.embedding.choice import searching_with
from archive.embedding.openai_compatible import Endpoint, OpenAICompatible
from archive.models import Brand
from archive.threads import in_thread
from archive.wall.scope import EVERYTHING, set_for_process
from catalog.embed import embed_missing
from catalog.models import Product, Variant
from catalog.search import refresh
from concierge.chat.ask import Question, accept
from concierge.chat.write import drain, write
from concierge.clients.consent import give
from concierge.clients.models import Purpose, Visitor
from tests.embedding_endpoint import EmbeddingEndpoint
from tests.fake_provider import FakeProvider, Script
from tests.seeds import (
    LogWatch,
    Sown,
    last_message,
    look_at_requests,
    look_into_redis,
    messages,
    seeds,
)

FAULTS = ("", "", "cut", "", "html", "", "declined", "", "drop", "")
TALK = 6  # messages of one conversation
PAGES = ("/{0}/", "/sown/{0}/", "/sown/?q={0}", "/ws/conversations/{0}/", "/staff/{0}/")
PATIENCE = 20.0  # seconds for what is written after an answer


@contextmanager
def house() -> Iterator[Brand]:
    Brand.objects.filter(slug="sown").delete()
    brand = Brand.objects.create(slug="sown", name="Sown", language="en")
    product = Product.objects.create(brand=brand, key="square", title="The Kingfisher square")
    Variant.objects.create(
        product=product, key="blue", price=390, currency="EUR", availability="in_stock"
    )
    embed_missing(brand)
    refresh(brand.pk)
    try:
        yield brand
    finally:
        brand.delete()


def asked(brand: Brand, visitor: Visitor, text: str, talk: uuid.UUID) -> int:
    return accept(brand, visitor, Question(talk, text, uuid.uuid4()))[0].pk


async def turns(brand: Brand, visitor: Visitor, sown: Sown, provider: FakeProvider) -> int:
    number = 0
    for number, text in enumerate(messages(sown)):
        if number % TALK == 0:
            talk = uuid.uuid4()
        provider.scripts.clear()
        fault = FAULTS[number % len(FAULTS)]
        provider.will(*[Script(text=last_message, fault=fault, after=3)] * 2)
        await write(await in_thread(asked)(brand, visitor, text, talk))
        look_at_requests(sown, provider.requests)
        provider.requests.clear()
    await drain(PATIENCE)
    look_at_requests(sown, provider.requests)
    return number + 1


def pages(sown: Sown) -> None:
    for number, seed in enumerate(sown.seeds):
        browser = Client(raise_request_exception=False, SERVER_NAME="localhost")
        response = browser.get(PAGES[number % len(PAGES)].format(seed.value))
        if response.status_code >= 400:
            sown.look("error page", response.content.decode(errors="replace"))


def measured(count: int) -> dict[str, object]:
    sown = Sown(seeds(count, random.Random(11)))
    settings.DEBUG = False
    with EmbeddingEndpoint() as endpoint, FakeProvider() as provider:
        settings.LLM_ORDER = ["openai"]
        settings.LLM_PROVIDERS = {
            "openai": {
                "adapter": "concierge.llm.openai.OpenAI",
                "api_key": "a-key",
                "base_url": provider.openai_url,
                "model": "gpt-5-mini",
            }
        }
        embedder = OpenAICompatible("small", Endpoint(endpoint.url, "a-key"))
        with searching_with(embedder), house() as brand, LogWatch(sown):
            visitor = Visitor.objects.create(brand=brand, browser=uuid.uuid4())
            give(visitor, Purpose.SERVE, language="en", place="bench")
            asked_in_all = asyncio.run(turns(brand, visitor, sown, provider))
            sown.look("embedder", "\n".join(endpoint.texts))
            pages(sown)
            look_into_redis(sown)
    return {
        "identifiers": count,
        "turns": asked_in_all,
        "found": sown.leaks.total(),
        "found_by_place": dict(sown.leaks),
        "first_found": sown.shown[:10],
        "characters_looked_through": dict(sown.looked),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Identifiers sown into real turns.")
    parser.add_argument("--seeds", type=int, default=5000)
    options = parser.parse_args()
    set_for_process(EVERYTHING)
    print(json.dumps(measured(options.seeds), indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
