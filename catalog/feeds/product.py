"""What a feed says: a product with its variants, or why a row of the file cannot be one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


class FeedError(Exception):
    """The file as a whole cannot be read; the message is one sentence for the operator."""


class RowError(ValueError):
    """One row cannot become a variant; the message says why, for whoever keeps the feed."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a feed, or one item of its XML or JSON, as it stands in the file.

    `line` is where it starts, from 1. `key` names its product, empty when it names none.
    `values` can be written as JSON. `reason` says why the row cannot be read, empty when it can;
    `cut` that the file ends in the middle of it.
    """

    line: int
    key: str
    values: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Rejection:
    line: int
    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class FeedVariant:
    """One buyable form. `price` is None when it is told on request; `currency` is ISO 4217."""

    line: int
    key: str
    currency: str
    price: Decimal | None = None
    compare_at_price: Decimal | None = None
    availability: str = "in_stock"
    quantity: int | None = None
    title: str = ""
    sku: str = ""
    gtin: str = ""
    mpn: str = ""
    options: dict[str, str] = field(default_factory=dict)
    image: str = ""


@dataclass(frozen=True, slots=True)
class FeedProduct:
    """A product as one feed gives it: images [{url, alt}], options [{name, values}].

    `hidden` is the feed's own word that the product is not (or no longer) on show. `whole` is
    False when a row of the product was rejected, so that what is missing here is not gone.
    """

    line: int
    key: str
    title: str
    variants: tuple[FeedVariant, ...]
    description: str = ""
    vendor: str = ""
    kind: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    url: str = ""
    images: tuple[dict[str, str], ...] = ()
    options: tuple[dict[str, Any], ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)
    hidden: bool = False
    whole: bool = True


KEY_LIMIT, TITLE_LIMIT, VARIANT_KEY_LIMIT = 200, 500, 300  # characters, as in the models


def check_names(key: str, title: str) -> None:
    """Raise RowError unless both name a product and fit their columns."""
    if not title:
        raise RowError("the title is missing")
    if len(title) > TITLE_LIMIT:
        raise RowError(f"the title is longer than {TITLE_LIMIT} characters")
    if len(key) > KEY_LIMIT:
        raise RowError(f"the key is longer than {KEY_LIMIT} characters")


def variant_key(sku: str, options: dict[str, str]) -> str:
    """The SKU, else the options in order, else "default". Raises RowError when too long."""
    key = sku or " / ".join(options.values()) or "default"
    if len(key) > VARIANT_KEY_LIMIT:
        raise RowError(f"the options are longer than {VARIANT_KEY_LIMIT} characters together")
    return key


def without_repeats(
    key: str, variants: Iterable[FeedVariant]
) -> tuple[list[FeedVariant], list[Rejection]]:
    """The variants that are first of their key, and a rejection for each that repeats one."""
    first: dict[str, FeedVariant] = {}
    rejected = []
    for variant in variants:
        known = first.setdefault(variant.key, variant)
        if known is not variant:
            reason = f'the variant "{variant.key}" is already on line {known.line}'
            rejected.append(Rejection(variant.line, key, reason))
    return list(first.values()), rejected


def option_values(variants: Iterable[FeedVariant]) -> tuple[dict[str, Any], ...]:
    """[{name, values}] of all the variants, in the order of the feed."""
    found: dict[str, dict[str, None]] = {}
    for variant in variants:
        for name, value in variant.options.items():
            found.setdefault(name, {})[value] = None
    return tuple({"name": name, "values": list(values)} for name, values in found.items())
