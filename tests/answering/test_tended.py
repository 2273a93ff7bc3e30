"""What is done to a piece is told from what is said of the piece."""

import pytest

from archive.viewer import Viewer
from concierge.answering.extract import extract
from concierge.answering.retrieve import passages, pieces
from concierge.answering.tended import is_of_deed, undirected
from concierge.answering.turn import Evidence, Turn, Voice
from concierge.answering.understand import understand


@pytest.fixture
def reply(brand):
    def answer(question):
        turn = Turn(Voice("Maison"), question, Viewer.reading(brand.pk))
        asked = understand(turn)
        found, support = passages(turn, asked)
        beside = pieces(turn, asked)
        evidence = Evidence(asked.standalone, found, beside.pieces, support, beside.finding)
        return extract(turn, evidence)

    return answer


@pytest.mark.parametrize(
    "question", ["How much does shipping to France cost?", "La spedizione in Francia quanto costa?"]
)
def test_a_country_that_the_archive_names_is_asked_for(reply, shelve, question):
    shelve("Services", "Delivery in France is free. Delivery to Japan costs 15 euros.")
    text = reply(question).text
    assert "Delivery in France is free" in text
    assert "exactly" not in text


@pytest.mark.parametrize(
    "question",
    [
        "How much does it cost to repair my bag?",
        "How much is it to have my flask engraved?",
        "Do you ship to Japan?",
        "Combien coûte une réparation de sac ?",
        "Quanto costa riparare una borsa?",
        "Was kostet die Reparatur einer Tasche?",
        "Wird das Paket versichert?",
    ],
)
def test_what_is_done_to_a_piece_is_a_deed(question):
    assert is_of_deed(question)


@pytest.mark.parametrize(
    "question",
    [
        "How much is the Relais 30 with engraving?",
        "Do you have something to clean my bag?",
        "How much is the engraved bracelet?",
        "Ist das Relais 30 lieferbar?",
        "Wie alt ist das Haus?",
    ],
)
def test_a_piece_is_no_deed(question):
    assert not is_of_deed(question)


def test_the_country_of_a_parcel_is_left_out():
    assert undirected("What does shipping to Germany cost?") == "What does shipping cost?"


def test_a_country_is_kept_where_nothing_is_sent():
    assert undirected("Who went to Germany?") == "Who went to Germany?"


@pytest.mark.parametrize(
    "question",
    [
        "How much does it cost to repair my bag?",
        "Combien coûte une réparation de sac ?",
        "Quanto costa riparare una borsa?",
        "Was kostet die Reparatur einer Tasche?",
    ],
)
def test_a_repair_never_costs_what_the_piece_does(reply, stock, question):
    stock("Besace", 1850)
    answer = reply(question)
    assert "850" not in answer.text
    assert not answer.product_ids


def test_a_service_is_never_said_to_be_in_stock(reply, stock):
    stock("Re-edge of leather", 90, kind="Service")
    text = reply("What does re-edging cost?").text
    assert text == "Re-edge of leather: €90, a service of the house."


def test_the_price_of_a_service_is_told_as_the_archive_tells_it(reply, stock, shelve):
    stock("Re-edge of leather", 90, kind="Service")
    shelve("Services", "Re-edging a leather piece costs from 90 euros and takes six weeks.")
    text = reply("What does re-edging cost?").text
    assert "from 90 euros" in text
    assert "€90" not in text


def test_how_long_names_no_piece_called_long(reply, stock):
    wallet = stock("Portefeuille Long", 520, kind="Wallet")
    assert wallet.pk not in reply("How long does it take, and what does it cost?").product_ids


def test_a_present_with_a_budget_is_no_service(reply, stock):
    service = stock("Bain de jouvence", 60, kind="Service")
    candle = stock("Lin blanc", 78, kind="Candle")
    found = reply("a present, my budget is 100 euros").product_ids
    assert candle.pk in found
    assert service.pk not in found


def test_what_lacks_nothing_but_stock_is_said_to_be_out_of_stock(reply, shelf):
    text = reply("Do you have the Heron scarf in stock?").text
    assert text.startswith("Not in stock at present:")
