"""Google Merchant feeds, delimited and as XML."""

from decimal import Decimal

import pytest

from catalog.feeds.product import FeedError

COLUMNS = ("id", "title", "price", "availability")


def tsv(*rows: dict[str, str]) -> str:
    columns = list(dict.fromkeys([*COLUMNS, *(name for row in rows for name in row)]))
    lines = ["\t".join(columns), *("\t".join(row.get(c, "") for c in columns) for row in rows)]
    return "\n".join(lines) + "\n"


def item(number: str = "1", **further: str) -> dict[str, str]:
    given = {"id": number, "title": f"Scarf {number}", "price": "390 EUR"}
    return {**given, "availability": "in stock", **further}


def rss(*items: str, opening: str = "") -> str:
    return (
        f'<?xml version="1.0"?>\n{opening}<rss version="2.0" '
        'xmlns:g="http://base.google.com/ns/1.0"><channel><title>House</title>\n'
        + "\n".join(items)
        + "\n</channel></rss>\n"
    )


def entry(number: str = "1", inner: str = "") -> str:
    return (
        f"<item><g:id>{number}</g:id><title>Scarf {number}</title><g:price>390 EUR</g:price>"
        f"<g:availability>in_stock</g:availability>{inner}</item>"
    )


def test_a_row_becomes_a_product(reading):
    row = item(
        brand="Maison",
        description="Silk &amp; wool",
        gtin="3612345678901",
        mpn="M-1",
        link="https://a.example/p/1",
        image_link="https://a.example/1.jpg",
        additional_image_link="https://a.example/2.jpg,https://a.example/3.jpg",
        product_type="Scarves > Silk",
        google_product_category="Apparel > Scarves",
        gender="unisex",
        condition="new",
    )
    found = reading(tsv(row))
    product, (variant,) = found.product, found.variants
    assert (found.form, product.key, product.vendor) == ("google", "1", "Maison")
    assert (product.description, product.url) == ("Silk & wool", "https://a.example/p/1")
    assert (product.kind, product.category) == ("Scarves > Silk", "Apparel > Scarves")
    assert [each["url"][-5:] for each in product.images] == ["1.jpg", "2.jpg", "3.jpg"]
    assert product.attributes == {"Gender": "unisex"}
    assert (variant.sku, variant.gtin, variant.mpn) == ("1", "3612345678901", "M-1")
    assert (variant.price, variant.currency) == (Decimal("390.00"), "EUR")


def test_columns_may_be_written_with_blanks_and_capitals(reading):
    text = tsv(item(image_link="https://a.example/1.jpg")).replace("image_link", "Image Link")
    assert reading(text).product.images


def test_a_group_is_one_product_with_options(reading):
    rows = [
        item("a", item_group_id="g", title="Scarf Heron - Ink", color="Ink", size="90"),
        item("b", item_group_id="g", title="Scarf Heron - Saffron", color="Saffron", size="90"),
    ]
    product = reading(tsv(*rows)).product
    assert (product.key, product.title) == ("g", "Scarf Heron")
    assert [each.key for each in product.variants] == ["a", "b"]
    assert product.options == (
        {"name": "Colour", "values": ["Ink", "Saffron"]},
        {"name": "Size", "values": ["90"]},
    )


def test_a_colour_of_a_single_product_is_an_attribute(reading):
    product = reading(tsv(item(color="Ink"))).product
    assert (product.options, product.attributes) == ((), {"Colour": "Ink"})


def test_a_sale_price_is_the_price_and_the_other_is_compared(reading):
    (variant,) = reading(tsv(item(sale_price="300 EUR"))).variants
    assert (variant.price, variant.compare_at_price) == (Decimal(300), Decimal(390))


@pytest.mark.parametrize(
    ("span", "price"),
    [
        ("2001-01-01T00:00+0100/2002-01-01T00:00+0100", 390),
        ("2001-01-01T00:00+0100/2999-01-01T00:00+0100", 300),
        ("soon", 300),
    ],
)
def test_a_sale_holds_in_its_time_only(reading, span, price):
    row = item(sale_price="300 EUR", sale_price_effective_date=span)
    (variant,) = reading(tsv(row)).variants
    assert variant.price == price


@pytest.mark.parametrize(
    ("cell", "attributes"),
    [
        ("General:Weave:Twill,General:Weight:65 g", {"Weave": "Twill", "Weight": "65 g"}),
        ("weave:twill,weight:65 g", {"weave": "twill", "weight": "65 g"}),
        ("weave:twill, plain,weight:65 g", {"weave": "twill, plain", "weight": "65 g"}),
        ("aspect ratio:16:9,kind:x", {"aspect ratio": "16:9", "kind": "x"}),
        (r"made:Lyon\, Paris", {"made": "Lyon, Paris"}),
        ("colour:blue,colour:red", {"colour": "blue; red"}),
        ("nothing", {}),
    ],
)
def test_details_are_read_in_both_notations(reading, cell, attributes):
    assert reading(tsv(item(product_detail=cell))).product.attributes == attributes


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ({"id": ""}, "the id is missing"),
        ({"title": ""}, "the title is missing"),
        ({"title": "x" * 501}, "longer than 500"),
        ({"id": "x" * 201}, "longer than 200"),
        ({"price": "-5 EUR"}, "negative"),
        ({"price": "5 XXX"}, "not a currency"),
        ({"sale_price": "cheap"}, "cannot be read"),
        ({"availability": ""}, "the availability is missing"),
        ({"availability": "maybe"}, "not known"),
    ],
)
def test_a_bad_row_is_rejected_with_its_line_and_reason(reading, bad, reason):
    found = reading(tsv(item("1"), item("2", **bad), item("3")))
    assert [product.key for product in found.products] == ["1", "3"]
    ((line, _, why),) = found.rejected
    assert line == 3
    assert reason in why


