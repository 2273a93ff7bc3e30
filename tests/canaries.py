"""Canaries: passages that each hold a seal, a word no question asks for, to see where it ends up.

Every question is made of a passage's other words, up to the whole of them, by a viewer who mostly
may not read it; a seal of a passage that the viewer may not read is then a leak wherever it shows.
"""

import json
import logging
import random
import re
import string
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import numpy as np
import redis
from django.conf import settings
from django.utils import timezone

from archive.embedding import current_embedder
from archive.models import Brand, Document, DocumentVersion, Passage, PassageEmbedding
from archive.viewer import Audience, Viewer
from catalog.models import Product, ProductEmbedding, Variant
from concierge.operations.logs import JsonFormatter

SEAL = re.compile(r"zx[a-z]{8}q")
SOURCE = re.compile(r'<source number="(\d+)"[^<]*(Its seal is zx[a-z]{8}q)')
BATCH = 500  # rows written at a time
HOUR, DECADE = timedelta(hours=1), timedelta(days=3650)
# Share of the passages: the atelier has one in a hundred.
SHARES = {"public": 70, "client": 20, "advisor": 9, "atelier": 1}
# What a viewer may be given to read, the widest and the narrowest among it.
SETS = (
    frozenset({"public"}),
    frozenset({"public", "client"}),
    frozenset({"public", "client", "advisor"}),
    frozenset(Audience.values),
    frozenset({"advisor"}),
    frozenset({"atelier"}),
)
# One passage in five is not to be seen by anyone; the last two open states once were, or will be.
STATES = (
    *("open",) * 12,
    *("embargo over", "rights held") * 2,
    *("embargoed", "rights expired", "draft", "withdrawn"),
)
HIDDEN = frozenset({"embargoed", "rights expired", "draft", "withdrawn"})
YEARS = range(1890, 2020)
WHO = ("the dyer", "Ottoline Vane", "the night porter", "a glove cutter", "the third director")
DID = ("hid", "wrote down", "burned", "sold", "found again", "drew", "forbade", "copied by hand")
WHAT = (
    "the recipe for walnut black", "a price list for the opera", "the heron's pear wood block",
    "the letter about the iris field", "the pattern of the winter coat", "nine colours of silk",
    "the ledger of the Lyon shop", "a flask of orris", "the plan of the workshop", "the seal",
)  # fmt: skip
WHERE = ("in the blue cabinet", "at Pérouges", "under the stairs", "in Tokyo", "behind the loom")


@dataclass(frozen=True, slots=True)
class Canary:
    """One passage or product. `asked` is its text without the seal, `name` a word of its own."""

    brand_id: int
    audience: str
    state: str
    asked: str
    name: str
    seal: str

    @property
    def text(self) -> str:
        return f"{self.asked} Its seal is {self.seal}."

    def is_for(self, viewer: Viewer) -> bool:
        """Whether `viewer` may read it, worked out without the product."""
        return (
            self.brand_id == viewer.brand_id
            and self.audience in viewer.audiences
            and self.state not in HIDDEN
        )

    def questions(self) -> tuple[str, str, str]:
        """The text itself, a question for it, and its name alone."""
        return self.asked, f"What do you know about {self.name}?", self.name

    @property
    def door(self) -> dict[str, Any]:
        """The fields of a document that hold it in its state."""
        before, after = timezone.now() - HOUR, timezone.now() + DECADE
        return {"audience": self.audience, "status": "published"} | {
            "embargoed": {"embargo_until": after},
            "embargo over": {"embargo_until": before},
            "rights expired": {"rights_until": before},
            "rights held": {"rights_until": after},
            "draft": {"status": "draft"},
            "withdrawn": {"status": "withdrawn"},
        }.get(self.state, {})


