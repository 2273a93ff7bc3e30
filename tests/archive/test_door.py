"""A passage carries its document's door, and a vector its row's audience, whoever writes what."""

import random
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone

from archive.models import Document, DocumentVersion, Passage, PassageEmbedding
from archive.models.document import Status
from archive.viewer import Audience, Viewer
from catalog.models import Product, ProductEmbedding

HOUR = timedelta(hours=1)
DOOR = ("audience", "status", "embargo_until", "rights_until")


def document_with(brand, passages=2, **fields):
    """A document with bare passages and vectors of a small model."""
    key = f"document {Document.objects.count()}"
    document = Document.objects.create(brand=brand, key=key, title=key, **fields)
    version = DocumentVersion.objects.create(document=document, number=1, text="heron" * passages)
    written = Passage.objects.bulk_create(
        Passage(
            brand=brand,
            document=document,
            version=version,
            number=number,
            start=number * 5,
            end=number * 5 + 5,
            text="heron",
        )
        for number in range(passages)
    )
    PassageEmbedding.objects.bulk_create(
        PassageEmbedding(brand=brand, passage=passage, model="small", vector=[1, 0])
        for passage in written
    )
    return document


def doors(document):
    return set(document.passages.values_list(*DOOR))


def audiences(document):
    vectors = PassageEmbedding.objects.filter(passage__document=document)
    return set(vectors.values_list("audience", flat=True))


def waiting(cursor):
    cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'")
    return cursor.fetchone()[0]


def test_a_passage_has_its_documents_door(brand):
    tomorrow = timezone.now() + HOUR
    document = document_with(
        brand, audience="advisor", status="review", embargo_until=tomorrow, rights_until=tomorrow
    )
    assert doors(document) == {("advisor", "review", tomorrow, tomorrow)}
    assert audiences(document) == {"advisor"}


def test_an_update_of_many_documents_reaches_their_passages(brand):
    documents = [document_with(brand) for _ in range(3)]
    Document.objects.filter(brand=brand).update(status="withdrawn", audience="atelier")
    for document in documents:
        assert doors(document) == {("atelier", "withdrawn", None, None)}
        assert audiences(document) == {"atelier"}


def test_a_saved_document_reaches_its_passages(brand):
    document = document_with(brand)
    document.rights_until = timezone.now()
    document.save()
    assert doors(document) == {("public", "draft", None, document.rights_until)}


def test_other_changes_of_a_document_leave_its_passages_unwritten(brand):
    document = document_with(brand)

    def written():
        with connection.cursor() as cursor:
            cursor.execute("SELECT xmin, ctid FROM archive_passage ORDER BY id")
            return cursor.fetchall()

    before = written()
    Document.objects.filter(pk=document.pk).update(title="A heron", status="draft")
    assert written() == before


def test_nobody_else_may_open_the_door(brand):
    document = document_with(brand, audience="advisor", status="draft")
    document.passages.update(audience="public", status="published")
    PassageEmbedding.objects.update(audience="public")
    assert doors(document) == {("advisor", "draft", None, None)}
    assert audiences(document) == {"advisor"}


def test_a_passage_saved_as_it_was_made_keeps_the_door(brand):
    document = document_with(brand, passages=1, audience="client")
    passage = document.passages.get()
    passage.audience = passage.status = ""  # as an instance that no database has filled
    passage.save()
    assert doors(document) == {("client", "draft", None, None)}


def test_a_passage_that_moves_takes_the_door_of_where_it_goes(brand):
    public, closed = document_with(brand), document_with(brand, audience="atelier")
    public.passages.update(document=closed, audience="public")
    assert doors(closed) == {("atelier", "draft", None, None)}
    assert audiences(closed) == {"atelier"}


def test_a_products_vector_follows_its_audience(brand):
    product = Product.objects.create(brand=brand, key="square", title="A square", audience="client")
    ProductEmbedding.objects.create(brand=brand, product=product, model="small", vector=[1, 0])
    told = [ProductEmbedding.objects.get().audience]
    Product.objects.filter(pk=product.pk).update(audience="advisor")
    told.append(ProductEmbedding.objects.get().audience)
    ProductEmbedding.objects.update(audience="public")
    told.append(ProductEmbedding.objects.get().audience)
    assert told == ["client", "advisor", "advisor"]


@pytest.mark.django_db(transaction=True)
def test_a_passage_written_while_its_document_is_withdrawn_is_withdrawn_too(brand):
    document = document_with(brand, passages=1, status="published")

    def withdraw():
        Document.objects.filter(pk=document.pk).update(status="withdrawn")
        connection.close()

    other = Thread(target=withdraw)
    with transaction.atomic():
        Passage.objects.create(
            brand=brand,
            document=document,
            version=document.versions.get(),
            number=1,
            start=0,
            end=5,
            text="heron",
        )
        other.start()
        with connection.cursor() as cursor:
            while not waiting(cursor):
                assert other.is_alive(), "it did not wait"
    other.join()
    assert doors(document) == {("public", "withdrawn", None, None)}


@pytest.mark.parametrize("seed", range(3))
def test_visible_passages_are_those_of_visible_documents_whatever_was_changed(
    brand, other_brand, seed
):
    chance = random.Random(seed)
    houses = (brand, other_brand)
    moments = (None, timezone.now() - HOUR, timezone.now() + HOUR)
    drawn = {
        "audience": Audience.values,
        "status": Status.values,
        "embargo_until": moments,
        "rights_until": moments,
    }
    for house in houses * 10:
        document_with(house, **{name: chance.choice(values) for name, values in drawn.items()})
    keys = list(Document.objects.values_list("pk", flat=True))
    for _ in range(30):
        some = Document.objects.filter(pk__in=chance.sample(keys, chance.randint(1, 8)))
        names = chance.sample(sorted(drawn), chance.randint(1, 3))
        some.update(**{name: chance.choice(drawn[name]) for name in names})
    for house in houses:
        for mask in range(1, 16):
            held = {audience for bit, audience in enumerate(Audience.values) if mask >> bit & 1}
            viewer = Viewer(house.pk, frozenset(held))
            visible = Passage.objects.visible_to(viewer)
            joined = Passage.objects.filter(document__in=Document.objects.visible_to(viewer))
            assert set(visible.values_list("pk")) == set(joined.values_list("pk"))
            assert "JOIN" not in str(visible.order_by("pk").query)
