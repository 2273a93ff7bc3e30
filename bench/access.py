"""Who may see what, at size: no foreign row anywhere, and no audience's nearest rows missed.

Passages that each hold a seal, a word no question asks for, are dealt to two brands and to every
audience and state (`tests/canaries.py`). Viewers of six sets of audiences in each brand ask for
what they mostly may not read. With the services started and migrated:

    python -m bench.access --passages 20000 --questions 5000

Every text is embedded by the house's model, which takes minutes; with `--drawn 600` only 600 are,
and the passages' vectors lie around theirs. The brands are kept and used again. Prints JSON: the
foreign seals by place, and for every viewer recall@10 against a matrix product over the vectors
they may see: as the product searches, with an index forced for every audience, and by a plain
filter behind one index over everything.
"""

import argparse
import asyncio
import json
import os
import random
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import mean, median
from time import perf_counter
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")
django.setup()

import numpy as np
from django.conf import settings
from django.db import connection, transaction
from pgvector import Vector

from archive import meaning
from archive.door import Door
from archive.embedding import current_embedder
from archive.embedding.index import drop_indexes, ensure_index
from archive.meaning import Question
from archive.models import Brand, Passage, PassageEmbedding
from archive.search import refresh, search_passages
from archive.threads import in_thread
from archive.viewer import Viewer
from archive.wall.owner import as_owner
from catalog.models import Product
from catalog.search import refresh as refresh_products
from concierge.answering.ladder import climb
from concierge.answering.retrieve import retrieve
from concierge.answering.turn import Done, Turn, Voice
from concierge.answering.understand import understand
from concierge.chat.ask import Question as Asked
from concierge.chat.ask import accept
from concierge.chat.write import write
from tests.canaries import (
    Canary,
    LogWatch,
    Watch,
    as_text,
    blabbed,
    drawn,
    everything_in_redis,
    hatched,
    put_on_sale,
    really,
    release,
    sets_of,
)
from tests.fake_provider import FakeProvider, Script

TOP = 10
SEED = 11
SHARED = "bench_one_index"
MAKE_SHARED = f"""
    CREATE INDEX IF NOT EXISTS {SHARED} ON archive_passageembedding
    USING hnsw ((vector::vector(384)) vector_cosine_ops)
"""
FILTERED = """
    SELECT passage_id FROM archive_passageembedding
    WHERE brand_id = %s AND audience = ANY(%s) AND model = %s AND passage_id IN ({visible})
    ORDER BY vector::vector(384) <=> %s::vector(384) LIMIT %s
"""
# The plainest way is to ask the one index; planners that would rather sort all rows are overruled.
BY_INDEX = "SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off"

Ranking = Callable[[Viewer, Question], list[int]]


