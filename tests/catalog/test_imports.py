"""A feed into the catalogue."""

from decimal import Decimal

import psycopg
import pytest
from django.conf import settings

from archive.embedding import current_embedder
from catalog.feeds.product import FeedError
from catalog.imports import LOCK, import_feed
from catalog.models import CatalogImport, Product, ProductEmbedding, ProductLexeme, Variant

HEADER = "id\ttitle\tprice\tavailability\titem_group_id\tcolor\n"


def row(number, title="Silk scarf", price="390 EUR", group="", colour="") -> str:
    return f"{number}\t{title}\t{price}\tin stock\t{group}\t{colour}\n"


@pytest.fixture
def bring(brand, written):
    """A function that imports rows of a feed for the brand."""

    def act(*rows: str, name: str = "feed.tsv", **options) -> CatalogImport:
        return import_feed(brand, written(HEADER + "".join(rows), name), **options)

    return act


def counts(record: CatalogImport) -> dict[str, int]:
    names = ("created", "updated", "unchanged", "withdrawn", "rejected")
    found = {name: getattr(record, f"{name}_count") for name in names}
    return {name: number for name, number in found.items() if number}


def stock(*keys: str) -> list[str]:
    return [Product.objects.get(key=key).availability for key in keys]


def test_a_new_product_is_created_whole(bring, brand):
    record = bring(row("a", group="g", colour="Ink"), row("b", group="g", colour="Saffron"))
    product = Product.objects.get()
    assert (record.brand, record.form, record.file_name) == (brand, "google", "feed.tsv")
    assert counts(record) == {"created": 1}
    assert record.finished is not None
    assert (product.key, product.title, product.language) == ("g", "Silk scarf", "en")
    assert "Ink" in product.details
    assert product.words == len(f"{product.title} {product.details}".split())
    first, second = product.variants.all()
    assert (first.key, first.price, first.options) == ("a", Decimal(390), {"Colour": "Ink"})
    assert second.position == 1


def test_a_new_product_has_a_vector_and_its_words_are_counted(bring, brand):
    bring(row("a"))
    embedding = ProductEmbedding.objects.get()
    assert (embedding.model, embedding.brand) == (current_embedder().model, brand)
    assert len(embedding.vector) == current_embedder().dimensions
    assert ProductLexeme.objects.filter(brand=brand, lexeme="scarf", frequency=1).exists()


def test_the_same_file_again_changes_nothing(bring):
    bring(row("a"), row("b"))
    before = list(Product.objects.order_by("pk").values())
    vectors = list(ProductEmbedding.objects.order_by("pk").values_list("pk"))
    assert counts(bring(row("a"), row("b"))) == {"unchanged": 2}
    assert list(Product.objects.order_by("pk").values()) == before
    assert list(ProductEmbedding.objects.order_by("pk").values_list("pk")) == vectors


def test_the_order_of_rows_is_no_change(bring):
    bring(row("a"), row("b"))
    assert counts(bring(row("b"), row("a"))) == {"unchanged": 2}


def test_a_changed_price_updates_and_keeps_the_row_and_its_vector(bring):
    bring(row("a"), row("b"))
    kept = Product.objects.get(key="a").pk, Variant.objects.get(key="a").pk
    vector = ProductEmbedding.objects.get(product__key="a").vector
    assert counts(bring(row("a", price="410 EUR"), row("b"))) == {"updated": 1, "unchanged": 1}
    variant = Variant.objects.get(key="a")
    assert (variant.product_id, variant.pk) == kept
    assert variant.price == Decimal(410)
    assert ProductEmbedding.objects.get(product__key="a").vector == vector


def test_changed_words_make_a_new_vector_and_drop_those_of_other_models(bring, brand):
    bring(row("a"))
    product = Product.objects.get()
    ProductEmbedding.objects.create(brand=brand, product=product, model="old", vector=[1.0])
    before = product.embeddings.exclude(model="old").get().vector
    bring(row("a", title="Leather glove"))
    assert product.embeddings.get().vector != before


