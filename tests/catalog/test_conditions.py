"""Conditions are read from questions by the catalogue's own words, and hold for every row shown."""

import random
from decimal import Decimal

import pytest

from archive.spelling import respelled
from archive.viewer import Audience, Viewer
from catalog.conditions import rows
from catalog.conditions.conditions import Conditions, Likeness, Order, Price
from catalog.conditions.read import read
from catalog.conditions.wording import SPOKEN
from catalog.models import CatalogName, Product, Variant
from catalog.search import find_products, refresh, search_products

COLOURS = ("Black", "Bottle green", "Ivory / Ink")


@pytest.fixture
def put(brand):
    """Puts a piece on the shelf, its forms as (options, price, availability)."""

    def put(title, *forms, house=None, **fields):
        product = Product.objects.create(
            brand=house or brand, key=title, title=title, language="en", **fields
        )
        for position, (options, price, availability) in enumerate(forms):
            Variant.objects.create(
                product=product,
                key=str(position),
                title=" / ".join(options.values()),
                position=position,
                options=options,
                price=price,
                currency="EUR",
                availability=availability,
            )
        return product

    return put


@pytest.fixture
def shelf(put, brand):
    pieces = {
        "relais": put(
            "Relais 30",
            ({"Colour": "Ink", "Size": "30"}, 2450, "in_stock"),
            ({"Colour": "River green", "Size": "30"}, 2450, "out_of_stock"),
            kind="Bag",
            category="Clothing > Handbags, Wallets & Cases > Handbags",
            tags=["leather", "motif:heron"],
            images=[
                {"url": "/i.svg", "alt": "Relais 30 in Ink, nearly black: a bag"},
                {"url": "/r.svg", "alt": "Relais 30 in River green: a bag"},
            ],
        ),
        "carre": put(
            "Carré Heron",
            ({"Colour": "Ink / Saffron"}, 390, "in_stock"),
            ({"Colour": "Dew"}, 390, "in_stock"),
            kind="Silk square",
            category="Clothing > Scarves & Shawls",
            tags=["silk", "motif:heron", "gift"],
        ),
        "gloves": put(
            "Gants Adèle",
            ({"Colour": "Ink", "Size": "7½"}, 320, "in_stock"),
            ({"Colour": "Dew", "Size": "8"}, 320, "in_stock"),
            kind="Gloves",
            tags=["leather"],
        ),
        "ring": put(
            "Scarf ring", ({"Metal": "Silver"}, 110, "in_stock"), kind="Scarf ring", tags=["gift"]
        ),
        "care": put("Cream", ({"Size": "75 ml"}, 22, "in_stock"), tags=["leather-care"]),
    }
    relais = pieces["relais"]
    for form, image in zip(relais.variants.all(), ("/i.svg", "/r.svg"), strict=True):
        Variant.objects.filter(pk=form.pk).update(image=image)
    refresh(brand.pk)
    return pieces


@pytest.fixture
def fits(viewer):
    def fitting(question):
        found = find_products(viewer, question, read(viewer, question))
        return {hit.product_id for hit in found.fits}

    return fitting


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        ("an ink bag", {"relais"}),
        ("a black bag", {"relais"}),
        ("green", {"relais"}),
        ("gloves in size 7½", {"gloves"}),
        ("gloves in size 7,5", {"gloves"}),
        ("silver under 200 euros", {"ring"}),
        ("a purse under 3,000", {"relais"}),
        ("a scarf under 400", {"carre"}),
        ("leather under 500", {"gloves"}),
        ("a Heron piece under 500", {"carre"}),
        ("Carré Heron under 400", {"carre"}),
        ("gloves not in ink", {"gloves"}),
    ],
)
def test_pieces_that_satisfy_everything_fit(shelf, fits, question, keys):
    assert fits(question) == {shelf[key].pk for key in keys}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("a blak bag", "a black bag"),
        ("blakc", "black"),
        ("nioir", "noir"),
        ("a scraf under 400", "a scarf under 400"),
        ("glovse in size 7½", "gloves in size 7½"),
        ("cheapst gloves", "cheapest gloves"),
    ],
)
def test_a_misspelt_condition_is_the_one_that_is_meant(shelf, viewer, fits, typed, meant):
    assert fits(typed) == fits(meant)
    assert fits(typed)
    best = [[hit.product_id for hit in search_products(viewer, text)] for text in (typed, meant)]
    assert best[0] == best[1]


@pytest.mark.parametrize("typed", ["nera", "noires", "combien coûte", "je voudrais", "chercher"])
def test_what_a_language_says_is_no_mistake_though_the_house_does_not_write_it(
    brand, put, typed, viewer
):
    put("Near bag", ({"Colour": "Ink"}, 10, "in_stock"), details="near notes cote charcher")
    refresh(brand.pk)
    assert respelled(viewer, typed, SPOKEN) == typed


