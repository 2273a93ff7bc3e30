import pytest

from archive.models import Document, DocumentVersion
from catalog.models import Product, Variant
from concierge.redaction.brand_facts import EVERY, facts_of, forget, read
from concierge.redaction.veil import Veil

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(brand):
    forget()
    brand.contact = "+33 4 00 00 18 89, Monday to Saturday"
    brand.save()
    product = Product.objects.create(
        brand=brand, key="square", title="Gants Adèle", url="https://shop.example/square"
    )
    Variant.objects.create(
        product=product, key="a", sku="12345678", gtin="4006381333931", currency="EUR"
    )
    document = Document.objects.create(
        brand=brand, key="a.md", title="A letter", people=["Noor Haddad"], collection="Sel & Lin"
    )
    version = DocumentVersion.objects.create(
        document=document, number=1, content_hash="0" * 64, file_name="a.md",
        text="The shop is at 9, passage Hellébore. Write to shop@maison.example, says Mme Vialla.",
    )  # fmt: skip
    document.current = version
    document.save()
    yield brand
    forget()


@pytest.mark.parametrize(
    "text",
    [
        "Has order 12345678 the Gants Adèle?",
        "Is 4006381333931 in stock?",
        "This is Noor Haddad, is it?",
        "Who was Mme Vialla?",
        "May I call 04 00 00 18 89?",
        "Is 9, passage Hellébore open?",
        "Does shop@maison.example answer?",
        "See https://www.shop.example/square?colour=blue",
    ],
)
def test_a_houses_rows_and_documents_are_its_facts(house, text):
    assert Veil(facts=facts_of(house.pk)).hidden(text) == text


def test_another_house_has_facts_of_its_own(house, other_brand):
    assert not facts_of(other_brand.pk).codes
    text = "Does shop@maison.example answer?"
    assert Veil(facts=facts_of(other_brand.pk)).hidden(text) != text


def test_facts_are_read_anew_once_rows_have_changed(house, monkeypatch):
    assert "87654321" not in facts_of(house.pk).codes
    product = Product.objects.get()
    Variant.objects.create(product=product, key="b", sku="87654321", currency="EUR")
    product.save()
    assert "87654321" not in facts_of(house.pk).codes  # looked at a moment ago
    now = monotonic_after(EVERY)
    monkeypatch.setattr("concierge.redaction.brand_facts.monotonic", lambda: now)
    assert "87654321" in facts_of(house.pk).codes


def monotonic_after(seconds):
    from time import monotonic

    return monotonic() + seconds + 1


def test_facts_that_have_not_changed_are_not_read_again(house, django_assert_num_queries):
    facts_of(house.pk)
    with django_assert_num_queries(0):
        facts_of(house.pk)
    assert read(house.pk) == facts_of(house.pk)
