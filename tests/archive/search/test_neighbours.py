from archive.neighbours import MOST, joined
from archive.passages import read
from archive.viewer import Viewer


def stretches(*passages):
    rows = read(Viewer.reading(passages[0].brand_id), [each.pk for each in passages])
    return joined([rows[each.pk] for each in passages])


def test_passages_next_to_one_another_become_one_stretch_of_their_document(write):
    one, two, _, four = write("The heron.", "The pond.", "The reeds.", "The ink.")
    found = stretches(two, four, one)
    assert [each.text for each in found] == ["The heron.\nThe pond.", "The ink."]
    assert [each.passage.pk for each in found] == [two.pk, four.pk]


def test_a_stretch_is_exactly_what_its_document_says(write):
    one, two = write("The heron.", "The pond.")
    (stretch,) = stretches(one, two)
    assert one.version.text[stretch.start : stretch.end] == stretch.text


def test_passages_of_other_documents_stay_apart(write):
    (one,), (two,) = write("The heron."), write("The pond.")
    assert [each.passage.pk for each in stretches(one, two)] == [one.pk, two.pk]


def test_a_stretch_has_an_end(write):
    passages = write(*[f"Plate {number}." for number in range(MOST + 2)])
    assert len(stretches(*passages)[0].text.split("\n")) == MOST


def test_nothing_found_makes_no_stretch(db):
    assert joined([]) == []