def test_an_id_told_twice_is_rejected(reading):
    found = reading(tsv(item("1"), item("2"), item("1")))
    assert found.rejected == [(4, "1", 'the variant "1" is already on line 2')]


def test_a_feed_without_the_column_lists_what_is_in_stock(reading):
    (variant,) = reading("id,title,price\n1,Scarf,5\n").variants
    assert variant.availability == "in_stock"


def test_rss_items_become_products_with_their_lines(reading):
    inner = (
        "\n<g:description><![CDATA[<p>Silk </item> twill</p>]]></g:description>\n"
        "<g:additional_image_link>https://a.example/2.jpg</g:additional_image_link>"
        "<g:additional_image_link>https://a.example/3.jpg</g:additional_image_link>"
        "<g:product_detail><g:section_name>General</g:section_name><g:attribute_name>Weave"
        "</g:attribute_name><g:attribute_value>Twill, 18 mommes</g:attribute_value>"
        "</g:product_detail>"
    )
    found = reading(rss(entry("1", inner), "<!-- " + entry("x") + " -->", entry("2")), "feed.xml")
    first, second = found.products
    assert (found.form, first.line, second.line) == ("google", 3, 7)
    assert first.description == "Silk twill"
    assert len(first.images) == 2
    assert first.attributes == {"Weave": "Twill, 18 mommes"}


def test_atom_entries_become_products(reading):
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0">\n'
        '<entry><g:id>1</g:id><title>Scarf</title><link href="https://a.example/1"/>'
        "<summary>Silk</summary><g:price>5 EUR</g:price><g:availability>preorder"
        "</g:availability></entry></feed>"
    )
    product = reading(text, "feed.xml").product
    assert (product.url, product.description) == ("https://a.example/1", "Silk")
    assert product.variants[0].availability == "preorder"


def test_googles_title_comes_before_the_plain_one(reading):
    assert reading(rss(entry("1", "<g:title>Carré</g:title>"))).product.title == "Carré"


def test_prefixes_that_were_never_declared_are_read(reading):
    text = rss(entry("1")).replace(' xmlns:g="http://base.google.com/ns/1.0"', "")
    assert reading(text).product.key == "1"


def test_html_names_of_letters_are_read(reading):
    assert reading(rss(entry("1", "<g:title>Carr&eacute;&nbsp;90</g:title>"))).product.title == (
        "Carré 90"
    )


@pytest.mark.parametrize(
    ("inner", "reason"),
    [
        ("<g:brand>A & B</g:brand>", "the XML of the item is broken"),
        ("<g:brand>A<b></g:brand>", "the XML of the item is broken"),
        ("<g:brand>&nothing;</g:brand>", "the XML of the item is broken"),
    ],
)
def test_a_broken_item_is_rejected_alone(reading, inner, reason):
    found = reading(rss(entry("1"), entry("2", inner), entry("3")))
    assert [product.key for product in found.products] == ["1", "3"]
    ((line, key, why),) = found.rejected
    assert (line, key) == (4, "2")
    assert reason in why


def test_an_item_that_is_never_closed_is_rejected_alone(reading):
    found = reading(rss(entry("1"), entry("2").replace("</item>", ""), entry("3")))
    assert [product.key for product in found.products] == ["1", "3"]
    assert found.rejected == [(4, "2", "the item is never closed")]


def test_an_xml_feed_on_one_line_is_read(reading):
    found = reading(rss(entry("1"), entry("2", "<g:x>&</g:x>"), entry("3")).replace("\n", ""))
    assert [product.key for product in found.products] == ["1", "3"]


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8"])
def test_the_declared_encoding_is_used(reading, encoding):
    text = rss(entry("1", "<g:title>Carré</g:title>"))
    text = text.replace('version="1.0"?', f'version="1.0" encoding="{encoding}"?')
    assert reading(text.encode(encoding), "feed.xml").product.title == "Carré"


def test_an_unknown_encoding_is_refused(reading):
    with pytest.raises(FeedError, match='"klingon", which is not known'):
        reading(rss(entry()).replace('"1.0"?', '"1.0" encoding="klingon"?'))


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>\n',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n',
        '<!DOCTYPE rss SYSTEM "http://evil.example/x.dtd">\n',
    ],
)
def test_a_document_type_is_refused(reading, declaration):
    with pytest.raises(FeedError, match="document type"):
        reading(rss(entry("1", "<g:brand>&x;</g:brand>"), opening=declaration))


def test_an_item_of_ten_megabytes_is_rejected_and_passed_over(reading):
    long = entry("2", f"<g:description>{'word ' * 2_000_000}</g:description>")
    found = reading(rss(entry("1"), long, entry("3")))
    assert [product.key for product in found.products] == ["1", "3"]
    ((line, key, reason),) = found.rejected
    assert (line, key) == (4, "2")
    assert "longer than" in reason


@pytest.mark.parametrize("end", ["</channel>", "<g:price>", "</rss>"])
def test_a_feed_cut_short_is_seen(reading, end):
    text = rss(entry("1"), entry("2"))
    found = reading(text[: text.rindex(end)])
    assert found.cut
    assert found.products[0].key == "1"
