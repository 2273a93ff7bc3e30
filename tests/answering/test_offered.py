"""Each price and stock belongs to the piece, and to the form, of which it is said."""

import pytest

from concierge.answering.offered import is_sound
from concierge.answering.turn import Piece

HERON = Piece(
    1,
    7,
    "Carré Héron 90",
    "€390, in stock, though not in every form\n"
    "Forms: Encre / Safran; Ciel lavé / Ivoire\n"
    "The heron of the house.\n"
    "Carré Héron 90 in Encre / Safran: €390, in stock\n"
    "Carré Héron 90 in Ciel lavé / Ivoire: €390, out of stock",
)
FERNS = Piece(2, 8, "Carré Fougères 70", "€290, in stock\nThe Ferns of 1937.")
SCENT = Piece(
    3,
    9,
    "Eau de Sérance",
    "from €115, in stock\nForms: 100 ml; 50 ml\nNeroli.\n"
    "Eau de Sérance in 100 ml: €165, in stock\nEau de Sérance in 50 ml: €115, in stock",
)
BELT = Piece(
    4,
    10,
    "Ceinture Tamaris",
    "€290, in stock, though not in every form\nForms: Encre / 90; Encre / 100\n"
    "Ceinture Tamaris in Encre / 90: €290, in stock\n"
    "Ceinture Tamaris in Encre / 100: €290, out of stock",
)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("The Heron costs €390 and the Ferns €290", [HERON, FERNS]),
        ("The Ferns cost 290 euros, the Heron 390", [HERON, FERNS]),
        ("Eau de Sérance is €115 for 50 ml and €165 for 100 ml", [SCENT]),
        ("Eau de Sérance costs from €115", [SCENT]),
        ("The Carré Héron 90 is in stock, though not in every colouring", [HERON]),
        ("The Carré Héron 90 in Ciel lavé / Ivoire is out of stock", [HERON]),
        ("The Ceinture Tamaris is in stock in size 90, but not in stock in size 100", [BELT]),
        ("The Ferns are in stock; the Heron is not in every form", [HERON, FERNS]),
    ],
)  # fmt: skip
def test_a_price_and_a_stock_stand_as_the_row_has_them(text, pieces):
    assert is_sound(text, pieces, "en")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("The Heron costs €290 and the Ferns €390", [HERON, FERNS]),  # each other's
        ("The Carré Héron 90 costs $390", [HERON]),
        ("The Carré Héron 90 costs 390 Swiss francs, or £390", [HERON]),
        ("The Carré Héron 90 starts from €390", [HERON]),
        ("The Carré Fougères 70 is €290 each", [FERNS]),
        ("Eau de Sérance is €165 for 50 ml and €115 for 100 ml", [SCENT]),
        ("The 50 ml of Eau de Sérance costs €165", [SCENT]),
        ("The Carré Héron 90 is available in all its colourings", [HERON]),
        ("The Carré Héron 90 in Ciel lavé / Ivoire is in stock", [HERON]),
        ("The Carré Héron 90 is out of stock", [HERON]),
        ("The Ceinture Tamaris in Encre is in stock in size 90, and in size 100", [BELT]),
        ("The Carré Fougères 70 is not available", [FERNS]),
        ("The Carré Fougères 7 costs €290", [FERNS]),  # of no such name
    ],
)
def test_a_price_or_a_stock_of_another_piece_or_form_does_not_stand(text, pieces):
    assert not is_sound(text, pieces, "en")
