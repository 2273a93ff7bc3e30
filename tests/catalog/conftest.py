"""Feeds written by the tests, and read as an import reads them."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from catalog.feeds.feed import opened
from catalog.feeds.product import FeedProduct, Rejection


@dataclass
class Reading:
    """What one file said."""

    form: str = ""
    cut: bool = False
    products: list[FeedProduct] = field(default_factory=list)
    rejected: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def product(self) -> FeedProduct:
        (only,) = self.products
        return only

    @property
    def variants(self):
        return self.product.variants

    @property
    def lines(self) -> list[int]:
        return sorted(line for line, _, _ in self.rejected)


@pytest.fixture
def written(tmp_path):
    """A function that writes a feed, given as text or bytes, and returns its path."""

    def write(content: str | bytes, name: str = "feed.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def reading(written):
    """A function that writes a feed and reads it whole."""

    def read(content: str | bytes, name: str = "feed.csv", form: str = "auto") -> Reading:
        with opened(written(content, name), form, "EUR") as feed:
            found = list(feed.products())
            rejected = [
                (each.line, each.key, each.reason) for each in found if isinstance(each, Rejection)
            ]
            products = [each for each in found if isinstance(each, FeedProduct)]
            return Reading(feed.form.name, feed.cut, products, rejected)

    return read
