"""A piece is found by the number on its label."""

import pytest

from catalog.models import Product, Variant
from catalog.search import search_products


@pytest.fixture
def shelf(brand):
    """Two pieces whose numbers differ in the last figure, and one that is all about them."""
    for key, sku, gtin in [
        ("a", "SER-REL-30-02", "3614270012345"),
        ("b", "SER-REL-30-03", "0614270012346"),
        ("c", "4711-B", ""),
    ]:
        title = f"Piece {key}, Relais 30"
        product = Product.objects.create(brand=brand, key=key, title=title, language="en")
        Variant.objects.create(
            product=product, key=key, sku=sku, gtin=gtin, mpn=f"MS-204.{key}", currency="EUR"
        )
    details = "Relais 30, ser rel 02, as 4711 says"
    Product.objects.create(brand=brand, key="other", title="Relais", details=details, language="en")


def first(viewer, query):
    hits = search_products(viewer, query)
    return Product.objects.get(pk=hits[0].product_id).key if hits else None


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("SER-REL-30-02", "a"),
        ("ser rel 30 02", "a"),
        ("serrel3003", "b"),
        ("How much is SER/REL/30/03?", "b"),
        ("3614270012345", "a"),
        ("614270012346", "b"),
        ("0614270012346", "b"),
        ("MS 204 c", "c"),
        ("ms204a relais", "a"),
        ("ref. 4711-b", "c"),
    ],
)
def test_a_number_finds_its_piece_first_however_it_is_typed(shelf, viewer, typed, key):
    assert first(viewer, typed) == key


def test_a_neighbours_number_is_not_taken_for_the_one_typed(shelf, viewer):
    exact = [hit for hit in search_products(viewer, "4711-A") if hit.lexical_rank is None]
    assert exact == []


def test_a_hidden_piece_is_not_found_by_its_number(shelf, viewer):
    Product.objects.filter(key="a").update(audience="atelier")
    assert first(viewer, "SER-REL-30-02") != "a"
