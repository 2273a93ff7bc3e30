"""Two texts beside each other."""

from archive.sources.difference import Row, difference


def shown(words):
    return "".join(f"[{text}]" if differs else text for differs, text in words or [])


def test_the_words_that_differ_are_marked_on_both_sides():
    [row] = difference("Drawn in 1934 by hand.", "Drawn in 1933 by hand.")
    assert (shown(row.before), shown(row.after)) == (
        "Drawn in [1934] by hand.",
        "Drawn in [1933] by hand.",
    )
    assert row.changed


def test_words_next_to_each_other_are_marked_as_one():
    [row] = difference("a b c d", "a x y d")
    assert (shown(row.before), shown(row.after)) == ("a [b c] d", "a [x y] d")


def test_a_new_paragraph_has_nothing_beside_it():
    rows = difference("One.\n\nThree.", "One.\n\nTwo.\n\nThree.")
    assert rows[1] == Row(None, [(True, "Two.")])


def test_unchanged_stretches_are_folded_but_for_one_paragraph_beside_a_change():
    before = "\n\n".join(f"Paragraph {number}." for number in range(10))
    rows = difference(before, before.replace("Paragraph 0.", "Other."))
    assert [len(row.hidden) for row in rows] == [0, 0, 8]
    assert shown(rows[1].before) == "Paragraph 1."


def test_one_unchanged_paragraph_is_never_folded():
    rows = difference("a\n\nb\n\nc\n\nd\n\ne", "x\n\nb\n\nc\n\nd\n\ny")
    assert not any(row.hidden for row in rows)


def test_equal_texts_are_one_fold():
    assert [row.changed for row in difference("a\n\nb\n\nc", "a\n\nb\n\nc")] == [False]


def test_a_very_long_paragraph_is_marked_whole():
    [row] = difference("a " * 12_000, "b " * 12_000)
    assert [differs for differs, _ in row.before] == [True]


def test_text_is_kept_to_the_letter():
    before, after = "Le héron, 1934 – déjà.", "Le héron, 1935 – déjà vu !"
    [row] = difference(before, after)
    assert "".join(text for _, text in row.before) == before
    assert "".join(text for _, text in row.after) == after


def test_a_changed_paragraph_stands_beside_its_own_and_not_beside_a_new_one():
    before = "The heron was drawn in 1934 at the ponds.\n\nIt has nine colours, and a border."
    after = (
        "A foreword that nobody had written before.\n\nThe heron was drawn in 1933 at the ponds."
        "\n\nIt has ten colours, and a border."
    )
    foreword, heron, colours = difference(before, after)
    assert foreword.before is None
    assert (shown(heron.before), shown(heron.after)) == (
        "The heron was drawn in [1934] at the ponds.",
        "The heron was drawn in [1933] at the ponds.",
    )
    assert shown(colours.after) == "It has [ten] colours, and a border."


def test_paragraphs_that_share_nothing_are_told_one_after_the_other():
    rows = difference("Silk.\n\nLeather.", "Brass.\n\nBeeswax.")
    assert [row.before is None for row in rows] == [False, False, True, True]
