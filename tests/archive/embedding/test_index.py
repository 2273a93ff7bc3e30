"""Each audience that holds much has a vector index of its own, for as long as it holds anything."""

from threading import Thread

import pytest
from django.db import connection, transaction

from archive.embedding.index import (
    Holding,
    alone,
    drop_empty,
    drop_indexes,
    ensure_index,
    indexed,
    named,
    tend,
)
from archive.models import Document, DocumentVersion, Passage, PassageEmbedding
from archive.search import refresh
from archive.wall.owner import as_owner
from catalog.models import Product, ProductEmbedding

pytestmark = pytest.mark.django_db(transaction=True)

PASSAGES = "archive_passageembedding"


@pytest.fixture(autouse=True)
def _no_index_is_left():
    yield
    for model in ("small", "all-MiniLM-L6-v2"):
        drop_indexes(model)


def hold(brand, count, audience="public", model="small"):
    """`count` vectors that readers of `audience` may see."""
    key = f"document {Document.objects.count()}"
    document = Document.objects.create(brand=brand, key=key, title=key, audience=audience)
    version = DocumentVersion.objects.create(document=document, number=1, text="heron")
    passages = Passage.objects.bulk_create(
        Passage(
            brand=brand, document=document, version=version, number=number, start=0, end=1, text="h"
        )
        for number in range(count)
    )
    PassageEmbedding.objects.bulk_create(
        PassageEmbedding(brand=brand, passage=passage, model=model, vector=[1, number, 0])
        for number, passage in enumerate(passages)
    )
    return document


def definition(name):
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [name])
        row = cursor.fetchone()
    return row and row[0]


def test_an_audience_that_holds_much_gets_an_index_of_its_vectors_alone(brand, other_brand):
    hold(brand, 3)
    hold(brand, 2, "advisor")
    hold(other_brand, 2)
    (name,) = ensure_index("small", 3, above=2)
    assert name == Holding(PASSAGES, brand.pk, "public", "small").index
    told = definition(name)
    for part in ("halfvec(3)", f"brand_id = {brand.pk}", "'public'", "'small'"):
        assert part in told
    assert indexed(PASSAGES, brand.pk, "small") == {"public"}
    assert indexed(PASSAGES, other_brand.pk, "small") == frozenset()


def test_products_have_their_own(brand):
    for number in range(2):
        product = Product.objects.create(brand=brand, key=f"{number}", title="A square")
        ProductEmbedding.objects.create(
            brand=brand, product=product, model="small", vector=[1, number, 0]
        )
    assert len(ensure_index("small", 3, above=1)) == 1
    assert indexed("catalog_productembedding", brand.pk, "small") == {"public"}


def test_an_index_that_exists_is_left_alone(brand):
    hold(brand, 2)
    names = ensure_index("small", 3, above=1)
    assert ensure_index("small", 3, above=1) == names


def test_an_index_whose_making_was_interrupted_is_not_asked_and_is_made_anew(brand):
    hold(brand, 2)
    (name,) = ensure_index("small", 3, above=1)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = to_regclass(%s)", [name]
        )
    assert indexed(PASSAGES, brand.pk, "small") == frozenset()
    ensure_index("small", 3, above=1)
    assert indexed(PASSAGES, brand.pk, "small") == {"public"}


def test_an_index_goes_when_nothing_is_left_in_it(brand, other_brand):
    gone, stays = hold(brand, 2), hold(other_brand, 2)
    ensure_index("small", 3, above=1)
    gone.delete()
    assert drop_empty() == [Holding(PASSAGES, brand.pk, "public", "small").index]
    assert indexed(PASSAGES, stays.brand_id, "small") == {"public"}


def test_the_indexes_of_a_model_go_with_it(brand):
    hold(brand, 2)
    hold(brand, 2, "client", model="other")
    ensure_index("small", 3, above=1)
    ensure_index("other", 3, above=1)
    assert drop_indexes("other") == [Holding(PASSAGES, brand.pk, "client", "other").index]
    assert indexed(PASSAGES, brand.pk, "small") == {"public"}


def test_the_end_of_an_ingestion_drops_what_is_empty(brand):
    document = hold(brand, 2)
    (name,) = ensure_index("small", 3, above=1)
    document.delete()
    refresh(brand.pk)
    assert definition(name) is None


def test_nothing_is_made_before_what_was_written_is_committed(brand):
    document = hold(brand, 2)
    (name,) = ensure_index("small", 3, above=1)
    with transaction.atomic():
        document.delete()
        refresh(brand.pk)
        assert definition(name)
    assert definition(name) is None


def test_without_its_model_the_empty_indexes_go_all_the_same(brand, settings, caplog):
    settings.EMBEDDER, settings.EMBEDDER_BASE_URL = "openai:gone", "http://127.0.0.1:9/v1"
    document = hold(brand, 2)
    (name,) = ensure_index("small", 3, above=1)
    document.delete()
    tend()
    assert definition(name) is None
    assert "No vector index was looked after" in caplog.text


def test_one_process_makes_an_index_at_a_time():
    made = []

    def make():
        with alone("heron"):
            made.append("second")
        connection.close()

    other = Thread(target=make)
    with alone("heron"):
        other.start()
        made.append("first")
    other.join()
    assert made == ["first", "second"]


def test_models_of_like_names_have_indexes_of_their_own():
    assert len({named("small/2"), named("small-2"), named("Small 2")}) == 3


def test_the_longest_name_is_one_that_postgresql_keeps_whole():
    longest = Holding(PASSAGES, 2**63 - 1, "advisor", "a-model-with-a-very-long-name" * 4)
    assert len(longest.index) <= 63


def test_too_many_dimensions_for_an_index_make_none(brand):
    hold(brand, 2, model="large")
    assert ensure_index("large", 4001, above=1) == []
