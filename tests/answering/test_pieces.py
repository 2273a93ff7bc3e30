import pytest

from archive.viewer import Viewer
from concierge.answering.answer import spelled
from concierge.answering.extract import extract
from concierge.answering.pieces import is_shopping
from concierge.answering.retrieve import passages, pieces
from concierge.answering.turn import Evidence, Exchange, Turn, Voice
from concierge.answering.understand import understand


def evidence_for(turn):
    asked = understand(turn)
    found, support = passages(turn, asked)
    beside = pieces(turn, asked)
    return Evidence(asked.standalone, found, beside.pieces, support, beside.finding)


@pytest.fixture
def reply(brand):
    def answer(question, *before, shown=()):
        history = tuple(Exchange("client", text) for text in before)
        ids = tuple(piece.pk for piece in shown)
        turn = Turn(Voice("Maison"), question, Viewer.reading(brand.pk), history, shown=ids)
        return extract(turn, evidence_for(turn))

    return answer


@pytest.mark.parametrize(
    "question",
    [
        "How much is the Relais 30?",
        "a gift for a gardener",
        "Do you have bags?",
        "Je cherche un sac",
    ],
)
def test_a_wish_for_a_piece_is_shopping(question):
    assert is_shopping(question)


@pytest.mark.parametrize(
    "question",
    [
        "In how many colours was it printed?",
        "How much of the silk is French?",
        "Why could nobody buy it?",
        "Who drew the Heron?",
    ],
)
def test_a_question_about_the_house_is_not_shopping(question):
    assert not is_shopping(question)


def test_a_price_is_read_from_the_row_of_the_piece_that_is_named(reply, shelf):
    answer = reply("How much is the Relais 30?")
    assert answer.text == "Relais 30: €2,450, in stock."
    assert answer.product_ids == (shelf["relais 30"].pk,)


def test_a_piece_that_is_sold_out_is_said_to_be(reply, shelf):
    assert "out of stock" in reply("How much is the Heron scarf?").text


def test_the_forms_are_told_when_asked_for(reply, shelf):
    assert "Forms: Tan; Ink." in reply("What colours does the Relais 30 come in?").text


def test_a_described_piece_is_offered(reply, shelf):
    assert shelf["candle"].pk in reply("I am looking for a scented candle").product_ids


def test_a_piece_named_in_a_story_stands_beside_it_without_its_price(reply, shelf, shelve):
    shelve("The Relais", "Baptiste drew the Relais in 1926 from the satchels of postmen.")
    answer = reply("Who drew the Relais?")
    assert "1926" in answer.text
    assert "€" not in answer.text
    assert set(answer.product_ids) == {shelf["relais 24"].pk, shelf["relais 30"].pk}


def test_a_piece_in_preparation_is_never_shown(reply, stock):
    stock("Relais 20", 1990, status="draft")
    assert not reply("How much is the Relais 20?").product_ids


def test_a_piece_of_another_brand_is_never_shown(reply, shelf, other_brand):
    shelf["relais 30"].embeddings.update(brand=other_brand)
    type(shelf["relais 30"]).objects.filter(title="Relais 30").update(brand=other_brand)
    assert shelf["relais 30"].pk not in reply("How much is the Relais 30?").product_ids


def test_a_piece_no_longer_offered_is_not_proposed(reply, stock):
    stock("Lumière", 70, kind="Scented candle", availability="unavailable")
    assert not reply("I am looking for a scented candle").product_ids


def test_a_piece_no_longer_offered_is_said_to_be_when_it_is_named(reply, stock):
    stock("Flax candle of 1990", 70, kind="Candle", availability="unavailable")
    text = reply("How much is the Flax candle of 1990?").text
    assert text == "Flax candle of 1990: no longer available."


def test_a_new_wish_forgets_the_piece_before(reply, shelf):
    answer = reply("I am looking for a scented candle", "How much is the Relais 30?")
    assert answer.product_ids[0] == shelf["candle"].pk
    assert shelf["relais 30"].pk not in answer.product_ids