def test_spelling_is_not_mended_where_that_is_left_out(shelf, viewer, settings):
    settings.SEARCH_WITHOUT = ["spelling"]
    assert read(viewer, "a blak bag").rest == ("blak",)


def test_a_mistake_that_no_condition_explains_stays_as_it_was_typed(shelf, viewer):
    assert read(viewer, "gloves from Navarre").rest == ("Navarre",)


def test_colour_and_stock_are_of_the_same_form(shelf, fits):
    assert not fits("a green bag in stock")


def test_colour_and_size_are_of_the_same_form(shelf, fits):
    assert not fits("ink gloves in size 8")


def test_a_word_of_the_pictures_names_only_the_form_it_is_said_of(shelf):
    learned = CatalogName.objects.filter(way="beside", words="black")
    assert {name.value for name in learned} == {"Ink", "Ink / Saffron"}


def test_what_only_others_may_see_names_nothing(put, brand, viewer):
    put("Secret", ({"Colour": "Ultramarine"}, 10, "in_stock"), audience=Audience.ATELIER)
    refresh(brand.pk)
    assert not read(viewer, "something ultramarine").wanted
    assert read(Viewer.reading(brand.pk, Audience.ATELIER), "something ultramarine").wanted


def test_another_brands_words_name_nothing(shelf, other_brand):
    assert not read(Viewer.reading(other_brand.pk), "a black bag").wanted


@pytest.mark.parametrize(
    ("question", "order"),
    [
        ("the most expensive bag", Order.DEAREST),
        ("your cheapest gift", Order.CHEAPEST),
        ("le cadeau le moins cher", Order.CHEAPEST),
        ("la borsa più cara del pezzo", Order.DEAREST),
        ("das teuerste Stück", Order.DEAREST),
        ("the newest piece", Order.NEWEST),
    ],
)
def test_a_superlative_is_read_in_four_languages(shelf, viewer, question, order):
    assert read(viewer, f"{question} gift").order == order


def test_a_comparison_is_no_superlative(shelf, viewer):
    asked = read(viewer, "moins cher ?")
    assert (asked.order, asked.likeness) == (None, Likeness.CHEAPER)


def test_a_superlative_of_what_nobody_knows_is_none(shelf, viewer):
    assert read(viewer, "the most expensive screwdriver").order is None


def test_a_superlative_is_over_every_piece_and_not_the_best_found(put, brand, viewer):
    for price in range(1, 61):
        put(f"Pin {price}", ({"Metal": "Brass"}, price, "in_stock"), kind="Pin")
    refresh(brand.pk)
    found = find_products(viewer, "", read(viewer, "the most expensive pin"), 1)
    assert (found.total, found.hits[0].product_id) == (60, Product.objects.get(key="Pin 60").pk)


def test_what_is_free_is_not_the_cheapest(put, brand, viewer):
    put("Re-stitching", ({}, 0, "in_stock"), kind="Service")
    engraving = put("Engraving", ({}, 45, "in_stock"), kind="Service")
    refresh(brand.pk)
    assert search_products(viewer, "the cheapest service")[0].product_id == engraving.pk


def test_what_can_no_longer_be_had_does_not_fit(put, brand, fits):
    put("Old pin", ({}, 5, "unavailable"), kind="Pin")
    pin = put("Pin", ({}, 9, "out_of_stock"), kind="Pin")
    refresh(brand.pk)
    assert fits("a pin under 10") == {pin.pk}


def test_the_nearest_come_by_how_little_they_miss(shelf, viewer):
    hits = search_products(viewer, "a bag under 2,400 euros")
    assert [hit.product_id for hit in hits] == [shelf["relais"].pk]
    assert not hits[0].fits
    assert str(hits[0].missed[0]) == "price +50.00 EUR"


def test_pieces_without_conditions_are_ranked_as_ever(shelf, viewer):
    assert all(hit.fits for hit in search_products(viewer, "leather bag"))


def test_the_step_can_be_left_out(shelf, viewer, settings):
    settings.SEARCH_WITHOUT = ["conditions"]
    assert all(hit.fits for hit in search_products(viewer, "a bag under 1 euro"))


