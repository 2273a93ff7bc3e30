"""The words a product is found by, the same for a product of a feed and for one in the database."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any, Protocol

from catalog.feeds.product import FeedProduct, FeedVariant

ATTRIBUTES_LIMIT = 400  # characters: what names a piece comes first, the long tail drowns it
DETAILS_LIMIT = 60_000  # characters, within what PostgreSQL can index
# Raise it when these words are made differently, so that the next import writes them anew.
VERSION = 1


class Described(Protocol):
    """What both kinds of product have."""

    @property
    def title(self) -> str: ...
    @property
    def vendor(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def tags(self) -> Sequence[str]: ...
    @property
    def description(self) -> str: ...
    @property
    def options(self) -> Sequence[Mapping[str, Any]]: ...
    @property
    def attributes(self) -> Mapping[str, str]: ...


def prose(product: Described) -> str:
    """Vendor, kind, category, tags, options, description and the first attributes, one a line."""
    options = ", ".join(
        f"{option['name']}: {', '.join(option['values'])}" for option in product.options
    )
    attributes = ", ".join(f"{name}: {value}" for name, value in product.attributes.items())
    parts = (
        product.vendor,
        product.kind,
        product.category,
        ", ".join(product.tags),
        options,
        product.description,
        attributes[:ATTRIBUTES_LIMIT],
    )
    return "\n".join(part for part in parts if part)[:DETAILS_LIMIT]


def details_of(product: Described, numbers: Iterable[str]) -> str:
    """What search reads besides the title: the prose, then the SKUs, MPNs and GTINs."""
    told = " ".join(dict.fromkeys(number for number in numbers if number))
    return f"{prose(product)}\n{told}".strip()[:DETAILS_LIMIT]


def embedding_text(product: Described) -> str:
    """What a product's vector is made of: no numbers, which mean nothing to a language model."""
    return f"{product.title}\n{prose(product)}".strip()


def word_count(title: str, details: str) -> int:
    return len(title.split()) + len(details.split())


def content_hash(product: FeedProduct, language: str) -> str:
    """SHA-256 of all that the feed says of the product, wherever in the file it says it."""
    variants = [said(variant) for variant in product.variants]
    text = json.dumps([VERSION, language, said(product), variants], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def said(part: FeedProduct | FeedVariant) -> dict[str, Any]:
    """The fields of a product or a variant, but for where they stand and what it is made of."""
    names = (each.name for each in fields(part))
    return {name: getattr(part, name) for name in names if name not in {"line", "variants"}}
