"""A shop as a source, on a server of this machine."""

import json

import pytest

from archive.models import IngestionItem, Listing, Source
from archive.sources.forecast import forecast
from catalog.models import CatalogImport, Product, Variant
from tests.archive.sources.conftest import site  # noqa: F401
from tests.archive.sources.reading import read

pytestmark = pytest.mark.django_db


def product(handle, price="390.00", **more):
    return {
        "id": hash(handle) % 10_000,
        "handle": handle,
        "title": handle.title(),
        "body_html": "<p>Silk twill, ninety centimetres.</p>",
        "vendor": "Maison",
        "product_type": "Carré",
        "tags": ["silk", "square"],
        "options": [{"name": "Colour", "position": 1, "values": ["Blue", "Green"]}],
        "variants": [
            {"title": "Blue", "option1": "Blue", "sku": f"{handle}-B", "price": price,
             "compare_at_price": None, "available": True},
            {"title": "Green", "option1": "Green", "sku": f"{handle}-G", "price": price,
             "compare_at_price": "450.00", "available": False},
        ],
        "images": [{"src": "https://cdn.example.com/a.jpg", "position": 1}],
    } | more  # fmt: skip


@pytest.fixture
def stall(site):  # noqa: F811
    """Lets the shop offer the products that it is given, one a page."""
    site.put("/robots.txt", "", kind="text/plain")

    def offer(*products):
        for path in [path for path in site.pages if path.startswith("/products.json")]:
            del site.pages[path]
        for number, each in enumerate([*[[p] for p in products], []], 1):
            body = json.dumps({"products": each})
            path = f"/products.json?limit=250&page={number}"
            site.put(path, body, kind="application/json")

    offer(product("heron"), product("ferns"), product("atlas"))
    return offer


@pytest.fixture
def shop(brand, media, site, stall):  # noqa: F811
    return Source.objects.create(brand=brand, name="Shop", kind="shop", address=site.url)


def test_every_page_of_products_comes_into_the_catalogue(shop, site):  # noqa: F811
    run = read(shop)
    item = run.items.get()
    assert (item.state, item.reason) == ("updated", "Products: 3 new.")
    heron = Product.objects.get(key="heron")
    assert (heron.title, heron.vendor, heron.kind) == ("Heron", "Maison", "Carré")
    assert heron.url == f"{site.url}/products/heron"
    assert heron.images[0]["url"] == "https://cdn.example.com/a.jpg"
    blue, green = heron.variants.order_by("position")
    assert (blue.price, blue.availability, blue.quantity) == (390, "in_stock", None)
    assert (green.compare_at_price, green.availability) == (450, "out_of_stock")
    assert run.finished


def test_a_list_that_knows_no_pages_is_asked_for_twice_and_not_for_ever(shop, site):  # noqa: F811
    body = json.dumps({"products": [product("heron")]})
    for number in range(1, 5):
        path = f"/products.json?limit=250&page={number}"
        site.put(path, body, kind="application/json")
    assert read(shop).items.get().reason == "Products: 1 new."
    assert [path for path in site.asked if "page=3" in path] == []


def test_the_same_products_again_make_no_import(shop):
    read(shop)
    assert not read(shop).items.exists()
    assert CatalogImport.objects.count() == 1


def test_what_the_shop_no_longer_offers_becomes_unavailable(shop, stall):
    read(shop)
    stall(product("heron", price="420.00"), product("ferns"))
    run = read(shop)
    assert run.items.get().reason == ("Products: 1 changed, 1 as they were, 1 no longer offered.")
    assert Variant.objects.get(sku="heron-B").price == 420
    assert Product.objects.get(key="atlas").availability == "unavailable"


def test_a_page_in_trouble_imports_nothing_and_is_tried_again(shop, site, stall):  # noqa: F811
    read(shop)
    site.put("/products.json?limit=250&page=2", "no", status=500)
    run = read(shop)
    assert run.items.get().state == "failed"
    assert Product.objects.get(key="atlas").availability == "in_stock"
    stall(product("heron"), product("ferns"), product("atlas"))
    assert not read(shop).items.exists()


def test_what_is_no_list_of_products_is_said(shop, site):  # noqa: F811
    site.put("/products.json?limit=250&page=1", "<html>", kind="text/html")
    assert "is not what Shopify gives" in read(shop).items.get().reason


def test_any_feed_by_its_address_is_imported(brand, media, site):  # noqa: F811
    site.put("/feed.csv", "id,title,price\nA1,Heron square,390 EUR\n", kind="text/csv", ETag='"1"')
    shop = Source.objects.create(
        brand=brand, name="Feed", kind="shop", address=f"{site.url}/feed.csv"
    )
    assert read(shop).items.get().reason == "Products: 1 new."
    site.given.clear()
    assert not read(shop).items.exists()
    assert "/feed.csv" not in site.given


def test_a_worker_killed_in_the_import_leaves_an_item_that_is_done_again(shop):
    from archive.sources import ask, gather
    from archive.sources.lease import lease

    ask.want(shop)
    held = lease(shop.pk)
    run = gather.begun(held)
    IngestionItem.objects.create(
        run=run, key=f"{shop.address}/products.json", file_name="products.csv", state="working"
    )
    held.give_back()
    gather.work(shop.pk)
    assert run.items.get().state == "updated"
    assert Listing.objects.get().content_hash


def test_a_dry_run_counts_products_and_changes_nothing(shop, stall):
    read(shop)
    stall(product("heron"), product("navette"))
    found = forecast(shop)
    assert found.notes == (
        "The feed holds 2 products: 1 new, 1 known. 2 of the catalogue are not in it.",
    )
    assert not Product.objects.filter(key="navette").exists()