def test_a_question_that_points_back_keeps_the_piece(reply, shelf):
    answer = reply("Does it come in another colour?", "How much is the Relais 30?")
    assert "Forms: Tan; Ink." in answer.text
    assert answer.product_ids == (shelf["relais 30"].pk,)


def test_the_price_of_what_is_no_piece_is_quoted_from_the_archive(reply, shelf, stock, shelve):
    stock("Re-edge of leather", 90, kind="Service")
    shelve("Services", "Re-rolling the hem of a scarf costs 85 euros and takes four weeks.")
    answer = reply("How much does re-rolling a hem cost?")
    assert "85 euros" in answer.text
    assert not answer.product_ids


def test_a_piece_that_can_be_ordered_in_advance_is_not_said_to_be_out_of_stock(reply, stock):
    piece = stock("Tamarisk bag", 900, availability="out_of_stock", forms=("Tan", "Ink"))
    piece.variants.filter(key="Ink").update(availability="preorder")
    assert "pre-order" in reply("How much is the Tamarisk bag?").text


@pytest.fixture
def bags(stock):
    return {
        "small": stock("Fileuse", 900, forms=("Black", "River green")),
        "large": stock("Besace", 1800, forms=("Black",)),
        "travel": stock("Baptiste", 3400, kind="Travel bag", forms=("Tan", "River green")),
        "candle": stock("Flax", 78, kind="Candle", forms=("White",)),
    }


def test_a_gift_is_offered_by_what_the_catalogue_knows(reply, stock):
    piece = stock("Night Garden", 210, kind="Perfume", tags=["motif:garden"])
    answer = reply("gift for a garden")
    assert answer.text == "- Night Garden: €210, in stock"
    assert answer.product_ids == (piece.pk,)


def test_a_range_holds_for_every_piece_that_is_shown(reply, bags):
    answer = reply("a black bag under 1,000 EUR")
    assert answer.text == "- Fileuse in Black: €900, in stock"
    assert answer.product_ids == (bags["small"].pk,)


def test_the_form_that_fits_is_the_one_to_be_shown(reply, bags):
    answer = reply("a bag in river green under 1,000 EUR")
    assert answer.forms == {bags["small"].pk: bags["small"].variants.get(key="River green").pk}


def test_a_piece_that_fits_in_every_form_is_shown_as_a_whole(reply, bags):
    answer = reply("a bag under 1,000 EUR")
    assert (answer.product_ids, answer.forms) == ((bags["small"].pk,), {})


def test_the_form_within_the_price_is_the_one_to_be_shown(reply, bags):
    cheap = bags["small"].variants.get(key="River green")
    bags["small"].variants.filter(pk=cheap.pk).update(price=700)
    assert reply("a bag under 800 EUR").forms == {bags["small"].pk: cheap.pk}


def test_an_only_form_tells_its_colour_where_a_colour_is_asked_for(reply, bags):
    assert "Besace in Black: " in reply("black bags").text


def test_a_superlative_is_over_all_that_are_meant(reply, bags):
    answer = reply("What is the most expensive bag you have?")
    assert answer.text.startswith("The most expensive, of 3:")
    assert answer.product_ids == (bags["travel"].pk,)


def test_a_count_is_of_the_rows(reply, bags):
    assert reply("How many bags do you have?").text.startswith("The catalogue holds 3 today.")


def test_what_nearly_fits_is_said_to_miss(reply, bags):
    answer = reply("a bag under 500 euros")
    assert answer.text.startswith("The catalogue has nothing of this under €500. The nearest:")
    assert "€400 above" in answer.text
    assert answer.product_ids[0] == bags["small"].pk


def test_nothing_is_near_to_a_piece_that_the_house_does_not_make(reply, bags):
    assert reply("shoes under 5,000 euros").refused


def test_amounts_in_another_currency_are_not_converted(reply, bags):
    text = reply("a bag under $5,000").text
    assert text.startswith("The catalogue’s prices are in euros")


