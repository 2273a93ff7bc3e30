"""schema.org Product as JSON-LD."""

import json
from decimal import Decimal

import pytest

from catalog.feeds.product import FeedError

OFFER = {
    "@type": "Offer",
    "price": "390.00",
    "priceCurrency": "EUR",
    "availability": "https://schema.org/InStock",
}


def thing(**further) -> dict:
    given = {"@context": "https://schema.org", "@type": "Product", "sku": "S-1", "name": "Scarf"}
    return {**given, "offers": OFFER, **further}


def text(value, **form) -> str:
    return json.dumps(value, indent=1, **form)


def test_a_product_is_read(reading):
    node = thing(
        description="Silk <b>twill</b>",
        brand={"@type": "Brand", "name": "Maison"},
        category="Scarves",
        url="https://a.example/1",
        gtin13="3612345678901",
        mpn="M-1",
        keywords="silk, gift",
        material="Silk",
        weight={"@type": "QuantitativeValue", "value": 65, "unitCode": "GRM"},
        additionalProperty=[{"@type": "PropertyValue", "name": "Weave", "value": "Twill"}],
    )
    found = reading(text(node), "scarf.json")
    product, (variant,) = found.product, found.variants
    assert (found.form, product.key, product.title) == ("jsonld", "S-1", "Scarf")
    assert (product.description, product.vendor) == ("Silk twill", "Maison")
    assert product.tags == ("silk", "gift")
    assert product.attributes == {"Material": "Silk", "Weight": "65 g", "Weave": "Twill"}
    assert (variant.price, variant.currency) == (Decimal("390.00"), "EUR")
    assert (variant.availability, variant.gtin, variant.mpn) == (
        "in_stock",
        "3612345678901",
        "M-1",
    )


@pytest.mark.parametrize(
    "wrap",
    [
        lambda nodes: nodes,
        lambda nodes: {"@context": "https://schema.org", "@graph": nodes},
        lambda nodes: {"@type": "ItemList", "itemListElement": [{"item": n} for n in nodes]},
    ],
)
def test_arrays_graphs_and_lists_are_read_with_their_lines(reading, wrap):
    content = text(wrap([thing(sku="a"), thing(sku="b")]))
    lines = content.splitlines()
    found = reading(content, "products.json")
    assert [product.key for product in found.products] == ["a", "b"]
    for product in found.products:
        assert '"@type": "Product"' in lines[product.line - 1]


def test_one_object_a_line_is_read(reading):
    found = reading("\n".join(json.dumps(thing(sku=key)) for key in "abc"), "products.jsonl")
    assert [(product.key, product.line) for product in found.products] == [
        ("a", 1),
        ("b", 2),
        ("c", 3),
    ]


def test_the_blocks_of_a_page_are_read_with_the_lines_of_the_page(reading):
    page = (
        "<!doctype html>\n<html><head>\n"
        f"<script type='application/ld+json'>\n{json.dumps(thing(sku='a'))}\n</script>\n"
        '<script type="application/ld+json">{ broken </script>\n'
        f'<script type="application/ld+json">//<![CDATA[\n{json.dumps(thing(sku="b"))}\n//]]>'
        "</script></head></html>"
    )
    found = reading(page, "page.html")
    assert [(product.key, product.line) for product in found.products] == [("a", 4), ("b", 8)]
    assert found.lines == [6]


def test_a_group_is_one_product_with_its_variants(reading):
    group = {
        "@type": "ProductGroup",
        "productGroupID": "heron",
        "name": "Carré Héron",
        "variesBy": ["https://schema.org/color"],
        "hasVariant": [
            thing(sku="h-1", name="Ink", color="Ink"),
            thing(sku="h-2", name="Saffron", color="Saffron", offers={**OFFER, "price": 410}),
        ],
    }
    product = reading(text(group), "group.json").product
    assert (product.key, product.title) == ("heron", "Carré Héron")
    assert [(each.key, each.options, each.price) for each in product.variants] == [
        ("h-1", {"Colour": "Ink"}, Decimal(390)),
        ("h-2", {"Colour": "Saffron"}, Decimal(410)),
    ]


def test_variants_that_name_their_group_are_brought_together(reading):
    nodes = [
        {"@id": "#g", "@type": "ProductGroup", "productGroupID": "heron", "name": "Héron"},
        thing(sku="h-1", color="Ink", isVariantOf={"@id": "#g"}),
        thing(sku="h-2", color="Saffron", inProductGroupWithID="heron"),
    ]
    product = reading(text(nodes), "group.json").product
    assert (product.title, [each.key for each in product.variants]) == ("Héron", ["h-1", "h-2"])


