"""The catalogue in the model administration."""

import pytest
from django.urls import reverse

from catalog.imports import import_feed
from catalog.models import CatalogImport, Product, ProductEmbedding, Variant

FEED = (
    "id,title,price,availability,image_link,brand\n"
    "1,Silk scarf,390 EUR,in stock,https://a.example/1.jpg,Maison\n"
    "2,Leather glove,115 EUR,out of stock,,Maison\n"
    "3,Hat,?,in stock,,Maison\n"
)


@pytest.fixture
def record(brand, written):
    return import_feed(brand, written(FEED))


@pytest.fixture
def product(record):
    return Product.objects.get(key="1")


@pytest.fixture
def own(brand):
    """A product made by hand."""
    product = Product.objects.create(brand=brand, key="own", title="Own piece")
    Variant.objects.create(product=product, key="x", sku="OWN-1", currency="EUR", price=5)
    return product


def listing(model: str = "product") -> str:
    return reverse(f"admin:catalog_{model}_changelist")


def page(row) -> str:
    return reverse(f"admin:catalog_{row._meta.model_name}_change", args=[row.pk])


def form_of(product, **further) -> dict[str, object]:
    """What the browser would send for a product made by hand."""
    variant = product.variants.get()
    inline = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 1, "0-id": variant.pk, "0-product": product.pk}
    inline |= {"0-position": 0, "0-key": variant.key, "0-currency": "EUR", "0-price": "5"}
    inline |= {"0-availability": "in_stock"}
    fields = {"brand": product.brand_id, "key": product.key, "title": product.title}
    fields |= {"status": "published", "audience": "public", "attributes": "{}", "images": "[]"}
    fields |= {"options": "[]"}
    return {**fields, **{f"variants-{name}": value for name, value in inline.items()}, **further}


def test_products_are_listed_with_image_price_and_stock(curator, product):
    text = curator.get(listing()).content.decode()
    assert 'src="https://a.example/1.jpg"' in text
    for shown in ("Silk scarf", "€390", "In stock", "Out of stock"):
        assert shown in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=glove", ["2"]),
        ("?q=1", ["1"]),
        ("?status__exact=draft", []),
        ("?vendor=Maison", ["1", "2"]),
        ("?offered=yes", ["1", "2"]),
        ("?offered=no", []),
    ],
)
def test_products_are_searched_and_filtered(curator, record, query, found):
    response = curator.get(listing() + query)
    assert sorted(row.key for row in response.context["cl"].result_list) == found


def test_the_list_asks_the_database_as_often_for_many_as_for_few(
    curator, brand, record, django_assert_max_num_queries
):
    curator.get(listing())  # the first of a session writes it down
    with django_assert_max_num_queries(14):
        curator.get(listing())


def test_what_the_feed_says_cannot_be_written_over(curator, product):
    response = curator.post(page(product), {"title": "Other", "status": "withdrawn"})
    fields = response.context["adminform"].readonly_fields if response.context else ()
    assert "title" in fields
    product.refresh_from_db()
    assert product.title == "Silk scarf"


def test_a_curator_sets_the_audience_of_a_feeds_product(curator, product):
    inline = {"variants-TOTAL_FORMS": 0, "variants-INITIAL_FORMS": 0}
    response = curator.post(page(product), {"status": "review", "audience": "client", **inline})
    assert response.status_code == 302
    product.refresh_from_db()
    assert (product.status, product.audience, product.title) == ("review", "client", "Silk scarf")


def test_a_product_made_by_hand_can_be_written_and_is_found_by_its_words(curator, own):
    response = curator.post(page(own), form_of(own, title="Renamed piece", vendor="Maison"))
    assert response.status_code == 302
    own.refresh_from_db()
    assert (own.title, own.details) == ("Renamed piece", "Maison\nOWN-1")
    assert own.words == 4


def test_new_words_of_a_curator_are_embedded_by_the_worker(
    curator, own, brand, django_capture_on_commit_callbacks
):
    from catalog.embed import embed_missing

    embed_missing(brand)
    old = ProductEmbedding.objects.get(product=own).pk
    with django_capture_on_commit_callbacks(execute=True) as called:
        curator.post(page(own), form_of(own, title="Renamed piece"))
    assert len(called) == 1
    assert embed_missing(brand) == 1
    assert ProductEmbedding.objects.get(product=own).pk != old


def test_a_product_can_be_added(curator, db):
    assert curator.get(reverse("admin:catalog_product_add")).status_code == 200


def test_an_import_is_shown_with_its_rejected_rows(curator, record):
    assert "feed.csv" in curator.get(listing("catalogimport")).content.decode()
    text = curator.get(page(record)).content.decode()
    assert "the price &quot;?&quot; cannot be read" in text


def test_an_import_cannot_be_rewritten(curator, record):
    assert curator.post(page(record), {"file_name": "x"}).status_code == 403
    assert curator.get(reverse("admin:catalog_catalogimport_add")).status_code == 403
    assert CatalogImport.objects.get().file_name == "feed.csv"


def test_variants_are_listed_and_found_by_number(curator, record):
    response = curator.get(listing("variant") + "?q=2")
    assert [row.sku for row in response.context["cl"].result_list] == ["2"]


def test_a_variant_of_a_feed_is_read_only(curator, product):
    response = curator.post(page(product.variants.get()), {"price": "1"})
    assert response.status_code == 403


@pytest.mark.parametrize("model", ["product", "variant", "catalogimport"])
def test_staff_without_permission_sees_nothing(advisor, record, model):
    assert advisor.get(listing(model)).status_code == 403


@pytest.mark.parametrize("model", ["product", "variant", "catalogimport"])
def test_a_visitor_is_sent_to_sign_in(visitor, record, model):
    response = visitor.get(listing(model))
    assert (response.status_code, "login" in response["Location"]) == (302, True)
