"""What of a draft the evidence supports, to the exact words."""

from dataclasses import replace

import pytest

from concierge.answering.turn import Evidence, Piece, Source
from concierge.answering.verify import NoStatementError, UnsupportedError, verify

HERON = (
    "Adèle Sérance drew the heron in the winter of 1934, on the back of a laundry list. "
    "Her sister Hélène cut the first block in pear wood. "
    "The motif was printed on silk twill from 1936, in forty-seven colours."
)
CARE = "Saddle leather is wiped with a dry cloth. It is never put near a radiator."
OFFSET = 1000  # where the passages begin in their documents


def source(number, text, title="The heron", language="en", **more):
    return Source(
        number,
        title,
        text,
        10 + number,
        20 + number,
        30 + number,
        OFFSET,
        **more,
        language=language,
    )


EVIDENCE = Evidence(
    query="heron",
    sources=(source(1, HERON, date="1998"), source(2, CARE, title="Care of leather")),
    pieces=(
        Piece(1, 501, "Le Héron scarf", "EUR 420.00, in stock\nSilk twill, 90 x 90 cm"),
        Piece(2, 502, "Lisière gloves", "EUR 1,250.00, made to order\nLambskin"),
    ),
    support=0.6,
)


def quoted(verified):
    return [cited.text for cited in verified.citations]


def test_a_marker_becomes_the_exact_words_that_support_its_sentence():
    verified = verify("The heron was drawn by Adèle Sérance in 1934 [1].", EVIDENCE)
    (cited,) = verified.citations
    text = "Adèle Sérance drew the heron in the winter of 1934, on the back of a laundry list."
    assert cited.text == text
    assert HERON[cited.start - OFFSET : cited.end - OFFSET] == text
    assert verified.text == "The heron was drawn by Adèle Sérance in 1934 [1]."


def test_each_statement_gets_its_own_span_of_one_source():
    verified = verify(
        "Adèle Sérance drew the heron in 1934 [1]. Hélène cut the first block in pear wood [1].",
        EVIDENCE,
    )
    assert verified.text.endswith("in pear wood [2].")
    assert quoted(verified)[1] == "Her sister Hélène cut the first block in pear wood."


def test_the_same_span_keeps_one_number():
    verified = verify(
        "Adèle Sérance drew the heron in 1934 [1]. In the winter of 1934 Adèle drew it [1].",
        EVIDENCE,
    )
    assert verified.text.count("[1]") == 2
    assert len(verified.citations) == 1


def test_markers_are_numbered_in_the_order_they_appear():
    verified = verify(
        "Saddle leather is wiped with a dry cloth [2]. Adèle drew the heron in 1934 [1].", EVIDENCE
    )
    assert verified.text == (
        "Saddle leather is wiped with a dry cloth [1]. Adèle drew the heron in 1934 [2]."
    )
    assert [cited.source.number for cited in verified.citations] == [2, 1]
    assert [cited.number for cited in verified.citations] == [1, 2]


@pytest.mark.parametrize("marker", ["[1]", "[ 1 ]", "【1】", "[source 1]", "[1, 9]", "[1][9]"])
def test_a_marker_is_read_in_the_forms_models_write(marker):
    verified = verify(f"Adèle Sérance drew the heron in 1934 {marker}.", EVIDENCE)
    assert verified.text == "Adèle Sérance drew the heron in 1934 [1]."


def test_a_marker_after_the_full_stop_belongs_to_the_sentence_before():
    verified = verify("Adèle drew the heron in 1934. [1] Enjoy your visit.", EVIDENCE)
    assert verified.text == "Adèle drew the heron in 1934 [1]. Enjoy your visit."


def test_a_marker_of_the_wrong_source_is_moved_to_the_right_one():
    verified = verify("Saddle leather is wiped with a dry cloth [1].", EVIDENCE)
    assert [cited.source.number for cited in verified.citations] == [2]


def test_a_statement_without_a_marker_is_cited():
    verified = verify("Saddle leather is wiped with a dry cloth.", EVIDENCE)
    assert verified.text == "Saddle leather is wiped with a dry cloth [1]."


def test_a_sentence_its_source_does_not_support_goes():
    verified = verify(
        "Adèle drew the heron in 1934 [1]. The house perfumed it with vetiver for a queen [1].",
        EVIDENCE,
    )
    assert verified.text == "Adèle drew the heron in 1934 [1]."


