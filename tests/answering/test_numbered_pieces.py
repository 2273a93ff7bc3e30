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


@pytest.fixture
def bag(brand):
    product = Product.objects.create(brand=brand, key="bag", title="Relais", language="en")
    for number, colour, stock in [(1, "Tan", "in_stock"), (2, "Ink", "out_of_stock")]:
        Variant.objects.create(
            product=product,
            key=colour,
            title=colour,
            sku=f"SER-REL-30-0{number}",
            currency="EUR",
            price=90 * number,
            availability=stock,
        )
    return product


def found(brand, question):
    turn = Turn(Voice("Maison"), question, Viewer.reading(brand.pk))
    return pieces(turn, understand(turn))


@pytest.mark.parametrize(
    "question",
    ["SER-REL-30-02", "ser rel30 02", "price SER-REL-30-02", "is SER-REL-30-02 in stock?"],
)
def test_a_number_is_answered_with_its_own_form(brand, bag, question):
    (piece,) = found(brand, question).pieces
    assert piece.told == "Relais in Ink: €180, out of stock"
    assert piece.variant_id == bag.variants.get(key="Ink").pk


def test_a_wrong_number_is_said_to_be_on_no_piece(brand, bag):
    told = found(brand, "Do you have SER-REL-30-09?")
    assert (told.pieces, told.finding) == (
        (),
        "No piece of the catalogue has the number SER-REL-30-09.",
    )


def test_a_story_of_a_numbered_piece_is_asked_of_the_archive(brand, bag):
    assert not any(piece.told for piece in found(brand, "Who drew SER-REL-30-02?").pieces)
