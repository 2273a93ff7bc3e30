"""What a house that was there before an upgrade finds after it."""

import pytest

import archive.tasks
import catalog.tasks
from archive import search as passages
from archive.models import Word
from catalog import search as products
from catalog.models import CatalogName, NamesLearned, Product

pytestmark = pytest.mark.django_db


def test_words_counted_by_an_earlier_release_are_learned_at_the_upgrade(brand, write):
    write("The heron clasp.")
    passages.refresh(brand.pk)
    Word.objects.all().delete()
    archive.tasks.catch_up()
    assert Word.objects.filter(brand=brand, word="heron").exists()


def test_names_of_an_earlier_catalogue_are_learned_at_the_upgrade(brand):
    Product.objects.create(brand=brand, key="p", title="Scarf", kind="Scarf", status="published")
    products.refresh(brand.pk)
    Word.objects.all().delete()
    CatalogName.objects.all().delete()
    NamesLearned.objects.all().delete()
    catalog.tasks.catch_up()
    assert CatalogName.objects.filter(brand=brand, value="Scarf").exists()


def test_an_upgrade_leaves_a_brand_alone_that_has_learned(brand, write):
    write("The heron clasp.")
    passages.refresh(brand.pk)
    assert passages.unlearned() == []
