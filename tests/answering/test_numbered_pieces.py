import pytest

from archive.viewer import Viewer
from catalog.models import Product, Variant
from concierge.answering.retrieve import pieces
from concierge.answering.turn import Turn, Voice
from concierge.answering.understand import understand


@pytest.fixture
def shelf(brand):
    for key, sku in [("bag", "SER-REL-30-02"), ("bottle", "4711-B")]:
        product = Product.objects.create(brand=brand, key=key, title=key.title(), language="en")
        Variant.objects.create(product=product, key=sku, sku=sku, currency="EUR", price=90)


def titles(brand, question):
    turn = Turn(Voice("Maison"), question, Viewer.reading(brand.pk))
    return [piece.title for piece in pieces(turn, understand(turn)).pieces]


def test_a_number_on_a_label_names_its_piece(brand, shelf):
    assert titles(brand, "How much is ser rel 30/02?") == ["Bag"]
    assert titles(brand, "How much is Ref. 4711-B?") == ["Bottle"]


def test_a_wrong_number_names_no_piece(brand, shelf):
    assert titles(brand, "How much is Ref. 4711-A?") == []
    assert titles(brand, "How much is ser-rel-30-03?") == []