@pytest.mark.parametrize(
    "sentence",
    [
        "Adèle Sérance drew the heron in 1943 [1].",
        "The motif was printed on silk twill in 48 colours [1].",
    ],
)
def test_a_sentence_with_a_number_nobody_gave_goes(sentence):
    verified = verify(f"Adèle drew the heron in 1934 [1]. {sentence}", EVIDENCE)
    assert verified.text == "Adèle drew the heron in 1934 [1]."


@pytest.mark.parametrize(
    "sentence",
    [
        "The motif was printed on silk twill from 1936, in 47 colours [1].",
        "In the 1930s Adèle Sérance drew the heron [1].",
        "Adèle Sérance drew the heron in the 20th century [1].",
    ],
)
def test_a_number_may_be_written_otherwise(sentence):
    assert verify(sentence, EVIDENCE).text == sentence


def test_a_number_of_another_source_does_not_serve():
    evidence = Evidence("x", (source(1, HERON), source(2, "The shop opened in Lyon in 1921.")))
    with pytest.raises(UnsupportedError):
        verify("Adèle Sérance drew the heron in 1921 [1].", evidence)


def test_the_date_of_a_source_may_be_told():
    sentence = "The heron was drawn by Adèle Sérance, says a text of 1998 [1]."
    assert verify(sentence, EVIDENCE).text == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Le Héron scarf [P1] costs EUR 1,250.",
        "Le Héron scarf [P1] costs 1998 euros [1].",
        "Le Héron scarf [P1] costs 500 euros.",
    ],
)
def test_a_piece_is_not_given_the_price_of_another(sentence):
    evidence = replace(EVIDENCE, query="Which scarf is under 500 euros?")
    with pytest.raises(UnsupportedError):
        verify(sentence, evidence)


def test_the_limit_a_client_has_set_may_be_repeated():
    evidence = replace(EVIDENCE, query="Which scarf is under 500 euros?")
    sentence = "Under 500 euros there is Le Héron scarf, at €420 and in stock."
    assert verify(sentence, evidence).text == sentence


def test_a_pieces_facts_need_no_source():
    verified = verify("Lisière gloves [P2] cost €1250 and are made to order.", EVIDENCE)
    assert verified.text == "Lisière gloves cost €1250 and are made to order."
    assert (verified.citations, [piece.product_id for piece in verified.pieces]) == ((), [502])


def test_a_piece_named_without_its_marker_is_shown_too():
    verified = verify("Le Heron scarf costs EUR 420 and is in stock.", EVIDENCE)
    assert [piece.product_id for piece in verified.pieces] == [501]


def test_a_piece_of_a_removed_sentence_is_not_shown():
    verified = verify(
        "Le Héron scarf [P1] is silk twill. Lisière gloves [P2] were worn by a queen.", EVIDENCE
    )
    assert [piece.product_id for piece in verified.pieces] == [501]


def test_what_the_archive_does_not_tell_may_be_said():
    verified = verify(
        "Adèle drew the heron in 1934 [1]. The archive does not tell who commissioned it.", EVIDENCE
    )
    assert verified.text.endswith("The archive does not tell who commissioned it.")


@pytest.mark.parametrize(
    "draft",
    [
        "The house was founded in Lyon by two brothers [1].",
        "Good day, and welcome.",
        "Adèle painted seventeen peacocks for the opera in Vienna [7].",
        "",
        "[1]",
    ],
)
def test_a_draft_without_anything_supported_is_no_answer(draft):
    with pytest.raises(UnsupportedError):
        verify(draft, EVIDENCE)


def test_paragraphs_survive_and_empty_bullets_go():
    draft = (
        "Adèle drew the heron in 1934 [1].\n\n- Hélène cut the first block in pear wood [1].\n"
        "- It was blessed by nine bishops [1].\n\nSaddle leather is wiped with a dry cloth [2]."
    )
    assert verify(draft, EVIDENCE).text == (
        "Adèle drew the heron in 1934 [1].\n\n- Hélène cut the first block in pear wood [2].\n\n"
        "Saddle leather is wiped with a dry cloth [3]."
    )


def test_another_language_is_judged_by_names_and_numbers():
    verified = verify(
        "Le héron fut dessiné par Adèle Sérance en 1934 [1]. "
        "Le premier bois fut gravé par les mains de la reine Victoria en 1937 [1].",
        EVIDENCE,
    )
    assert verified.text == "Le héron fut dessiné par Adèle Sérance en 1934 [1]."
    assert quoted(verified)[0].startswith("Adèle Sérance drew")


