from archive.neighbours import MOST, joined


def test_passages_next_to_one_another_become_one_stretch_of_their_document(write):
    one, two, _, four = write("The heron.", "The pond.", "The reeds.", "The ink.")
    stretches = joined([two, four, one])
    assert [each.text for each in stretches] == ["The heron.\nThe pond.", "The ink."]
    assert [each.passage for each in stretches] == [two, four]


def test_a_stretch_is_exactly_what_its_document_says(write):
    one, two = write("The heron.", "The pond.")
    (stretch,) = joined([one, two])
    assert one.version.text[stretch.start : stretch.end] == stretch.text


def test_passages_of_other_documents_stay_apart(write):
    (one,), (two,) = write("The heron."), write("The pond.")
    assert [each.passage for each in joined([one, two])] == [one, two]


def test_a_stretch_has_an_end(write):
    passages = write(*[f"Plate {number}." for number in range(MOST + 2)])
    assert len(joined(passages)[0].text.split("\n")) == MOST


def test_nothing_found_makes_no_stretch(db):
    assert joined([]) == []