def test_references_within_the_file_are_followed(reading):
    nodes = [
        thing(offers={"@id": "#o"}, image={"@id": "#i"}),
        {"@id": "#o", **OFFER},
        {"@id": "#i", "@type": "ImageObject", "url": "https://a.example/1.jpg"},
    ]
    product = reading(text({"@graph": nodes}), "graph.json").product
    assert product.variants[0].price == Decimal(390)
    assert product.images == ({"url": "https://a.example/1.jpg", "alt": "Scarf"},)


def test_products_named_beside_a_product_are_not_the_houses(reading):
    node = thing(isSimilarTo=thing(sku="other"), isRelatedTo=[thing(sku="third")])
    assert reading(text(node), "page.json").product.key == "S-1"


@pytest.mark.parametrize(
    ("image", "urls"),
    [
        ("https://a.example/1.jpg", 1),
        (["https://a.example/1.jpg", "https://a.example/2.jpg"], 2),
        ({"@type": "ImageObject", "contentUrl": "https://a.example/1.jpg", "caption": "x"}, 1),
        ("javascript:alert(1)", 0),
        (None, 0),
    ],
)
def test_images_in_every_form_are_read(reading, image, urls):
    assert len(reading(text(thing(image=image)), "p.json").product.images) == urls


@pytest.mark.parametrize(
    ("offers", "prices"),
    [
        ([OFFER | {"sku": "a"}, OFFER | {"sku": "b", "price": 5}], [390, 5]),
        ([OFFER, OFFER | {"price": 5}], [390, 5]),
        ({"@type": "AggregateOffer", "priceCurrency": "EUR", "offers": [OFFER]}, [390]),
        ({"@type": "AggregateOffer", "lowPrice": "115", "highPrice": "390"}, [115, 390]),
        ({"@type": "AggregateOffer", "lowPrice": 115}, [115]),
        ({"priceSpecification": {"price": 390, "priceCurrency": "EUR"}}, [390]),
        ({"price": "1.290,00", "priceCurrency": "EUR"}, [1290]),
        ({"priceCurrency": "EUR"}, [None]),
        (None, [None]),
    ],
)
def test_offers_in_every_form_are_read(reading, offers, prices):
    found = reading(text(thing(offers=offers)), "p.json")
    assert [variant.price for variant in found.variants] == prices


def test_a_list_price_is_what_the_price_is_compared_with(reading):
    offer = {
        "priceSpecification": [
            {"price": 500, "priceCurrency": "EUR", "priceType": "https://schema.org/ListPrice"},
            {"price": 390, "priceCurrency": "EUR"},
        ]
    }
    (variant,) = reading(text(thing(offers=offer)), "p.json").variants
    assert (variant.price, variant.compare_at_price) == (390, 500)


def test_a_product_without_an_offer_is_not_in_stock(reading):
    (variant,) = reading(text(thing(offers=None)), "p.json").variants
    assert variant.availability == "out_of_stock"


@pytest.mark.parametrize(
    ("further", "reason"),
    [
        ({"name": ""}, "the title is missing"),
        ({"offers": OFFER | {"price": "-1"}}, "negative"),
        ({"offers": OFFER | {"price": float("nan")}}, "cannot be read"),
        ({"offers": OFFER | {"priceCurrency": "Euros"}}, "not a currency"),
        ({"offers": OFFER | {"availability": "perhaps"}}, "not known"),
    ],
)
def test_a_bad_product_is_rejected_with_its_line_and_reason(reading, further, reason):
    content = text([thing(sku="a"), thing(sku="bad", **further), thing(sku="c")])
    found = reading(content, "products.json")
    assert [product.key for product in found.products] == ["a", "c"]
    ((line, key, why),) = found.rejected
    assert key == "bad"
    assert reason in why
    assert line > found.products[0].line


def test_a_product_that_names_itself_in_no_way_is_rejected(reading):
    found = reading(text([{"@type": "Product", "offers": OFFER}, thing()]), "products.json")
    assert [reason for _, _, reason in found.rejected] == [
        "the product has no sku, address or name"
    ]


def test_broken_json_costs_its_own_product_only(reading):
    content = text([thing(sku=key) for key in "abc"]).replace('"sku": "b",', '"sku": "b"')
    found = reading(content, "products.json")
    assert [product.key for product in found.products] == ["a", "c"]
    assert found.cut
    assert "Expecting" in found.rejected[0][2]


def test_a_file_too_large_to_hold_is_refused(reading):
    with pytest.raises(FeedError, match="too large"):
        reading(b" " * ((64 << 20) + 1), "p.json", form="jsonld")


def test_deeply_nested_json_is_rejected(reading):
    found = reading('{"a":' * 100_000 + "1" + "}" * 100_000, "deep.json")
    assert (found.products, len(found.rejected)) == ([], 1)


def test_a_reason_quotes_only_what_can_be_written_down(reading):
    content = text(thing(offers=OFFER | {"price": "\ud800 many"}))
    ((_, _, reason),) = reading(content, "p.json").rejected
    assert reason.encode()