def test_two_sentences_are_quoted_when_a_statement_needs_both():
    verified = verify(
        "In 1934 Adèle Sérance drew the heron, and Hélène cut the first block in pear wood [1].",
        EVIDENCE,
    )
    assert quoted(verified) == [HERON[: HERON.index(" The motif")]]


def test_a_false_price_is_replaced_by_what_the_row_says():
    verified = verify(
        "Adèle drew the heron in 1934 [1]. Le Héron scarf [P1] costs EUR 402.", EVIDENCE
    )
    assert verified.text == (
        "Adèle drew the heron in 1934 [1]. Le Héron scarf: EUR 420.00, in stock."
    )
    assert [piece.product_id for piece in verified.pieces] == [501]


def test_a_false_word_of_care_is_replaced_by_the_sources_own_sentence():
    verified = verify(
        "Adèle drew the heron in 1934 [1]. Saddle leather is wiped with a wet cloth [2].", EVIDENCE
    )
    assert verified.text == (
        "Adèle drew the heron in 1934 [1]. “Saddle leather is wiped with a dry cloth.” [2]"
    )
    assert quoted(verified)[1] == "Saddle leather is wiped with a dry cloth."


TOLD = replace(EVIDENCE, told="My wrist is 15 cm round, and it is for my sister Clara.")


@pytest.mark.parametrize(
    "recalled",
    [
        "You told me that your wrist is 15 cm round.",
        "As you said, it is for your sister Clara.",
    ],
)
def test_what_the_client_has_said_may_be_said_back_as_theirs(recalled):
    assert verify(recalled, TOLD).text == recalled


@pytest.mark.parametrize(
    "invented",
    [
        "You told me that your wrist is 17 cm round.",
        "As you said, it is for your sister Eva.",
        "Your wrist is 15 cm round, and the bracelet of 1934 was made for it.",
    ],
)
def test_what_the_client_has_not_said_is_not_said_back(invented):
    with pytest.raises(UnsupportedError):
        verify(invented, TOLD)


def test_a_price_that_the_client_has_told_is_not_said_back():
    told = replace(EVIDENCE, told="You know that Le Héron scarf costs 1 euro.")
    with pytest.raises(UnsupportedError):
        verify("You told me that Le Héron scarf costs 1 euro.", told)


@pytest.mark.parametrize("marker", ["[-1]", "[1e3]", "[P]", "[n]", "[source A]", "[1-3]", "[ ^1 ]"])
def test_what_looks_like_a_marker_and_is_none_does_not_stay(marker):
    verified = verify(f"The heron was drawn by Adèle Sérance in 1934 {marker}.", EVIDENCE)
    assert verified.text == "The heron was drawn by Adèle Sérance in 1934 [1]."


def test_words_in_square_brackets_stay():
    verified = verify("The heron [the first] was drawn by Adèle Sérance in 1934 [1].", EVIDENCE)
    assert "[the first]" in verified.text


def test_a_price_that_is_put_right_is_told_once():
    draft = (
        "Le Héron scarf costs €12 today [P1]. Le Héron scarf is on sale at half price [P1]. "
        "The heron was drawn by Adèle Sérance in 1934 [1]."
    )
    assert verify(draft, EVIDENCE).text.count("EUR 420.00") == 1


SHELF = replace(
    EVIDENCE,
    sources=(
        source(1, f"Craft note.\nWho sews them?\n11. The third hem\n{HERON}"),
        source(2, CARE),
    ),
)


@pytest.mark.parametrize(
    "fragment",
    [
        "11.",
        "Craft note.",
        "Craft note [1].",
        "Who sews them.",
        "Who sews them? [1]",
        "The third hem [1].",
        "Craft note [1]. The House of Nobody won the Grand Prix of 1899 [1].",
    ],
)
def test_what_states_nothing_is_no_answer(fragment):
    with pytest.raises(UnsupportedError):
        verify(fragment, SHELF)


def test_a_fragment_of_a_source_is_told_apart_from_what_it_does_not_support():
    with pytest.raises(NoStatementError):
        verify("Craft note [1].", SHELF)


@pytest.mark.parametrize(
    "statement",
    [
        "Adèle drew the heron [1].",
        "Le Héron scarf [P1]: EUR 420.00, in stock.",
        "Saddle leather is wiped [2].",
    ],
)
def test_a_short_statement_is_an_answer(statement):
    assert verify(statement, SHELF).text
