"""A piece is shown as a whole, or in one of its own forms."""

import pytest

from catalog.face import Face
from catalog.models import Product, Variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def bag(brand):
    """Tan has the main picture, Ink one of its own, Dew none."""
    images = [{"url": "/tan.svg", "alt": "A tan bag"}, {"url": "/ink.svg", "alt": "A black bag"}]
    bag = Product.objects.create(brand=brand, key="bag", title="Relais", images=images)
    for title, price, image in (("Tan", 900, ""), ("Ink", 950, "/ink.svg"), ("Dew", None, "")):
        Variant.objects.create(
            product=bag, key=title, title=title, price=price, currency="EUR", image=image
        )
    return bag


def face(bag, key):
    return Face(bag, bag.variants.get(key=key))


def test_a_piece_as_a_whole_has_its_main_picture_and_lowest_price(bag):
    whole = Face(bag)
    assert (whole.form, whole.image["url"], whole.price_in("en")) == ("", "/tan.svg", "from €900")


def test_a_form_has_its_own_picture_price_and_name(bag):
    ink = face(bag, "Ink")
    assert (ink.form, ink.price_in("en")) == ("Ink", "€950")
    assert ink.image == {"url": "/ink.svg", "alt": "A black bag"}


def test_a_form_without_a_picture_keeps_the_main_one_and_its_name(bag):
    dew = face(bag, "Dew")
    assert (dew.form, dew.image["url"], dew.price_in("en")) == (
        "Dew",
        "/tan.svg",
        "Price on request",
    )


def test_a_picture_nobody_described_is_told_by_piece_and_form(bag):
    bag.variants.filter(key="Ink").update(image="/new.svg")
    assert face(bag, "Ink").image == {"url": "/new.svg", "alt": "Relais, Ink"}


def test_a_form_named_as_its_piece_adds_no_name(bag):
    bag.variants.filter(key="Ink").update(title="Relais")
    assert face(bag, "Ink").form == ""


def test_a_form_no_longer_to_be_had_has_no_price(bag):
    bag.variants.filter(key="Ink").update(availability="unavailable")
    ink = face(bag, "Ink")
    assert (ink.price_in("en"), ink.is_available) == ("", False)


def test_the_form_of_another_piece_is_no_form(bag, brand):
    other = Product.objects.create(brand=brand, key="other", title="Fileuse")
    assert Face(other, bag.variants.get(key="Ink")).variant is None
