"""A piece is found in whatever language it is asked for."""

import pytest

from archive.viewer import Viewer
from catalog.conditions.conditions import Concept
from catalog.conditions.read import read
from concierge.answering.carried import carried
from concierge.answering.seek import sought
from concierge.answering.turn import Exchange, Turn, Voice
from concierge.answering.understand import understand


@pytest.fixture
def told(brand, stock):
    bag = stock("Relais", 2450)
    stock("Navette", 1250)
    stock("Adèle", 320, kind="Gloves")
    stock("Saône", 190, kind="Gloves")

    def ask(question, *before):
        history = tuple(Exchange("client", text) for text in before)
        turn = Turn(Voice("Maison"), question, Viewer.reading(brand.pk), history, shown=(bag.pk,))
        turn = carried(turn)
        found = sought(turn, understand(turn))
        return sorted(piece.title for piece in found.pieces) if found else []

    return ask


@pytest.mark.parametrize(
    ("question", "before"),
    [
        ("Und die Handschuhe?", "Was kostet das Relais?"),
        ("Et les gants ?", "Combien coûte le Relais ?"),
        ("E i guanti?", "Quanto costa il Relais?"),
        ("And the gloves?", "How much is the Relais?"),
    ],
)
def test_the_price_of_another_thing_is_asked_with_two_words(told, question, before):
    assert told(question, before) == ["Adèle", "Saône"]


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("Was kosten die Handschuhe?", ["Adèle", "Saône"]),
        ("Wie viel kosten die Handschuhe?", ["Adèle", "Saône"]),
        ("Haben Sie Handschuhe unter 200 Euro?", ["Saône"]),
        ("Avete dei guanti sotto i 200 euro?", ["Saône"]),
        ("Welche Handschuhe sind die teuersten?", ["Adèle"]),
        ("Quali guanti avete?", ["Adèle", "Saône"]),
    ],
)
def test_a_kind_is_known_in_the_clients_language(told, question, titles):
    assert told(question) == titles


@pytest.mark.parametrize("question", ["Wie pflegt man Handschuhe?", "Come si lavano i guanti?"])
def test_who_asks_for_care_is_shown_no_price(told, question):
    assert told(question) == []


@pytest.mark.parametrize("question", ["Avete guanti neri?", "Haben Sie schwarze Handschuhe?"])
def test_a_colour_does_not_hide_the_kind(told, stock, question):
    stock("Soir", 540, kind="Gloves", forms=("Black",))
    stock("Sac", 900, forms=("Black",))
    assert told(question) == ["Soir"]


def test_a_size_is_known_as_one_says_it_of_oneself(told, brand):
    asked = read(Viewer.reading(brand.pk), "Je fais du 7. Avez-vous des gants ?")
    assert [each.said for each in asked.wanted if each.concept == Concept.SIZE] == ["7"]
