from itertools import pairwise

import pytest

from archive.sentences import sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["The loom was oiled.", "It ran well!", "Did it stop?", "No."],
        ["Agnes F. Northrop designed the window for J. R. R. Hart.", "She was paid."],
        ["Dr. Behrendt spoke at St. Luke's at 5 p.m. on Friday.", "He was late."],
        ["See No. 5, fig. 3 and vol. IV.", "No.", "It was never made."],
        ["It dates from c. 1850.", "Its price was 2.50 francs."],
        ["It was sold by Hart & Co. Ltd. of Lyon.", "The rest was lost."],
        ["She lived in the U.S. Army barracks.", "He left the U.S. in 1939.", "They met again."],
        ["“It was late. ", "We slept.” ", "She laughed."],
        ["(The woman was modelled by the artist’s wife, Jo.)", "The man is unknown."],
        ["“Who is it?” she asked.", "“Me,” he said."],
        ["I thought... perhaps not… no.", "Then… “yes!” and so on.", "We left."],
        ["Il dit : « Madame, c'est en haut. »", "Je n'ai rien dit."],
        ["Pourquoi ?", "Parce que M. Duperray et Mme Roux l'ont voulu !", "Voilà."],
        ["La signora disse: «È tardi.»", "Poi uscì il sig. Rossi."],
        ["Er sagte: »Nein.«", "Am 9. September kam Hr. Klein zurück.", "Es regnete."],
        ["In 1939.", "The hall was closed."],
        ["It opened on 4 May.", "2011 brought a change."],
        ["絹は美しい。", "とても。"],
    ],
)
def test_a_line_is_parted_at_its_sentences(parts: list[str]) -> None:
    assert split(" ".join(part.strip() for part in parts)) == [part.strip() for part in parts]


def test_a_line_end_is_a_bound_and_bullets_are_left_out() -> None:
    text = "Care\n\n• Wash cold\n- Dry flat.  Do not wring\n* * *\n1. What it must do\n  2) Hang\n"
    assert split(text) == [
        "Care",
        "Wash cold",
        "Dry flat.",
        "Do not wring",
        "1. What it must do",
        "2) Hang",
    ]


def test_entries_of_a_chronicle_are_parted_before_their_dates() -> None:
    text = (
        "Lecture, members listed 2 January 20, 1939 Series given by Dr. Gnesin 4-5 May 3, 1939 Tea"
        " 6 [June 1939] Ball"
    )
    assert split(text) == [
        "Lecture, members listed 2",
        "January 20, 1939 Series given by Dr. Gnesin 4-5",
        "May 3, 1939 Tea 6",
        "[June 1939] Ball",
    ]


def test_only_a_sentence_too_long_to_quote_is_parted_at_semicolons() -> None:
    part = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen more"
    assert split(f"Short; but whole. {'; '.join([part] * 5)}.") == [
        "Short; but whole.",
        *[f"{part};"] * 4,
        f"{part}.",
    ]


def test_spans_are_exact_in_order_and_lose_no_word() -> None:
    text = "  A first.\r\n\r\n\tA « second » one ?  Yes\u00a0! And “a\u2028third.”   \n"
    spans = sentences(text)
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert "".join("".join(split(text)).split()) == "".join(text.split())


def test_nothing_gives_nothing() -> None:
    assert sentences("") == []
    assert sentences(" \n --- \n") == []


def test_time_grows_with_the_text_alone() -> None:
    assert len(sentences("A word, and another; " * 100_000)) == 25_000
