"""Products are found by name, material, number and meaning, by those who may see them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from archive.embedding import current_embedder
from archive.viewer import Audience, Viewer
from catalog.models import Product, ProductEmbedding
from catalog.search import LEXICON, refresh, search_products

RELAIS = "Relais 30 in Tamaris leather"


@pytest.fixture
def shelve(brand):
    """Writes one published product with its vector."""
    embedder = current_embedder()

    def shelved(title, details="", house=None, **fields):
        fields = {"language": "en", "key": f"piece-{Product.objects.count()}"} | fields
        product = Product.objects.create(
            brand=house or brand, title=title, details=details, **fields
        )
        vector = embedder.embed_documents([f"{title}\n{details}"])[0]
        ProductEmbedding.objects.create(
            brand=product.brand, product=product, model=embedder.model, vector=vector
        )
        return product

    return shelved


def found(viewer, query):
    return [hit.product_id for hit in search_products(viewer, query)]


def test_a_product_is_found_by_its_name(shelve, viewer):
    shelve("Carré Héron 90", "Silk twill")
    relais = shelve(RELAIS)
    assert found(viewer, "relais bag")[0] == relais.pk


def test_a_product_is_found_by_what_it_is(shelve, viewer):
    shelve("Lin blanc", "Candle")
    scarf = shelve("Carré Fougères 70", "Silk twill scarf, hand-rolled hem")
    assert found(viewer, "something to wear around my neck")[0] == scarf.pk


@pytest.mark.parametrize("query", ["RL-30-TAM", "rl 30 tam", "3760123450012"])
def test_a_product_is_found_by_its_numbers(shelve, viewer, query):
    shelve("Navette", "Clutch\nNV-51-BLK 3760123450029")
    relais = shelve("Relais", "Bag\nRL-30-TAM 3760123450012")
    best = search_products(viewer, query)[0]
    assert (best.product_id, best.lexical_rank) == (relais.pk, 1)


def test_another_brand_finds_nothing_of_it(shelve, other_brand):
    shelve(RELAIS)
    assert found(Viewer.reading(other_brand.pk), "relais") == []


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
def test_what_is_not_published_is_not_found(shelve, viewer, status):
    shelve(RELAIS, status=status)
    assert found(viewer, "relais") == []


@pytest.mark.parametrize("place", range(4))
def test_an_audience_finds_its_own_and_every_wider(shelve, brand, place):
    shelved = [shelve(RELAIS, audience=audience).pk for audience in Audience.values]
    viewer = Viewer.reading(brand.pk, Audience.values[place])
    assert sorted(found(viewer, "relais")) == shelved[: place + 1]


def test_an_embargo_holds_until_its_hour(shelve, viewer):
    shelve(RELAIS, embargo_until=timezone.now() + timedelta(hours=1))
    shown = shelve(RELAIS, embargo_until=timezone.now() - timedelta(hours=1))
    assert found(viewer, "relais") == [shown.pk]


def test_an_empty_catalogue_has_no_hits(viewer):
    assert search_products(viewer, "relais") == []


def test_equals_come_in_the_order_they_were_written(shelve, viewer):
    shelved = [shelve(RELAIS).pk for _ in range(4)]
    assert found(viewer, "relais") == shelved


def test_a_hit_says_how_it_was_found(shelve, viewer):
    shelve(RELAIS)
    (hit,) = search_products(viewer, "relais")
    assert (hit.dense_rank, hit.lexical_rank, hit.score) == (1, 1, pytest.approx(1.0))


def test_words_of_products_are_counted_apart_from_those_of_passages(shelve, brand):
    shelve(RELAIS)
    refresh(brand.pk)
    counted = LEXICON.terms.objects.filter(brand=brand, lexeme="relai")
    assert [row.frequency for row in counted] == [1]