@dataclass
class House:
    """The brands, what was written into them, and who asks."""

    brands: list[Brand]
    passages: dict[int, Canary]  # by the passage's key
    products: dict[int, Canary]
    watch: Watch
    chance: random.Random

    @property
    def viewers(self) -> list[Viewer]:
        return sets_of(self.brands)

    def questions(self, count: int) -> Iterator[tuple[Viewer, str]]:
        """In turn: what the viewer may not read, in its own words, as a question, by its name."""
        everything = [*self.passages.values(), *self.products.values()]
        foreign = {v: [each for each in everything if not each.is_for(v)] for v in self.viewers}
        for number in range(count):
            viewer = self.viewers[number % len(self.viewers)]
            sought = self.chance.choice(foreign[viewer])
            yield viewer, sought.questions()[number // len(self.viewers) % 3]


def opened(count: int, kinds: int) -> House:
    """The house with `count` passages, made now or by an earlier run.

    Their vectors are their own, or drawn around those of `kinds` texts.
    """
    slugs = [f"canary-{count}-{kinds}-{letter}" for letter in "ab"]
    brands = [
        Brand.objects.get_or_create(slug=slug, defaults={"name": slug, "public": False})[0]
        for slug in slugs
    ]
    passages = hatched(brands, count, random.Random(SEED))
    products = hatched(brands, count // 40, random.Random(SEED + 1))
    if not Passage.objects.filter(brand__in=brands).exists():
        embed = drawn(SEED, kinds) if kinds else really
        with transaction.atomic():
            release(passages, embed)
            put_on_sale(products, embed)
            for brand in brands:
                refresh(brand.pk)
                refresh_products(brand.pk)
    by_seal = {each.seal: each for each in (*passages, *products)}
    rows = Passage.objects.filter(brand__in=brands).values_list("pk", "document__key")
    pieces = Product.objects.filter(brand__in=brands).values_list("pk", "key")
    return House(
        brands=brands,
        passages={key: by_seal[seal] for key, seal in rows},
        products={key: by_seal[seal] for key, seal in pieces},
        watch=Watch(by_seal),
        chance=random.Random(SEED + 2),
    )


class Exact:
    """The nearest rows by a matrix product over what each viewer may see, told by the canaries."""

    def __init__(self, house: House) -> None:
        rows = PassageEmbedding.objects.filter(passage__in=list(house.passages)).order_by("pk")
        pairs = list(rows.values_list("passage_id", "vector"))
        self.keys = np.array([key for key, _ in pairs])
        self.vectors = np.stack([vector for _, vector in pairs])
        self.may = {
            viewer: np.array([house.passages[key].is_for(viewer) for key in self.keys])
            for viewer in house.viewers
        }

    def nearest(self, viewer: Viewer, question: Question) -> set[int]:
        """The keys of all that are at least as near as the tenth."""
        cosines = self.vectors @ question.vector
        cosines[~self.may[viewer]] = -1.0
        tenth = max(float(np.sort(cosines)[-TOP]), -0.99)  # of fewer than ten all are wanted
        return set(self.keys[cosines >= tenth - 1e-6].tolist())


def as_product(viewer: Viewer, question: Question) -> list[int]:
    visible = Passage.objects.visible_to(viewer)
    return list(question.best(Door.of(visible), viewer, TOP, sys.maxsize))


def behind_one_index(viewer: Viewer, question: Question) -> list[int]:
    """What a plain filter gives behind one index: the usual settings, nothing iterative."""
    visible, within = (
        Passage.objects.visible_to(viewer).order_by().values("pk").query.sql_with_params()
    )
    statement = FILTERED.replace("{visible}", visible)
    before = [viewer.brand_id, sorted(viewer.audiences), question.model]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BY_INDEX)
        cursor.execute(statement, [*before, *within, Vector(question.vector).to_text(), TOP])
        return [key for (key,) in cursor.fetchall()]


@contextmanager
def one_index() -> Iterator[None]:
    drop_indexes(current_embedder().model)
    by_owner(MAKE_SHARED)
    try:
        yield
    finally:
        by_owner(f"DROP INDEX {SHARED}")


@as_owner()
def by_owner(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def an_index_each() -> Iterator[None]:
    embedder = current_embedder()
    ensure_index(embedder.model, embedder.dimensions, above=0)
    try:
        yield
    finally:
        drop_indexes(embedder.model)


def recalls(house: House, exact: Exact, each: int) -> list[dict[str, Any]]:
    """One row a viewer: recall@10 and milliseconds, by every way."""
    texts = [
        house.chance.choice([*house.passages.values()]).questions()[n % 2] for n in range(each)
    ]
    questions = [question for text in texts if (question := Question.embedded(text))]
    told: list[dict[str, Any]] = [
        {
            "brand": viewer.brand_id - house.brands[0].pk + 1,
            "audiences": sorted(viewer.audiences),
            "rows": int(exact.may[viewer].sum()),
        }
        for viewer in house.viewers
    ]
    ways: list[tuple[str, Ranking, Any]] = [
        ("one_index_and_a_filter", behind_one_index, one_index),
        ("all_compared", as_product, no_index),
        ("an_index_each", as_product, an_index_each),
    ]
    for name, rank, indexes in ways:
        with indexes():
            for row, viewer in zip(told, house.viewers, strict=True):
                row[name] = recall(exact, viewer, questions, rank)
    return told


@contextmanager
def no_index() -> Iterator[None]:
    drop_indexes(current_embedder().model)
    yield


def recall(
    exact: Exact, viewer: Viewer, questions: list[Question], rank: Ranking
) -> dict[str, float]:
    shares, times = [], []
    for question in questions:
        nearest = exact.nearest(viewer, question)
        began = perf_counter()
        found = rank(viewer, question)
        times.append((perf_counter() - began) * 1000)
        shares.append(len(nearest & set(found)) / min(TOP, len(nearest)))
    return {
        "recall@10": round(mean(shares), 4),
        "lowest": round(min(shares), 2),
        "p50_ms": round(median(times), 1),
    }


def foreign_hits(house: House, questions: list[tuple[Viewer, str]]) -> dict[str, int]:
    """How many hits there were, and how many of them their viewer may not see."""
    hits = foreign = 0
    for viewer, query in questions:
        for hit in search_passages(viewer, query, TOP):
            hits += 1
            foreign += not house.passages[hit.passage_id].is_for(viewer)
    return {"hits": hits, "foreign": foreign}


async def answered(
    house: House, questions: list[tuple[Viewer, str]], provider: FakeProvider
) -> int:
    """Look at all that is made of each question: evidence, prompt, reply; how many prompts."""
    prompts = 0
    for viewer, query in questions:
        turn = Turn(Voice("Maison"), query, viewer)
        evidence = await retrieve(turn, understand(turn))
        house.watch.look("evidence", as_text(evidence), viewer)
        async for event in climb(turn, evidence):
            if isinstance(event, Done):
                house.watch.look("reply", event.reply.text, viewer)
                house.watch.look("citations", as_text(event.reply.citations), viewer)
        for received in provider.requests:
            prompts += 1
            house.watch.look("prompt", as_text(received.body), viewer)
        provider.requests.clear()
    return prompts


async def talked(house: House, count: int) -> int:
    """Ask `count` questions by the way of the chat and look at what that leaves in Redis.

    Gives how many keys there are that were not there before.
    """
    before = {key for key, _ in everything_in_redis()}
    readers: dict[str, Viewer] = {}
    ladders = [v for v in house.viewers if "public" in v.audiences]
    for number in range(count):
        viewer = ladders[number % len(ladders)]
        brand = next(each for each in house.brands if each.pk == viewer.brand_id)
        widest = ("public", "client", "advisor", "atelier")[len(viewer.audiences) - 1]
        sought = house.chance.choice([*house.passages.values()]).questions()[number % 3]
        asked = Asked(uuid.uuid4(), sought, uuid.uuid4(), widest)
        answering, _ = await in_thread(accept)(brand, None, asked)
        await write(answering.pk)
        readers[f"answer:{answering.pk}"] = viewer
    left = [each for each in everything_in_redis() if each[0] not in before]
    for key, value in left:
        house.watch.look("redis", f"{key} {value}", readers.get(key.rpartition(":")[0]))
    return len(left)


@contextmanager
def only_model() -> Iterator[FakeProvider]:
    """The house's only model, on this machine; it tells every seal it is shown."""
    with FakeProvider() as provider:
        provider.otherwise = Script(blabbed)
        settings.LLM_ORDER = ["openai"]
        settings.LLM_PROVIDERS["openai"] |= {
            "api_key": "a-key", "base_url": provider.openai_url, "model": "m", "api": "chat",
        }  # fmt: skip
        yield provider


def measured(house: House, count: int, each: int) -> dict[str, Any]:
    """Searched with every vector compared, answered with an index for every audience."""
    questions = list(house.questions(count))
    with only_model() as provider, LogWatch(house.watch) as log:
        hits = foreign_hits(house, questions)
        meaning.EXACT = -1  # the house is small: have its indexes asked all the same
        with an_index_each():
            prompts = asyncio.run(answered(house, questions, provider))
            keys = asyncio.run(talked(house, count // 25))
    return {
        "passages": len(house.passages),
        "products": len(house.products),
        "questions": count,
        "hits": hits,
        "prompts": prompts,
        "log_lines": log.lines,
        "redis_keys": keys,
        "foreign_seals": {place: len(seals) for place, seals in house.watch.leaks.items()},
        "own_seals": house.watch.seen,
        "recall": recalls(house, Exact(house), each) if each else [],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Foreign rows, and recall in every audience.")
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--questions", type=int, default=5_000)
    parser.add_argument("--recall", type=int, default=100, help="questions a viewer; 0 for none")
    parser.add_argument("--drawn", type=int, default=0, help="texts embedded; 0 for every one")
    options = parser.parse_args()
    house = opened(options.passages, options.drawn)
    print(json.dumps(measured(house, options.questions, options.recall), indent=2))


if __name__ == "__main__":
    main()
