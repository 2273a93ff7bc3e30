"""Shopify's product CSV."""

import csv
import io
from decimal import Decimal

import pytest

OLD = {
    "handle": "Handle",
    "body": "Body (HTML)",
    "price": "Variant Price",
    "before": "Variant Compare At Price",
    "sku": "Variant SKU",
    "quantity": "Variant Inventory Qty",
    "policy": "Variant Inventory Policy",
    "tracker": "Variant Inventory Tracker",
    "image": "Image Src",
    "barcode": "Variant Barcode",
    "variant_image": "Variant Image",
    "published": "Published",
}
NEW = {
    "handle": "URL handle",
    "body": "Description",
    "price": "Price",
    "before": "Compare-at price",
    "sku": "SKU",
    "quantity": "Inventory quantity",
    "policy": "Continue selling when out of stock",
    "tracker": "Inventory tracker",
    "image": "Product image URL",
    "barcode": "Barcode",
    "variant_image": "Variant image URL",
    "published": "Published on online store",
}


def shopify(*rows: dict[str, str], names: dict[str, str] = OLD) -> str:
    """A file of `rows`, whose columns are those any of them has."""
    columns = list(dict.fromkeys(["handle", *(name for row in rows for name in row)]))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([names.get(column, column) for column in columns])
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return text.getvalue()


def scarf(**further: str) -> dict[str, str]:
    return {"handle": "scarf", "Title": "Scarf", "price": "390.00", **further}


def test_a_product_without_options_has_one_variant(reading):
    found = reading(shopify(scarf(**{"Option1 Name": "Title", "Option1 Value": "Default Title"})))
    (variant,) = found.variants
    assert (found.form, variant.key, variant.title, variant.options) == (
        "shopify",
        "default",
        "",
        {},
    )
    assert (variant.price, variant.currency) == (Decimal("390.00"), "EUR")


def test_the_rows_of_a_handle_are_variants_of_one_product(reading):
    rows = [
        scarf(**{"Option1 Name": "Colour", "Option1 Value": "Ink", "Option2 Name": "Size"}),
        {"handle": "scarf", "Option1 Value": "Saffron", "Option2 Value": "L", "price": "410"},
    ]
    rows[0]["Option2 Value"] = "M"
    product = reading(shopify(*rows)).product
    assert [each.options for each in product.variants] == [
        {"Colour": "Ink", "Size": "M"},
        {"Colour": "Saffron", "Size": "L"},
    ]
    assert product.options == (
        {"name": "Colour", "values": ["Ink", "Saffron"]},
        {"name": "Size", "values": ["M", "L"]},
    )
    assert [each.key for each in product.variants] == ["Ink / M", "Saffron / L"]


@pytest.mark.parametrize("names", [OLD, NEW])
def test_both_namings_of_the_columns_are_read(reading, names):
    row = scarf(
        body="<p>Silk <b>twill</b></p>",
        before="450",
        sku="S-1",
        quantity="3",
        tracker="shopify",
        image="https://a.example/1.jpg",
        barcode="3612345678901",
        variant_image="https://a.example/2.jpg",
        published="true",
    )
    product = reading(shopify(row, names=names)).product
    (variant,) = product.variants
    assert product.description == "Silk twill"
    assert [image["url"] for image in product.images] == [
        "https://a.example/1.jpg",
        "https://a.example/2.jpg",
    ]
    assert (variant.sku, variant.key, variant.gtin) == ("S-1", "S-1", "3612345678901")
    assert (variant.compare_at_price, variant.quantity) == (Decimal("450.00"), 3)
    assert variant.image == "https://a.example/2.jpg"


def test_rows_with_only_an_image_add_an_image_in_its_place(reading):
    rows = [
        scarf(image="https://a.example/2.jpg", **{"Image Position": "2", "Image Alt Text": "Back"}),
        {"handle": "scarf", "image": "https://a.example/1.jpg", "Image Position": "1"},
        {"handle": "scarf", "image": "https://a.example/2.jpg", "Image Position": "3"},
    ]
    product = reading(shopify(*rows)).product
    assert len(product.variants) == 1
    assert product.images == (
        {"url": "https://a.example/1.jpg", "alt": "Scarf"},
        {"url": "https://a.example/2.jpg", "alt": "Back"},
    )