def hatched(brands: Sequence[Brand], count: int, chance: random.Random) -> list[Canary]:
    """`count` canaries, dealt to the brands in turn; the states run through every audience."""
    audiences = [audience for audience, share in SHARES.items() for _ in range(share)]
    return [
        Canary(
            brand_id=brands[number % len(brands)].pk,
            audience=audiences[number // len(brands) % len(audiences)],
            state=chance.choice(STATES),
            asked=f"In {chance.choice(YEARS)} {chance.choice(WHO)} {chance.choice(DID)} "
            f"{chance.choice(WHAT)} {chance.choice(WHERE)}, known in the house as {name}.",
            name=name,
            seal=f"zx{letters(chance)}q",
        )
        for number in range(count)
        for name in [f"{letters(chance)}ine"]
    ]


def letters(chance: random.Random) -> str:
    return "".join(chance.choices(string.ascii_lowercase, k=8))


Embed = Callable[[list[str]], Any]  # a unit row for each text


def release(canaries: Sequence[Canary], embed: Embed) -> dict[int, Canary]:
    """Write each as a document of one passage with its vector; by the passage's key."""
    written: dict[int, Canary] = {}
    for batch in batches(canaries):
        documents = Document.objects.bulk_create(
            Document(
                brand_id=each.brand_id, key=each.seal, title=each.name, language="en", **each.door
            )
            for each in batch
        )
        pairs = list(zip(batch, documents, strict=True))
        versions = DocumentVersion.objects.bulk_create(
            DocumentVersion(document=document, number=1, text=each.text) for each, document in pairs
        )
        passages = Passage.objects.bulk_create(
            Passage(
                brand_id=each.brand_id, document=document, version=version, number=0, start=0,
                end=len(each.text), text=each.text, title=each.name, language="en",
                words=len(each.text.split()),
            )
            for (each, document), version in zip(pairs, versions, strict=True)
        )  # fmt: skip
        write_vectors(PassageEmbedding, "passage", passages, embed([each.text for each in batch]))
        written |= {row.pk: each for row, each in zip(passages, batch, strict=True)}
    return written


def put_on_sale(canaries: Sequence[Canary], embed: Embed) -> dict[int, Canary]:
    """Write each as a product; by the product's key. Rights are a document's alone."""
    sold = [each for each in canaries if each.state not in {"rights expired", "rights held"}]
    products = Product.objects.bulk_create(
        Product(
            brand_id=each.brand_id, key=each.seal, title=f"Scarf {each.name}", language="en",
            description=each.text, details=each.text, words=len(each.text.split()), **each.door,
        )
        for each in sold
    )  # fmt: skip
    Variant.objects.bulk_create(
        Variant(product=product, key="one", currency="EUR", price=390) for product in products
    )
    write_vectors(ProductEmbedding, "product", products, embed([each.text for each in sold]))
    return {row.pk: each for row, each in zip(products, sold, strict=True)}


def write_vectors(model: type[Any], field: str, rows: Sequence[Any], vectors: Any) -> None:
    name = current_embedder().model
    model.objects.bulk_create(
        model(**{"brand_id": row.brand_id, field: row, "model": name, "vector": vector})
        for row, vector in zip(rows, vectors, strict=True)
    )


def batches(canaries: Sequence[Canary]) -> Iterator[Sequence[Canary]]:
    for start in range(0, len(canaries), BATCH):
        yield canaries[start : start + BATCH]


def really(texts: list[str]) -> Any:
    """The model's own vectors."""
    return current_embedder().embed_documents(texts)


def drawn(seed: int, kinds: int = 60, spread: float = 0.02) -> Embed:
    """Vectors around those of `kinds` canaries, for when there is no time to embed every text."""
    draw, chance = np.random.default_rng(seed), random.Random(seed)
    models = really([each.text for each in hatched([Brand(pk=0)], kinds, chance)])

    def embed(texts: list[str]) -> Any:
        rows = models[draw.integers(kinds, size=len(texts))]
        rows = rows + draw.normal(scale=spread, size=rows.shape)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    return embed


def sets_of(brands: Iterable[Brand]) -> list[Viewer]:
    """A viewer for each set of audiences in each brand."""
    return [Viewer(brand.pk, audiences) for brand in brands for audiences in SETS]


@dataclass
class Watch:
    """Counts the seals seen where their reader may not see them."""

    canaries: dict[str, Canary]  # by seal
    leaks: dict[str, list[str]] = field(default_factory=dict)  # seals by place
    seen: dict[str, int] = field(default_factory=dict)  # seals rightly seen, by place

    def look(self, place: str, text: str, viewer: Viewer | None) -> None:
        """At what `viewer` was given, or, with None, at what nobody's seal belongs in."""
        for seal in SEAL.findall(text):
            if viewer is not None and self.canaries[seal].is_for(viewer):
                self.seen[place] = self.seen.get(place, 0) + 1
            else:
                self.leaks.setdefault(place, []).append(seal)


class LogWatch(logging.Handler):
    """Looks at every line that is logged, as it would be written."""

    def __init__(self, watch: Watch) -> None:
        super().__init__(logging.DEBUG)
        self.watch = watch
        self.lines = 0
        self.setFormatter(JsonFormatter())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += 1
        self.watch.look("log", self.format(record), None)

    def __enter__(self) -> "LogWatch":
        self.level_before = logging.root.level
        logging.root.setLevel(logging.DEBUG)
        logging.root.addHandler(self)
        return self

    def __exit__(self, *exc: object) -> None:
        logging.root.removeHandler(self)
        logging.root.setLevel(self.level_before)


def everything_in_redis() -> Iterator[tuple[str, str]]:
    """(key, its value as text) of all that the product keeps there."""
    with redis.Redis.from_url(settings.REDIS_URL) as server:
        for key in server.scan_iter(count=1000):
            kind = server.type(key).decode()
            value: Any = {
                "string": server.get,
                "hash": server.hgetall,
                "set": server.smembers,
                "list": lambda name: server.lrange(name, 0, -1),
                "zset": lambda name: server.zrange(name, 0, -1),
                "stream": server.xrange,
            }[kind](key)
            yield key.decode(errors="replace"), str(value)


def blabbed(body: dict[str, Any]) -> str:
    """What a model would say that tells the seal of the first source that has one."""
    found = SOURCE.search(str(body["messages"][-1]["content"]))
    return f"{found[2]} [{found[1]}]." if found else "Good day."


def as_text(value: Any) -> str:
    """A prompt or a reply with all that it is made of."""
    return json.dumps(value, default=repr, ensure_ascii=False)