def test_a_piece_like_the_one_shown_differs_in_what_is_said(reply, bags):
    answer = reply(
        "something like this but in green", "How much is the Besace?", shown=[bags["large"]]
    )
    assert answer.text.startswith("In the spirit of Besace:")
    assert answer.product_ids == (bags["small"].pk,)


def test_the_piece_that_was_shown_is_asked_for_in_another_form(reply, bags):
    answer = reply("Do you have it in green?", "How much is the Fileuse?", shown=[bags["small"]])
    assert answer.text == "- Fileuse in River green: €900, in stock"


@pytest.mark.parametrize(
    "question", ["and in another colour?", "Et dans une autre couleur ?", "Other colours?"]
)
def test_what_was_shown_is_asked_for_in_another_colour(reply, bags, question):
    small = bags["small"]
    answer = reply(question, "black bags under 2,000 euros", shown=[small, bags["large"]])
    assert answer.product_ids == (small.pk,)
    assert answer.forms == {small.pk: small.variants.get(key="River green").pk}


def test_a_piece_of_another_kind_is_not_near_to_the_one_shown(reply, bags):
    answer = reply("Do you have it in white?", "How much is the Besace?", shown=[bags["large"]])
    assert answer.product_ids == (bags["large"].pk,)
    assert answer.text.endswith("not in white")


def test_another_colour_of_what_has_but_one_is_said_not_to_be_had(reply, bags):
    answer = reply("in another colour?", "black bags over 1,000", shown=[bags["large"]])
    assert answer.text.startswith("The catalogue has nothing that is all of this.")


def test_a_piece_without_the_form_is_said_to_have_none(reply, bags):
    answer = reply("Do you have it in green?", "How much is the Besace?", shown=[bags["large"]])
    assert answer.text.startswith("Besace is not to be had so. The nearest:")


def test_a_cheaper_one_costs_less(reply, bags):
    answer = reply("a cheaper one?", "How much is the Besace?", shown=[bags["large"]])
    assert answer.product_ids == (bags["small"].pk,)


def test_a_limit_said_later_holds_for_what_was_asked_before(reply, bags):
    answer = reply("under 1,000?", "Do you have black bags?")
    assert answer.product_ids == (bags["small"].pk,)


def test_a_misspelt_question_before_is_read_as_it_was_meant(reply, bags):
    assert reply("under 1,000?", "Do you have blak bags?").product_ids == (bags["small"].pk,)


def test_the_answer_is_in_the_language_of_the_question(reply, bags):
    assert reply("Quelle est la pièce la plus chère que vous avez ?").text.startswith(
        "La pièce la plus chère, sur 4 :"
    )


def test_a_wish_of_four_words_is_answered_in_its_language(reply, bags, stock):
    for number in range(5):
        stock(f"Carré {number}", 300, kind="Scarf", forms=("Rouge",), tags=["écharpe", "soie"])
    assert reply("écharpe en soie rouge").text.startswith("5 pièces correspondent ; en voici 4.")


def test_a_colour_in_a_question_of_care_asks_the_archive(reply, bags, shelve):
    shelve("Care", "Black leather is dusted with a dry cloth once a week.")
    answer = reply("How do I care for black leather?")
    assert "dry cloth" in answer.text
    assert "€" not in answer.text


def test_without_conditions_words_and_meaning_alone_decide(reply, bags, settings):
    settings.SEARCH_WITHOUT = ["conditions"]
    assert "nothing" not in reply("a bag under 500 euros").text


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("Combien coûte le Relais 24 ?", "Relais 24 : 2\u202f150\u00a0€, en stock."),
        ("Combien coute le Relais 24 ?", "Relais 24 : 2\u202f150\u00a0€, en stock."),
        ("Quel est le prix du Relais 24 ?", "Relais 24 : 2\u202f150\u00a0€, en stock."),
        ("Wieviel kostet das Relais 24?", "Relais 24: 2.150\u00a0€, auf Lager."),
        ("Was kostet das Relais 24?", "Relais 24: 2.150\u00a0€, auf Lager."),
        ("Quanto costa il Relais 24?", "Relais 24: 2.150\u00a0€, disponibile."),
    ],
)
def test_a_price_is_told_in_the_language_of_the_question(reply, shelf, question, stated):
    assert reply(question).text == stated