@pytest.mark.parametrize(
    ("tracker", "quantity", "policy", "availability", "counted"),
    [
        ("shopify", "3", "deny", "in_stock", 3),
        ("shopify", "0", "deny", "out_of_stock", 0),
        ("shopify", "-2", "deny", "out_of_stock", -2),
        ("shopify", "0", "continue", "backorder", 0),
        ("shopify", "0", "TRUE", "backorder", 0),
        ("", "0", "deny", "in_stock", None),
        ("shopify", "", "deny", "in_stock", None),
    ],
)
def test_stock_follows_quantity_and_policy(
    reading, tracker, quantity, policy, availability, counted
):
    found = reading(shopify(scarf(tracker=tracker, quantity=quantity, policy=policy)))
    (variant,) = found.variants
    assert (variant.availability, variant.quantity) == (availability, counted)


def test_a_file_without_trackers_goes_by_quantity(reading):
    (variant,) = reading(shopify(scarf(quantity="0", policy="deny"))).variants
    assert variant.availability == "out_of_stock"


@pytest.mark.parametrize(
    ("column", "value", "hidden"),
    [
        ("Status", "active", False),
        ("Status", "draft", True),
        ("Status", "archived", True),
        ("published", "false", True),
        ("published", "TRUE", False),
    ],
)
def test_a_product_not_on_show_is_hidden(reading, column, value, hidden):
    assert reading(shopify(scarf(**{column: value}))).product.hidden is hidden


def test_an_archived_product_is_no_longer_available(reading):
    (variant,) = reading(shopify(scarf(Status="archived"))).variants
    assert variant.availability == "unavailable"


def test_metafields_and_shopping_columns_become_attributes(reading):
    row = scarf(
        **{
            "Color (product.metafields.shopify.color-pattern)": "blue; ivory",
            "Story (product.metafields.custom.story)": '{"type":"root"}',
            "Google Shopping / Gender": "unisex",
            "Google Shopping / Custom Label 0": "high margin",
            "Google Shopping / MPN": "M-1",
            "Google Shopping / Google Product Category": "Apparel > Scarves",
        }
    )
    product = reading(shopify(row)).product
    assert product.attributes == {"Color": "blue; ivory", "Gender": "unisex"}
    assert (product.category, product.variants[0].mpn) == ("Apparel > Scarves", "M-1")


def test_tags_are_parted_and_kept_once(reading):
    assert reading(shopify(scarf(Tags="silk, gift ,, silk"))).product.tags == ("silk", "gift")


def test_a_gift_card_says_so(reading):
    product = reading(shopify(scarf(**{"Gift Card": "true"}))).product
    assert (product.kind, product.attributes) == ("Gift card", {"Gift card": "yes"})


def test_variants_that_share_a_sku_are_told_apart_by_their_options(reading):
    rows = [
        scarf(sku="S", **{"Option1 Name": "Size", "Option1 Value": "M"}),
        {"handle": "scarf", "sku": "S", "price": "1", "Option1 Value": "L"},
    ]
    assert [each.key for each in reading(shopify(*rows)).variants] == ["M", "L"]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ({"price": "-1"}, "negative"),
        ({"price": "many"}, "cannot be read"),
        ({"before": "many"}, "cannot be read"),
        ({"quantity": "lots"}, "not a whole number"),
        ({"quantity": "99999999999"}, "not a whole number"),
        ({"Title": ""}, "the title is missing"),
        ({"Title": "x" * 501}, "longer than 500"),
        ({"handle": ""}, "the handle is missing"),
        ({"handle": "x" * 201}, "longer than 200"),
    ],
)
def test_a_bad_row_is_rejected_with_its_line_and_reason(reading, bad, reason):
    good = {"handle": "glove", "Title": "Glove", "price": "5", "before": "", "quantity": "1"}
    found = reading(shopify(good, scarf(**bad), {**good, "handle": "hat"}))
    assert [product.key for product in found.products] == ["glove", "hat"]
    ((line, _, why),) = found.rejected
    assert line == 3
    assert reason in why


def test_a_bad_variant_leaves_the_others_and_says_the_product_is_not_whole(reading):
    rows = [
        scarf(**{"Option1 Name": "Size", "Option1 Value": "M"}),
        {"handle": "scarf", "Option1 Value": "L", "price": "?"},
    ]
    found = reading(shopify(*rows))
    assert (found.lines, found.product.whole, len(found.variants)) == ([3], False, 1)


def test_a_variant_told_twice_is_rejected(reading):
    rows = [
        scarf(**{"Option1 Name": "Size", "Option1 Value": "M"}),
        {"handle": "scarf", "Option1 Value": "M", "price": "3"},
    ]
    found = reading(shopify(*rows))
    assert found.rejected == [(3, "scarf", 'the variant "M" is already on line 2')]


def test_a_missing_price_is_one_on_request(reading):
    (variant,) = reading(shopify(scarf(price=""))).variants
    assert variant.price is None
