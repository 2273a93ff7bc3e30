"""A number on a label is found as it stands there, however it is typed."""

import pytest

from archive.codes import codes_in
from archive.search import search_passages


@pytest.fixture
def notes(write):
    """One passage a code, near one another, and others that say as much of the same words."""
    texts = [
        "Repair note for model MS-204.B, brass clasp.",
        "Repair note for model MS-204.C, brass clasp.",
        "Lot AB123/45 was dyed in spring.",
        "Lot AB123/46 was dyed in spring.",
        "Ref. 4711-A is the small bottle.",
        "Ref. 4711-B is the large bottle.",
        "The strap TN 2110 is cut from one hide.",
        "N° 12 was the twelfth scent.",
        "N° 13 was never sold.",
    ]
    passages = write(*texts, embedded=False)
    return dict(zip([text.rstrip(".") for text in texts], passages, strict=True))


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("MS-204.B", "MS-204.B"),
        ("ms204b", "MS-204.B"),
        ("ms 204 b brass clasp repair", "MS-204.B"),
        ("MS-204.C", "MS-204.C"),
        ("ab123/45", "AB123/45"),
        ("AB 123-45", "AB123/45"),
        ("AB12346 please", "AB123/46"),
        ("Ref. 4711-A", "4711-A"),
        ("4711 b", "4711-B"),
        ("4711.B?", "4711-B"),
        ("TN-2110", "TN 2110"),
        ("tn2110", "TN 2110"),
        ("No 12", "N° 12"),
        ("N°13", "N° 13"),
    ],
)
def test_a_code_is_found_first_however_it_is_typed(notes, viewer, typed, stands):
    (meant,) = [passage.pk for text, passage in notes.items() if stands in text]
    assert search_passages(viewer, typed)[0].passage_id == meant


def test_a_code_comes_before_more_words(write, viewer):
    write("The brass clasp repair, the brass clasp of the bag, repair of a clasp.", embedded=False)
    (exact,) = write("Model MS-204.B.", embedded=False)
    assert search_passages(viewer, "brass clasp repair MS204B")[0].passage_id == exact.pk


def test_a_wrong_code_puts_nothing_first(notes, viewer):
    assert all(hit.score < 1 or hit.lexical_rank for hit in search_passages(viewer, "4711-C"))
    assert codes_in("4711-C") == ["4711c"]


def test_a_code_behind_a_closed_door_is_not_found(write, viewer):
    write("Model MS-204.B.", embedded=False, audience="atelier")
    assert search_passages(viewer, "MS-204.B") == []


def test_what_many_passages_hold_is_a_word_like_another(write, viewer):
    write(*["Covid-19 rules."] * 21, embedded=False)
    (meant,) = write("Covid-19 masks, masks.", embedded=False)
    assert search_passages(viewer, "covid-19 masks")[0].passage_id == meant.pk


@pytest.mark.parametrize("query", ["", "no numbers at all", "1934", "1930s", "90 cm", "the 19th"])
def test_years_decades_and_measures_are_no_codes(query):
    assert not {"1934", "1930s", "90cm", "19th"} & set(codes_in(query))


def test_a_label_makes_a_short_number_a_code():
    assert "4711" in codes_in("ref. 4711")
    assert "4711" not in codes_in("founded 4711")
