import pytest

from archive.copies import shown_once
from archive.passages import read
from archive.viewer import Viewer

CARE = "Wash the scarf gently by hand in cool water with a mild soap and dry it flat in the shade."


def kept(*found):
    """Primary keys of the passages shown, of those found with their scores."""
    brand = found[0][0].brand_id
    rows = read(Viewer.reading(brand), [passage.pk for passage, _ in found])
    return [passage.pk for passage, _ in shown_once([(rows[p.pk], s) for p, s in found])]


def test_a_copy_is_shown_once_at_the_better_place(write):
    (one,), (two,), (other,) = write(CARE), write(CARE), write("The heron was drawn in 1934.")
    assert kept((two, 0.9), (other, 0.8), (one, 0.7)) == [two.pk, other.pk]


def test_a_copy_in_other_dress_is_one(write):
    (one,), (two,) = write(CARE), write(CARE.upper().replace(" ", "\n"))
    assert kept((one, 0.9), (two, 0.8)) == [one.pk]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("The Heron scarf costs 450 EUR.", "The Heron scarf costs 540 EUR."),
        (f"{CARE} Since 1934.", f"{CARE} Since 1943."),
        (CARE, CARE.replace("cool", "warm")),
        (CARE, f"{CARE} {CARE.replace('scarf', 'glove')}"),
        ("Silk.", "Wool."),
    ],
)
def test_texts_that_differ_in_what_they_say_are_both_shown(write, one, two):
    (first,), (second,) = write(one), write(two)
    assert kept((first, 0.9), (second, 0.8)) == [first.pk, second.pk]


def test_of_copies_found_equally_well_the_newer_document_stays(write):
    (old,), (new,) = write(CARE, date="1998"), write(CARE, date="2019-05")
    assert kept((old, 0.5), (new, 0.5)) == [new.pk]


def test_nothing_found_has_no_copies():
    assert shown_once([]) == []
