"""Genuine feeds that nobody here wrote."""

import os
from pathlib import Path

import pytest

from catalog.feeds.feed import opened
from catalog.feeds.product import FeedProduct
from catalog.imports import import_feed
from catalog.models import Product, Variant

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not DATA.is_dir() and os.environ.get("CI") != "true",
        reason=f"the measurement data is not at {DATA}",
    ),
]


@pytest.mark.parametrize(
    ("name", "products", "variants"), [("apparel.csv", 20, 22), ("jewelery.csv", 20, 23)]
)
def test_a_shopify_export_is_imported_without_a_rejected_row(brand, name, products, variants):
    record = import_feed(brand, DATA / "shopify" / name)
    assert (record.form, record.created_count, record.rejected_count) == ("shopify", products, 0)
    assert Variant.objects.filter(product__brand=brand, price__isnull=False).count() == variants
    assert all(product.main_image for product in Product.objects.all())


def test_a_google_feed_of_nineteen_thousand_products_is_read_without_a_rejected_row():
    with opened(DATA / "product-search" / "feed.tsv.gz", "auto", "EUR") as feed:
        read = [each for each in feed.products() if isinstance(each, FeedProduct)]
    assert (feed.form.name, len(feed.keys), len(read)) == ("google", 19_406, 19_406)
    assert all(product.variants[0].price for product in read)
