"""Where one passage ends and the next begins."""

import pytest

from archive.ingestion.clean import Cleaned, clean, from_text
from archive.ingestion.parse.blocks import Block, Parsed
from archive.ingestion.parse.registry import read
from archive.ingestion.split import LIMIT, split, weight
from archive.sentences import sentences

SENTENCE = "The heron stands in the shallow water and waits for the light to change. "


def marked(text: str, title: str = "The house") -> Cleaned:
    return clean(Parsed(read(text.encode(), "a.md").blocks, title))


def test_every_character_that_is_not_a_heading_is_in_a_passage_and_exact() -> None:
    text = f"# One\n\n{SENTENCE * 30}\n\n## Two\n\n- a\n- b\n\n# Three\n\nShort.\n\n{SENTENCE * 9}"
    document = marked(text)
    pieces = split(document).pieces
    assert all(document.text[piece.start : piece.end] == piece.text for piece in pieces)
    held = "".join("".join(piece.text.split()) for piece in pieces)
    spans = [document.text[h["start"] : h["end"]] for h in document.headings]
    assert spans == ["One", "Two", "Three"]
    assert held == "".join(document.text.split()).replace("One", "", 1).replace("Two", "").replace(
        "Three", ""
    )


def test_no_passage_is_larger_than_the_model_reads() -> None:
    document = marked(f"# A\n\n{SENTENCE * 200}\n\n{'word ' * 2000}\n\n{'x' * 9000}")
    pieces = split(document).pieces
    assert max(weight(piece.title) + weight(piece.text) for piece in pieces) <= LIMIT


def test_a_long_paragraph_is_parted_between_sentences() -> None:
    document = from_text(SENTENCE * 60)
    bounds = sentences(document.text)
    pieces = split(document).pieces
    assert len(pieces) > 3
    assert {piece.start for piece in pieces} <= {start for start, _ in bounds}
    assert {piece.end for piece in pieces} <= {end for _, end in bounds}
    assert max(piece.words for piece in pieces) < 1.5 * min(piece.words for piece in pieces)


def test_a_passage_never_crosses_a_top_level_section() -> None:
    pieces = split(marked("# A\n\nOne.\n\n## B\n\nTwo.\n\n# C\n\nThree.")).pieces
    assert [(piece.title, piece.text) for piece in pieces] == [
        ("The house › A", "One.\n\nB\n\nTwo."),
        ("The house › C", "Three."),
    ]


def test_a_large_section_below_the_top_has_its_own_passage_and_path() -> None:
    text = f"# A\n\n{SENTENCE * 6}\n\n## B\n\n{SENTENCE * 6}\n\n# C\n\nThree."
    assert [piece.title for piece in split(marked(text)).pieces] == [
        "The house › A",
        "The house › A › B",
        "The house › C",
    ]


def test_the_documents_own_title_is_no_section() -> None:
    pieces = split(marked("# The house\n\n## A\n\nOne.\n\n## B\n\nTwo.")).pieces
    assert [piece.title for piece in pieces] == ["The house › A", "The house › B"]


def test_a_heading_with_nothing_under_it_is_not_lost() -> None:
    pieces = split(marked("# A\n\n# B\n\nTwo.\n\n# C")).pieces
    assert [piece.text for piece in pieces] == ["A", "Two.", "C"]


def test_a_passage_knows_its_page_and_who_says_most_of_it() -> None:
    blocks = [
        Block("Ottoline: Why?", page=1, speaker="Ottoline"),
        Block(f"Hélène: {SENTENCE * 9}", page=1, speaker="Hélène"),
        Block(f"Ottoline: {SENTENCE * 9}", page=2, speaker="Ottoline"),
    ]
    pieces = split(clean(Parsed(blocks))).pieces
    assert [(piece.page, piece.speaker) for piece in pieces] == [(1, "Hélène"), (2, "Ottoline")]


def test_the_language_of_a_text_is_told_from_its_small_words() -> None:
    assert (
        from_text("Le soir, elle a tenu son carré dans les mains et il est beau.").language == "fr"
    )
    assert from_text(
        "La seta è tessuta a mano, con i fili della casa, e non è lucida."
    ).language == ("it")
    assert from_text("The silk is woven by hand, and it is not shiny.").language == "en"
    assert from_text("TN-2110 90 x 90").language == ""


@pytest.mark.parametrize(
    "line",
    ["word ", "a. Then ", "A. ", "a; ", "a;b ", "a\tb\t", "HOUSE\n\n", f"{SENTENCE}\n"],
)
def test_half_a_million_characters_of_anything_are_parted_at_once(line: str) -> None:
    text = line * (500_000 // len(line))
    # Were the work to grow with the square of the length, this would take many minutes.
    assert split(clean(read(text.encode(), "a.txt"))).pieces


def test_a_row_of_half_a_million_dots_is_parted_at_once() -> None:
    assert split(from_text("See page " + "." * 500_000)).pieces


def test_a_document_that_says_nothing_but_its_title_has_one_passage() -> None:
    document = clean(read(b"# The Heron", "a.md"))
    assert [(piece.title, piece.text) for piece in split(document).pieces] == [
        ("The Heron", "The Heron")
    ]


JAPANESE = "鷺は左足で立ち、背を中央に向け、肩ごしにこちらを見ています。"


def test_japanese_is_parted_at_its_sentences_within_what_the_model_reads() -> None:
    pieces = split(from_text(JAPANESE * 40, "青鷺")).pieces
    assert all(len(piece.text) <= LIMIT and piece.text.endswith("。") for piece in pieces)
    assert "".join(piece.text for piece in pieces) == JAPANESE * 40


def test_an_endless_japanese_sentence_is_cut_at_its_commas() -> None:
    pieces = split(from_text(JAPANESE.replace("。", "、") * 40, "青鷺")).pieces
    assert all(len(piece.text) <= LIMIT and piece.text.endswith("、") for piece in pieces)


def test_a_japanese_sentence_goes_on_after_what_it_quotes() -> None:
    text = "「洗いません。」と田辺は言います。水の話です。"
    assert [text[start:end] for start, end in sentences(text)] == [
        "「洗いません。」と田辺は言います。",
        "水の話です。",
    ]