def test_a_product_without_a_vector_of_the_model_gets_one(bring):
    bring(row("a"))
    ProductEmbedding.objects.all().delete()
    assert counts(bring(row("a"))) == {"unchanged": 1}
    assert ProductEmbedding.objects.count() == 1


def test_a_bad_row_is_recorded_with_its_line_and_the_rest_goes_on(bring):
    record = bring(row("a"), row("b", price="-1"), row("c"))
    assert counts(record) == {"created": 2, "rejected": 1}
    (rejected,) = record.rejected.all()
    assert (rejected.line, rejected.key) == (3, "b")
    assert "negative" in rejected.reason


def test_a_product_whose_row_is_rejected_stays_as_it_was(bring):
    bring(row("a"), row("b"))
    record = bring(row("a"), row("b", price="?"))
    assert counts(record) == {"unchanged": 1, "rejected": 1}
    assert stock("b") == ["in_stock"]


def test_a_variant_whose_row_is_rejected_stays_as_it_was(bring):
    bring(row("a", group="g", colour="Ink"), row("b", group="g", colour="Red"))
    bring(row("a", "New", group="g", colour="Ink"), row("b", price="?", group="g", colour="Red"))
    assert Variant.objects.get(key="b").availability == "in_stock"


def test_a_variant_that_is_gone_becomes_unavailable(bring):
    bring(row("a", group="g", colour="Ink"), row("b", group="g", colour="Red"))
    bring(row("a", group="g", colour="Ink"))
    assert Variant.objects.get(key="b").availability == "unavailable"
    assert Product.objects.get().availability == "in_stock"


def test_a_product_that_is_gone_becomes_unavailable_and_stays(bring):
    bring(row("a"), row("b"), row("c"))
    record = bring(row("a"), row("b"))
    assert counts(record) == {"unchanged": 2, "withdrawn": 1}
    assert (stock("a", "c"), Product.objects.get(key="c").status) == (
        ["in_stock", "unavailable"],
        "published",
    )
    assert counts(bring(row("a"), row("b"))) == {"unchanged": 2}


def test_a_product_that_returns_is_available_again(bring):
    bring(row("a"), row("b"))
    bring(row("a"))
    assert counts(bring(row("a"), row("b"))) == {"unchanged": 1, "updated": 1}
    assert stock("b") == ["in_stock"]


def test_a_product_made_by_hand_is_not_the_feeds_to_withdraw(bring, brand):
    own = Product.objects.create(brand=brand, key="own", title="Own")
    Variant.objects.create(product=own, key="x", currency="EUR")
    bring(row("a"), row("b"))
    assert counts(bring(row("a"), row("b"))) == {"unchanged": 2}
    assert stock("own") == ["in_stock"]


def test_another_brands_products_are_not_touched(bring, other_brand, written):
    import_feed(other_brand, written(HEADER + row("z")))
    bring(row("a"))
    assert counts(bring(row("a", price="5"), row("z"))) == {"created": 1, "updated": 1}
    assert Product.objects.get(brand=other_brand).variants.get().price == Decimal(390)


def test_most_of_a_feed_is_not_withdrawn_without_leave(bring):
    bring(*(row(n) for n in range(21)))
    record = bring(*(row(n) for n in range(9)))
    assert counts(record) == {"unchanged": 9}
    assert "12 of the 21 products" in record.notice
    record = bring(*(row(n) for n in range(9)), allow_withdrawals=True)
    assert counts(record) == {"unchanged": 9, "withdrawn": 12}


def test_a_refused_withdrawal_is_asked_for_again(bring):
    bring(*(row(n) for n in range(21)))
    bring(*(row(n) for n in range(9)))
    assert "12 of the 21 products" in bring(*(row(n) for n in range(9))).notice


