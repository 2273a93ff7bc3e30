"""What a product says of its price, stock and image."""

from decimal import Decimal

import pytest

from catalog.models import Product, Variant
from catalog.money import PriceRange

IN, OUT, GONE = "in_stock", "out_of_stock", "unavailable"


@pytest.fixture
def product(brand):
    return Product.objects.create(brand=brand, key="scarf", title="Scarf")


def form(product, price, availability=IN, currency="EUR"):
    key = str(product.variants.count())
    return Variant.objects.create(
        product=product, key=key, price=price, availability=availability, currency=currency
    )


def test_the_range_runs_over_the_variants_still_to_be_had(product):
    for price, stock in ((115, IN), (390, OUT), (20, GONE), (None, IN)):
        form(product, price, stock)
    assert product.price_range() == PriceRange(Decimal(115), Decimal(390), "EUR")
    assert product.price_label() == "from €115"


def test_the_range_is_in_the_brands_currency_where_there_are_several(product):
    form(product, 100, currency="USD")
    form(product, 115)
    assert product.price_range().currency == "EUR"


def test_a_product_without_prices_is_on_request(product):
    form(product, None)
    assert product.price_label() == "Price on request"


def test_a_product_no_longer_to_be_had_has_no_price(product):
    form(product, 115, GONE)
    assert product.price_label() == ""


@pytest.mark.parametrize(
    ("stocks", "best", "available"),
    [
        ((OUT, "backorder", IN), IN, True),
        ((OUT, "preorder"), "preorder", True),
        ((OUT, "backorder"), "backorder", True),
        ((GONE, OUT), OUT, False),
        ((GONE,), GONE, False),
        ((), GONE, False),
    ],
)
def test_a_product_is_as_available_as_its_best_variant(product, stocks, best, available):
    for stock in stocks:
        form(product, 5, stock)
    assert (product.availability, product.is_available) == (best, available)


def test_only_a_product_with_a_variant_to_be_had_is_offered(product, brand):
    gone = Product.objects.create(brand=brand, key="gone", title="Gone")
    form(product, 5, OUT)
    form(gone, 5, GONE)
    assert list(Product.objects.offered()) == [product]


def test_the_main_image_is_the_first(product):
    assert product.main_image is None
    product.images = [{"url": "/1.jpg", "alt": "a"}, {"url": "/2.jpg", "alt": "b"}]
    assert product.main_image == {"url": "/1.jpg", "alt": "a"}


def test_a_variant_says_its_own_price(product):
    assert form(product, Decimal("390.50")).price_in("en") == "€390.50"
    assert form(product, None).price_in("en") == "Price on request"
