"""A question is read with the words the house writes."""

import pytest

from archive.models import Word
from archive.search import refresh, search_passages
from archive.spelling import distance, mended
from archive.viewer import Viewer
from catalog.models import Product
from catalog.search import refresh as refresh_products


@pytest.fixture
def house(write, brand):
    """A house whose words have been counted and learned."""

    def written(*texts, **fields):
        passages = write(*texts, embedded=False, **fields)
        refresh(brand.pk)
        return passages

    return written


TEXT = (
    "Ottoline Vane drew the heron for Maison Sérance. Embroidery on leather, a hairclip, the "
    "rosehip and a silk scarf from the house of d’Orsay, at l’heure bleue."
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("the herron", "the heron"),
        ("Who was Otoline Vane?", "Who was Ottoline Vane?"),
        ("maison Serrance", "maison Serance"),
        ("Sérannce's scarf", "Serance's scarf"),
        ("lether", "leather"),
        ("laether", "leather"),
        ("embrodiary", "embroidery"),
        ("silkscarf", "silk scarf"),
        ("lheure bleue", "heure bleue"),
        ("the dorsay house", "the orsay house"),
        ("hair clip", "hair clip hairclip"),
        ("rose-hip oil", "rose-hip oil rosehip"),
        ("HERRON", "heron"),
    ],
)
def test_a_word_the_house_does_not_know_is_read_as_one_it_does(house, brand, typed, read, viewer):
    house(TEXT, "Hair and a clip, a rose and a hip.")
    assert mended(viewer, [typed]) == [read]


@pytest.mark.parametrize(
    "typed",
    [
        "the herons were drawn",  # another form of a known word
        "un sac pour elle",  # small words of a language the house does not write
        "when, where and why",
        "HE-3400 or heron7",
        "write to herron@maison.example",
        "Fenwick",  # near nothing
        "hern",  # a word of four letters, and of these one is wrong
        "",
    ],
)
def test_all_else_stays_as_it_was_typed(house, brand, typed, viewer):
    house("The heron was drawn in herringbone. Hern is its old name.")
    assert mended(viewer, [typed]) == [typed]


def test_the_word_that_more_passages_hold_is_preferred(house, brand, viewer):
    house("A glove.", *["A clove of garlic."] * 3)
    assert mended(viewer, ["a plove"]) == ["a clove"]


def test_of_a_long_word_two_letters_may_be_wrong_but_not_the_first_too(house, brand, viewer):
    house("Mathilde Kerguelen leads the studio.")
    assert mended(viewer, ["Kergelenn", "Jerguelin"]) == ["Kerguelen", "Jerguelin"]


def test_a_word_of_the_catalogue_is_known_to_the_archive_too(house, brand, viewer):
    house("A gavroche of the twenties.")
    Product.objects.create(brand=brand, key="g", title="Gavroches and gabroches", language="en")
    refresh_products(brand.pk)
    assert mended(viewer, ["gabroche"]) == ["gabroche"]


@pytest.mark.parametrize("hidden", [{"status": "draft"}, {"audience": "client"}])
def test_a_word_that_stands_only_in_what_the_viewer_may_not_read_is_not_known(
    house, viewer, hidden
):
    house("The otter.")
    house("The heron.", **hidden)
    assert mended(viewer, ["the herron", "her on"]) == ["the herron", "her on"]


def test_a_word_is_known_to_who_may_read_it(house, brand):
    house("The heron.", audience="client")
    assert mended(Viewer.reading(brand.pk, "client"), ["the herron"]) == ["the heron"]


def test_a_house_reads_by_its_own_words_alone(house, brand, other_brand, viewer):
    house("The heron.", house=other_brand)
    refresh(other_brand.pk)
    house("The otter.")
    assert mended(viewer, ["herron"]) == ["herron"]


def test_a_misspelt_word_finds_the_passage(house, viewer):
    (passage,) = house("The heron was drawn at the ponds.")
    assert [hit.passage_id for hit in search_passages(viewer, "herron") if hit.lexical_rank] == [
        passage.pk
    ]


def test_the_step_can_be_left_out(house, viewer, settings):
    settings.SEARCH_WITHOUT = frozenset({"spelling"})
    house("The heron was drawn at the ponds.")
    assert not [hit for hit in search_passages(viewer, "herron") if hit.lexical_rank]


def test_words_that_are_gone_are_forgotten(house, brand, viewer):
    (passage,) = house("The heron.")
    passage.delete()
    refresh(brand.pk)
    assert not Word.objects.filter(brand=brand).exists()
    assert mended(viewer, ["herron"]) == ["herron"]


def test_words_that_come_later_are_learned(house, brand, viewer):
    house("The heron.")
    house("The otter.")
    assert mended(viewer, ["the oter and the herron"]) == ["the otter and the heron"]


@pytest.mark.parametrize(
    ("one", "other", "mistakes"),
    [("", "", 0), ("silk", "", 4), ("silk", "slik", 1), ("carre", "carrre", 1), ("ca", "abc", 3)],
)
def test_letters_left_out_put_in_replaced_or_swapped_are_counted(one, other, mistakes):
    assert distance(one, other) == mistakes


def test_two_words_the_house_knows_are_not_joined_because_it_once_did(brand, house, viewer):
    house(TEXT, *(f"A hard drive of kind {number}." for number in range(8)), "One harddrive.")
    assert mended(viewer, ["external hard drive"]) == ["external hard drive"]