def test_a_feed_beside_another_withdraws_nothing_of_it(bring):
    bring(row("a"), row("b"))
    record = bring(row("x"), row("y"), name="other.tsv")
    assert counts(record) == {"created": 2}
    assert "a further feed" in record.notice
    assert counts(bring(row("a"))) == {"unchanged": 1, "withdrawn": 1}
    assert stock("b", "x", "y") == ["unavailable", "in_stock", "in_stock"]


def test_a_product_that_moved_to_another_feed_stays(bring):
    bring(row("a"), row("b"))
    bring(row("x"), row("y"))
    bring(row("a"))
    bring(row("x"), row("y"), row("b"))
    assert counts(bring(row("a"))) == {"unchanged": 1}
    assert stock("b") == ["in_stock"]


def test_a_part_of_the_catalogue_withdraws_nothing(bring):
    bring(row("a"), row("b"))
    assert counts(bring(row("a"), partial=True)) == {"unchanged": 1}
    assert counts(bring(row("a"))) == {"unchanged": 1, "withdrawn": 1}


def test_a_file_that_breaks_off_withdraws_nothing(bring):
    bring(row("a"), row("b"), row("c"))
    record = bring(row("a"), "b\tSilk sca")
    assert counts(record) == {"unchanged": 1, "rejected": 1}
    assert stock("c") == ["in_stock"]
    assert "stay as they are" in record.notice


def test_an_empty_file_is_refused(bring):
    bring(row("a"))
    with pytest.raises(FeedError, match="holds no products"):
        bring()
    assert stock("a") == ["in_stock"]


def test_a_file_of_bad_rows_withdraws_nothing(bring):
    bring(row("a"), row("b"))
    record = bring(row("x", price="?"), row("y", price="?"))
    assert counts(record) == {"rejected": 2}
    assert stock("a", "b") == ["in_stock", "in_stock"]


def test_an_import_that_was_killed_is_made_good_by_the_next(bring):
    bring(row("a"), row("b"), row("c"))
    # What a kill before the end leaves: products written, the record open, nothing withdrawn.
    CatalogImport.objects.create(brand=Product.objects.first().brand, file_name="x", form="google")
    Product.objects.filter(key="a").update(content_hash="half")
    assert counts(bring(row("a"), row("b"))) == {"updated": 1, "unchanged": 1, "withdrawn": 1}


def test_a_second_import_of_the_brand_at_once_is_refused(bring, brand):
    with psycopg.connect(settings.DATABASE_URL, dbname=settings.DATABASES["default"]["NAME"]) as c:
        c.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK, brand.pk])
        with pytest.raises(FeedError, match="is running"):
            bring(row("a"))
        # Closing would let go of it too, but only once the server has noticed.
        c.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, brand.pk])
    assert counts(bring(row("a"))) == {"created": 1}


def test_what_a_curator_set_outlives_the_feed(bring):
    bring(row("a"))
    Product.objects.update(audience="client", status="withdrawn")
    bring(row("a", price="5"))
    product = Product.objects.get()
    assert (product.audience, product.status) == ("client", "withdrawn")


def test_a_product_hidden_in_the_shop_is_a_draft_until_it_is_shown(brand, written):
    def shop(status: str) -> str:
        text = f"Handle,Title,Variant Price,Status\na,Scarf,5,{status}\n"
        import_feed(brand, written(text))
        return Product.objects.get().status

    assert [shop("draft"), shop("active"), shop("archived")] == ["draft", "published", "draft"]


def test_progress_is_told_to_the_end(bring):
    told = []
    bring(*(row(n) for n in range(300)), progress=lambda done, total: told.append((done, total)))
    assert told == [(256, 300), (300, 300)]


def test_text_that_postgresql_would_refuse_is_made_fit(bring):
    assert counts(bring(row("a", title="Si\x00lk " + "x" * 400))) == {"created": 1}


def test_a_description_too_long_for_an_index_is_kept_whole(brand, written):
    words = " ".join(f"word{n}" for n in range(100_000))
    text = f"id,title,price,availability,description\n1,Scarf,5,in stock,{words}\n"
    import_feed(brand, written(text))
    assert Product.objects.get().description == words