@pytest.mark.parametrize("seed", range(6))
def test_no_row_outside_of_a_range_or_a_colour_ever_fits(put, brand, viewer, seed):
    chance = random.Random(seed)
    stocks = Variant.Availability.values
    for number in range(25):
        forms = [
            (
                {"Colour": chance.choice(COLOURS)},
                chance.choice([None, Decimal(chance.randint(0, 40000)) / 100]),
                chance.choice(stocks),
            )
            for _ in range(chance.randint(1, 4))
        ]
        put(f"Piece {number}", *forms, kind=chance.choice(["Bag", "Pin"]))
    refresh(brand.pk)
    for _ in range(8):
        low, high = sorted(chance.randint(1, 400) for _ in range(2))
        colour, kind = chance.choice(["black", "green", "ink"]), chance.choice(["Bag", "Pin"])
        question = f"a {colour} {kind.lower()} between {low} and {high} euros in stock"
        right = {
            product.pk
            for product in Product.objects.filter(kind=kind)
            if any(
                colour in form.title.lower()
                and form.price is not None
                and low <= form.price <= high
                and form.availability in Variant.TO_BE_HAD
                for form in product.variants.all()
            )
        }
        hits = search_products(viewer, question, 50)
        assert {hit.product_id for hit in hits if hit.fits} == right


def test_a_price_on_request_is_in_no_range(put, brand, viewer):
    put("Commission", ({}, None, "in_stock"), kind="Bag")
    asked = Conditions(price=Price(None, Decimal(10**9), "EUR"))
    assert not rows.fitting(Product.objects.visible_to(viewer), asked).exists()


def test_a_hidden_piece_s_words_are_as_if_they_had_never_been_learned(brand, viewer, shelf, put):
    questions = ("how many umbrellas do you have", "cheapest umbrella", "vermillion scarf")
    refresh(brand.pk)
    before = [read(viewer, question) for question in questions]
    put(
        "Drosselvane", ({"Colour": "Vermillion"}, 10, "in_stock"), kind="Umbrella",
        tags=["umbrella"], audience=Audience.ADVISOR,
    )  # fmt: skip
    refresh(brand.pk)
    assert [read(viewer, question) for question in questions] == before
    advisor = Viewer.reading(brand.pk, Audience.ADVISOR)
    assert read(advisor, "cheapest umbrella") != before[1]


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("How many bags do you have in red?", True),
        ("How many pieces do you have under 200 euros?", True),
        ("How many stitches are there in the seam of a bag?", False),
        ("Combien de points y a-t-il dans la couture d’un sac?", False),
    ],
)
def test_pieces_are_counted_and_not_what_a_piece_is_made_of(shelf, viewer, question, counted):
    assert read(viewer, question).how_many is counted


@pytest.mark.parametrize(
    ("question", "order", "most"),
    [
        ("the second cheapest bag", Order.CHEAPEST, 2),
        ("2nd cheapest bag", Order.CHEAPEST, 2),
        ("second most expensive scarf", Order.DEAREST, 2),
        ("le deuxième article le plus cher", Order.DEAREST, 2),
        ("das zweitteuerste Stück", Order.DEAREST, 2),
        ("the three cheapest pieces", Order.CHEAPEST, 3),
        ("the cheapest and the most expensive piece", Order.ENDS, 2),
    ],
)
def test_a_place_in_an_order_is_told_by_the_first_of_it(shelf, viewer, question, order, most):
    asked = read(viewer, question)
    assert (asked.order, asked.most) == (order, most)
    assert not {"second", "2nd", "deuxième"} & set(asked.rest)


def test_both_ends_of_an_order_come_first(put, brand, viewer):
    keys = [put(f"Bag {n}", ({}, n * 100, "in_stock"), kind="Bag").pk for n in (2, 1, 3)]
    refresh(brand.pk)
    question = "the cheapest and the most expensive bag"
    hits = find_products(viewer, question, read(viewer, question)).fits
    assert [hit.product_id for hit in hits[:2]] == [keys[1], keys[2]]


@pytest.mark.parametrize("question", ["most expensive bag under 1000", "cheapest scarf under 100"])
def test_a_superlative_that_nothing_fits_has_its_nearest_misses(shelf, viewer, question):
    found = find_products(viewer, question, read(viewer, question))
    assert not found.fits
    assert found.near


@pytest.mark.parametrize(
    "question",
    ["gloves not in ink or dew", "gloves neither ink nor dew", "gloves without ink, dew"],
)
def test_a_negation_holds_for_all_that_it_is_said_of(shelf, viewer, question):
    excluded = [each for each in read(viewer, question).wanted if each.excluded]
    assert len({value for each in excluded for value in each.values}) >= 2
    assert all(each.excluded for each in read(viewer, question).of("colour"))


def test_what_is_not_wanted_and_not_known_is_not_looked_for(shelf, viewer):
    assert "fileuse" not in read(viewer, "a bag under 3000 but not the fileuse").rest


def test_a_word_of_negation_is_not_looked_for(shelf, viewer):
    assert not read(viewer, "gloves neither ink nor dew").rest