def test_the_forms_are_told_in_the_language_of_the_question(reply, shelf):
    question = "Combien coûte le Relais 30, et en quelles couleurs ?"
    assert "Versions : Tan; Ink." in reply(question).text


def test_a_word_for_the_price_is_no_mistake_for_one_of_the_archive(brand, shelf, shelve):
    shelve("Étiquettes", "La cote du relais est écrite sur la cote.", language="fr")
    turn = Turn(Voice("Maison"), "Combien coûte le Relais 24 ?", Viewer.reading(brand.pk))
    assert spelled(turn).read_as == turn.question


@pytest.mark.parametrize(
    "question",
    [
        "a gift for my mother around 300 euros",
        "a birthday present for my husband around 300 euros",
        "un cadeau pour ma mère autour de 300 euros",
        "un regalo per mia moglie intorno a 300 euro",
        "ein Geschenk für meine Mutter um die 300 Euro",
    ],
)
def test_whom_a_gift_is_for_is_no_colour_that_a_piece_misses(reply, stock, question):
    piece = stock("Collier Navette", 320, kind="Necklace", forms=("Slate / Mother-of-pearl", "Ink"))
    answer = reply(question)
    assert answer.product_ids == (piece.pk,)
    assert "320" in answer.text
    assert "\n\n" not in answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Is the Fileuse in stock?", "in stock, though not in every form"),
        ("Le Fileuse est-il en stock ?", "en stock, mais pas dans toutes ses versions"),
        ("Il Fileuse 90 è disponibile?", "disponibile, ma non in tutte le versioni"),
        ("Ist das Fileuse auf Lager?", "auf Lager, aber nicht in jeder Ausführung"),
        ("Do you have bags?", "in stock, though not in every form"),
    ],
)
def test_a_piece_sold_out_in_one_form_is_nowhere_said_to_be_in_stock_as_a_whole(
    reply, stock, question, said
):
    piece = stock("Fileuse", 900, forms=("Black", "Bottle green"))
    piece.variants.filter(title="Bottle green").update(availability="out_of_stock")
    assert said in reply(question).text


@pytest.mark.parametrize(
    "question",
    [
        "a gift under 100 euros",
        "I am looking for a gift",
        "un cadeau à moins de 100 euros",
        "ein Geschenk unter 100 Euro",
        "un regalo sotto i 100 euro",
    ],
)
def test_a_service_or_what_is_sold_out_is_no_gift(reply, stock, question):
    stock("Engraving of a plate", 45, kind="Service", tags=["gift"])
    stock("Atelier candle", 78, kind="Candle", tags=["gift"], availability="out_of_stock")
    soap = stock("Flax soap", 24, kind="Soap", tags=["gift"])
    assert set(reply(question).product_ids) <= {soap.pk}


def test_what_a_gift_is_to_please_by_does_not_lose_those_that_fit(reply, stock):
    scarf = stock("Lisière scarf", 150, kind="Scarf", forms=("Blue",))
    stock("Grand scarf", 450, kind="Scarf", forms=("Blue",))
    answer = reply("a gift for my wife who adores ornithology, in blue, at most 200 euros")
    assert answer.product_ids == (scarf.pk,)
    assert "ornithology" in answer.text


@pytest.mark.parametrize("question", ["What is the price of gold today?", "Was kostet Gold?"])
def test_the_price_of_a_material_is_answered_from_no_piece(reply, stock, question):
    stock("Cent Fils scarf", 410, kind="Scarf", forms=("Gold", "Ink"))
    assert "410" not in reply(question).text
