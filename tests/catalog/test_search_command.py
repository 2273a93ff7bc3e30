import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from archive.models import Document, DocumentVersion, Passage
from catalog.models import Product, Variant
from catalog.search import refresh


@pytest.fixture
def house(brand):
    """One public passage, one for advisors, and one product, without vectors."""
    for audience, text in (("public", "The heron was drawn in 1934."), ("advisor", "Heron prices")):
        document = Document.objects.create(
            brand=brand, key=audience, title="The Heron", status="published", audience=audience
        )
        version = DocumentVersion.objects.create(document=document, number=1, text=text)
        Passage.objects.create(
            brand=brand,
            document=document,
            version=version,
            number=0,
            start=0,
            end=len(text),
            text=text,
            page=3,
            language="en",
        )
    Product.objects.create(
        brand=brand, key="heron-90", title="Carré Héron 90", details="Silk twill", language="en"
    )
    return brand


def said(*words, **options):
    output = StringIO()
    call_command("search", *words, stdout=output, **options)
    return output.getvalue()


def test_passages_are_told_with_their_document_page_and_score(house):
    told = said("heron", "--brand", house.slug, "--in", "archive")
    assert "The Heron  [public, p. 3]" in told
    assert "The heron was drawn in 1934." in told
    assert "words 1" in told


def test_products_are_told_with_their_key(house):
    assert "Carré Héron 90  [heron-90]" in said("heron", "--brand", house.slug, "--in", "catalog")


def test_a_public_viewer_is_meant_unless_an_audience_is_named(house):
    archive = ("heron", "--brand", house.slug, "--in", "archive")
    assert "Heron prices" not in said(*archive)
    assert "Heron prices" in said(*archive, "--audience", "advisor")


def test_hits_are_told_as_json(house):
    told = json.loads(said("heron", "--brand", house.slug, "--in", "archive", "--json"))
    assert 0 < told["support"] < 1
    (hit,) = told["hits"]
    assert (told["query"], told["in"], hit["rank"]) == ("heron", "archive", 1)
    assert hit["text"][hit["start"] : hit["end"]] == "The heron was drawn in 1934."


def test_no_more_than_the_top_are_told(house):
    archive = ("heron", "--brand", house.slug, "--in", "archive", "--audience", "atelier")
    assert len(json.loads(said(*archive, "--top", "1", "--json"))["hits"]) == 1


def test_nothing_found_is_said(house):
    assert said("orris", "--brand", house.slug, "--in", "catalog") == "Nothing was found.\n"


def test_a_brand_that_does_not_exist_is_one_sentence(db):
    with pytest.raises(CommandError, match='There is no brand "nobody"'):
        said("heron", "--brand", "nobody", "--in", "archive")


@pytest.mark.parametrize("top", ["0", "-1", "100000"])
def test_a_top_out_of_reach_is_one_sentence(house, top):
    with pytest.raises(CommandError, match="from 1 to"):
        said("heron", "--brand", house.slug, "--in", "archive", "--top", top)


def test_a_piece_outside_of_the_range_says_so(brand):
    product = Product.objects.create(brand=brand, key="relais", title="Relais", kind="Bag")
    Variant.objects.create(product=product, key="1", price=2450, currency="EUR")
    refresh(brand.pk)
    told = StringIO()
    options = {"brand": "maison", "where": "catalog", "json": True, "stdout": told}
    call_command("search", "a bag under 2,000 euros", **options)
    [hit] = json.loads(told.getvalue())["hits"]
    assert (hit["fits"], hit["missed"]) == (False, ["price +450.00 EUR"])


def test_a_hit_is_the_words_to_read_with_the_passage_they_are_of(brand):
    text = (
        "The heron was drawn in 1934 by the quay. A ferry crosses every hour. "
        "Tea is served upstairs. The stairs are of oak."
    )
    document = Document.objects.create(brand=brand, key="d", title="Quay", status="published")
    version = DocumentVersion.objects.create(document=document, number=1, text=text)
    Passage.objects.create(
        brand=brand, document=document, version=version, number=0, start=0, end=len(text),
        text=text, language="en",
    )  # fmt: skip
    question = "When was the heron drawn?"
    told = json.loads(said(question, "--brand", brand.slug, "--in", "archive", "--json"))
    (hit,) = told["hits"]
    assert hit["text"].startswith("The heron was drawn in 1934 by the quay.")
    assert "stairs are of oak" not in hit["text"]
    assert text[hit["start"] : hit["end"]] == hit["text"]
    assert hit["passage"] == {"start": 0, "end": len(text), "text": text}
