"""A shop as a source: Shopify's public list of products, or the address of any feed.

What is fetched is one feed file, which the catalogue's own importer reads with all its rules: what
a complete file no longer names becomes unavailable, unless that is more than half.
"""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from archive.embedding import EmbeddingError
from archive.models import IngestionItem, Source
from archive.sources.kind import Brought, Entry, Known, SourceError, place
from archive.sources.web import asked, fetched, key_of
from archive.web import WebError
from archive.web.target import target
from catalog.feeds.feed import opened
from catalog.feeds.product import FeedError
from catalog.imports import import_feed
from catalog.models import CatalogImport, Product

PAGE = 250  # products, the most that Shopify gives
MOST = 400  # pages
LARGEST = 50 << 20  # bytes of a page
COLUMNS = (
    "Handle", "Title", "Body (HTML)", "Vendor", "Type", "Tags", "Published", "Product URL",
    "Option1 Name", "Option1 Value", "Option2 Name", "Option2 Value", "Option3 Name",
    "Option3 Value", "Variant SKU", "Variant Inventory Tracker", "Variant Inventory Qty",
    "Variant Inventory Policy", "Variant Price", "Variant Compare At Price", "Variant Barcode",
    "Image Src", "Image Position", "Image Alt Text", "Variant Image",
)  # fmt: skip
NO_LIST = "The shop's list of products at {} is not what Shopify gives."

State = IngestionItem.State
Values = dict[str, Any]


class Shop:
    """One entry: the catalogue, as the shop has it now."""

    whole = True

    def __init__(self, source: Source) -> None:
        try:
            self.start = target(source.address.strip())
        except WebError as error:
            raise SourceError(str(error)) from error
        self.brand = source.brand
        self.delay = settings.FETCH_DELAY
        self.notes: list[str] = []
        self.partial = False

    @property
    def is_shopify(self) -> bool:
        path = self.start.path.partition("?")[0]
        return path.endswith("/products.json") or "." not in path.rpartition("/")[2]

    def entries(self) -> Iterator[Entry]:
        yield Entry(key_of(self.address), self.address)

    @property
    def address(self) -> str:
        if not self.is_shopify:
            return self.start.url
        parts = urlsplit(self.start.url)
        path = parts.path.rstrip("/").removesuffix("/products.json")
        return f"{parts.scheme}://{parts.netloc}{path}/products.json"

    def fetch(self, entry: Entry, known: Known, folder: Path) -> Brought | None:
        if not self.is_shopify:
            return fetched(entry, known, folder)
        path = place(folder, "products.csv")
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.DictWriter(file, COLUMNS, restval="")
            rows.writeheader()
            for product in self.products():
                rows.writerows(rows_of(product, self.start.site))
        return Brought(path, "products.csv", self.address)

    def products(self) -> Iterator[Values]:
        """Every product of the shop once, page by page. Raises SourceError if one is missing."""
        seen: set[Any] = set()
        for number in range(1, MOST + 1):
            page = asked(f"{self.address}?limit={PAGE}&page={number}", most=LARGEST)
            before = len(seen)
            for product in read(page.body, page.url):
                if product.get("handle") and product["handle"] not in seen:
                    seen.add(product["handle"])
                    yield product
            if len(seen) == before:  # past the last page, or of a list that knows no pages
                return
        self.partial = True
        self.notes.append(f"Only the first {PAGE * MOST:,} products are read.")

    def take(self, item: IngestionItem, path: Path, alive: Callable[[], None]) -> tuple[str, str]:
        """Import the feed file. Raises SourceError."""
        try:
            record = import_feed(
                self.brand, path, progress=lambda done, total: alive(), partial=self.partial
            )
        except (FeedError, EmbeddingError) as error:
            raise SourceError(str(error)) from error
        if not record.read_count:
            raise SourceError("None of the feed's products could be read.")
        changed = record.created_count + record.updated_count + record.withdrawn_count
        return (State.UPDATED if changed else State.UNCHANGED), told(record)

    def foresee(self, path: Path) -> str:
        """How many products the feed holds, beside those of the catalogue. Raises SourceError."""
        try:
            with opened(path, "auto", self.brand.currency) as feed:
                keys = set(feed.keys) - {""}
        except FeedError as error:
            raise SourceError(str(error)) from error
        known = Product.objects.filter(brand=self.brand).from_a_feed()
        held = set(known.values_list("key", flat=True))
        return (
            f"The feed holds {len(keys):,} products: {len(keys - held):,} new, "
            f"{len(keys & held):,} known. {len(held - keys):,} of the catalogue are not in it."
        )


def told(record: CatalogImport) -> str:
    counts = (
        (record.created_count, "new"),
        (record.updated_count, "changed"),
        (record.unchanged_count, "as they were"),
        (record.withdrawn_count, "no longer offered"),
        (record.rejected_count, "rows refused"),
    )
    said = ", ".join(f"{count:,} {word}" for count, word in counts if count)
    return f"Products: {said}. {record.notice}".strip()


def read(body: bytes, url: str) -> list[Values]:
    try:
        products = json.loads(body)["products"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SourceError(NO_LIST.format(url)) from error
    if not isinstance(products, list) or not all(isinstance(each, dict) for each in products):
        raise SourceError(NO_LIST.format(url))
    return products


def rows_of(product: Values, site: str) -> Iterator[dict[str, str]]:
    """The product as the rows of Shopify's CSV: one a variant, then its further images."""
    handle = str(product["handle"])
    options = dicts(product.get("options"))[:3]
    images = dicts(product.get("images"))
    variants = dicts(product.get("variants")) or [{}]
    tags = product.get("tags")
    common = {
        "Title": text(product.get("title")),
        "Body (HTML)": text(product.get("body_html")),
        "Vendor": text(product.get("vendor")),
        "Type": text(product.get("product_type")),
        "Tags": ", ".join(map(str, tags)) if isinstance(tags, list) else text(tags),
        "Published": "true",
        "Product URL": f"{site}/products/{handle}",
    }
    common |= {f"Option{n} Name": text(each.get("name")) for n, each in enumerate(options, 1)}
    for number in range(max(len(variants), len(images))):
        row = {"Handle": handle} | (common if number == 0 else {})
        if number < len(variants):
            row |= variant(variants[number], len(options))
        if number < len(images):
            row |= image(images[number], number + 1)
        yield row


def variant(values: Values, options: int) -> dict[str, str]:
    """The public list tells whether a variant can be had, never how many there are."""
    featured = values.get("featured_image")
    had = values.get("available") is not False
    return {
        **{f"Option{n} Value": text(values.get(f"option{n}")) for n in range(1, options + 1)},
        "Variant SKU": text(values.get("sku")),
        "Variant Inventory Tracker": "" if had else "shopify",
        "Variant Inventory Qty": "" if had else "0",
        "Variant Inventory Policy": "deny",
        "Variant Price": text(values.get("price")),
        "Variant Compare At Price": text(values.get("compare_at_price")),
        "Variant Barcode": text(values.get("barcode")),
        "Variant Image": text(featured.get("src")) if isinstance(featured, dict) else "",
    }


def image(values: Values, position: int) -> dict[str, str]:
    return {
        "Image Src": text(values.get("src")),
        "Image Position": str(position),
        "Image Alt Text": text(values.get("alt")),
    }


def text(value: Any) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value)


def dicts(value: Any) -> list[Values]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
