"""The names of a catalogue are learned when what they are made from has changed, and only then."""

import pytest

from catalog.conditions.learn import learn
from catalog.models import CatalogName, NamesLearned, Product, Variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def bag(brand):
    bag = Product.objects.create(
        brand=brand, key="bag", title="Relais", kind="Bag", images=[{"url": "/i.svg", "alt": "x"}]
    )
    Variant.objects.create(
        product=bag, key="ink", options={"Colour": "Ink"}, currency="EUR", image="/i.svg"
    )
    learn(brand.pk)
    return bag


@pytest.fixture
def keys(brand):
    """The names' primary keys: others once they have been written anew."""
    return lambda: set(CatalogName.objects.filter(brand=brand).values_list("pk", flat=True))


def test_names_of_a_catalogue_that_has_not_changed_stay(bag, brand, keys):
    before = keys()
    assert learn(brand.pk) == len(before) > 0
    assert keys() == before


def test_a_price_or_stock_that_changed_changes_no_name(bag, brand, keys):
    before = keys()
    bag.variants.update(price=10, availability="out_of_stock")
    learn(brand.pk)
    assert keys() == before


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Besace"},
        {"kind": "Travel bag"},
        {"tags": ["leather"]},
        {"attributes": {"Material": "Calf"}},
        {"images": [{"url": "/i.svg", "alt": "black"}]},
    ],
)
def test_whatever_names_are_made_from_is_learned_again(bag, brand, keys, change):
    before = keys()
    Product.objects.filter(pk=bag.pk).update(**change)
    learn(brand.pk)
    assert not keys() & before


def test_a_form_that_came_or_went_is_learned(bag, brand):
    Variant.objects.create(product=bag, key="dew", options={"Colour": "Dew"}, currency="EUR")
    learn(brand.pk)
    assert CatalogName.objects.filter(brand=brand, value="Dew").exists()
    bag.variants.filter(key="dew").delete()
    learn(brand.pk)
    assert not CatalogName.objects.filter(brand=brand, value="Dew").exists()


def test_another_language_of_the_house_spells_its_names_again(bag, brand, keys):
    before = keys()
    brand.language = "fr"
    brand.save()
    learn(brand.pk)
    assert not keys() & before


def test_names_learned_without_the_model_are_learned_again_with_it(bag, brand, keys, settings):
    bag.title = "Besace"
    bag.save()
    own = settings.EMBEDDER
    settings.EMBEDDER, settings.EMBEDDER_BASE_URL = "openai:away", "http://127.0.0.1:9/v1"
    learn(brand.pk)
    before = keys()
    learn(brand.pk)
    assert not keys() & before
    settings.EMBEDDER = own
    learn(brand.pk)
    assert CatalogName.objects.filter(brand=brand, vector__isnull=False).exists()


def test_each_brand_is_learned_by_itself(bag, brand, other_brand):
    learn(other_brand.pk)
    assert NamesLearned.objects.filter(brand__in=[brand, other_brand]).count() == 2
