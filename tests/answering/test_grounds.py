"""What a source must say for a statement to stand, and what another wording may change."""

import pytest

from concierge.answering.turn import Evidence, Piece, Source
from concierge.answering.verify import UnsupportedError, verify

TEXT = (
    "The silk twill of the house is woven in Charlieu, a town in the Loire. "
    "In 2024, 12 % of the raw silk came from the Cévennes, and 88 % came from Brazil. "
    "New Tamaris leather is not waterproof, and is kept out of rain for the first month. "
    "Rain marks are dabbed with a dry cloth and never rubbed. "
    "The atelier was closed before the fire of 1911 and opened after it. "
    "Lucien Abadie recut the Heron in fifteen colours in the autumn of 1952. "
    "Ottoline Vane drew it on 16 June 1934. "
    "Delivery takes two working days. To Japan it takes three working days."
)
GLOVES = Piece(1, 7, "Gants Adèle", "EUR 320.00, in stock\nLacaune lambskin, lined in silk.")
OTHER = "The scents contain both natural and synthetic materials."
SOURCES = tuple(
    Source(number, title, text, number, number, number, 0, language="en")
    for number, title, text in ((1, "Materials", TEXT), (2, "Scent", OTHER))
)
EVIDENCE = Evidence("materials", SOURCES, (GLOVES,))
TRUE = "Rain marks are dabbed with a dry cloth [1]."


def stays(sentence, mark="[1]"):
    draft = f"{TRUE} {sentence.removesuffix('.')} {mark}."
    body = sentence.removesuffix(".")
    return body in verify(draft, EVIDENCE).text


@pytest.mark.parametrize(
    "sentence",
    [
        "The silk twill is woven in Charlieu.",
        "Twelve per cent of the silk came from the Cévennes in 2024.",
        "New Tamaris leather isn't waterproof.",
        "Rain marks are never rubbed.",
        "Lucien Abadie recut the Heron in 15 colours in autumn 1952.",
        "Ottoline Vane drew it in June 1934.",
        "Delivery takes two days.",
        "La soie venait des Cévennes pour 12 % et du Brésil pour 88 % en 2024.",
        "Das neue Tamaris-Leder ist nicht wasserdicht.",
        "Le macchie di pioggia non si strofinano mai.",
    ],
)
def test_what_the_source_says_stays(sentence):
    assert stays(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The silk twill is printed in Charlieu.",  # technique
        "The silk twill is woven in Como.",  # place
        "The cashmere twill is woven in Charlieu.",  # material
        "Eighty per cent of the silk came from the Cévennes in 2024.",  # a number in words
        "In 2024, 12 % of the raw silk came from Portugal.",  # country
        "New Tamaris leather is waterproof.",  # a "not" dropped
        "Rain marks are not dabbed with a dry cloth.",  # a "not" added
        "Rain marks are dabbed with a dry cloth and always rubbed.",
        "Rain marks are dabbed with a wet cloth.",
        "The atelier was closed during the fire of 1911.",
        "Ottoline Vane recut the Heron in fifteen colours in the autumn of 1952.",  # person
        "Lucien Vane recut the Heron in fifteen colours in 1952.",  # two people made one
        "Lucien Abadie recut the Heron in fifteen colours in the spring of 1952.",
        "Ottoline Vane drew it on 16 July 1934.",  # month
        "Ottoline Vane drew it on 15 June 1934.",  # a number of another sentence
        "Delivery takes two working weeks.",  # unit
        "Delivery takes three working days.",  # the number of the sentence beside it
        "The silk twill is woven in Charlieu and is certified organic.",
        "The silk twill of the house is the finest in the world.",
        "La soie venait des Cévennes pour 15 % en 2024.",
        "Das neue Tamaris-Leder ist wasserdicht.",
        "Le macchie di pioggia si strofinano.",
    ],
)
def test_what_the_source_does_not_say_goes(sentence):
    assert not stays(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "It is waterproof.",
        "C'est garanti à vie.",
        "È biologico.",
        "Es ist nachhaltig.",
        "It is vegan.",
    ],
)
def test_a_short_claim_needs_a_source_too(sentence):
    assert not stays(sentence, "")


@pytest.mark.parametrize(
    "sentence",
    [
        "The Gants Adèle cost four hundred euros.",
        "The Gants Adèle are sold out.",
        "The Gants Adèle are lined in cashmere.",
        "The Gants Adèle may be machine washed.",
        "The Gants Adèle are a sound investment.",
        "The Gants Adèle are not lined in silk.",
    ],
)
def test_a_piece_is_what_its_row_says(sentence):
    assert not stays(sentence, "[P1]")
    assert stays("The Gants Adèle cost EUR 320 and are in stock.", "[P1]")


def test_two_sources_do_not_make_one_statement():
    assert not stays("The silk twill of the house is natural and synthetic.", "[1][2]")


def test_a_claim_after_the_last_marker_is_judged_too():
    text = verify(f"{TRUE} The silk twill is woven in Charlieu [1], and is organic.", EVIDENCE).text
    assert "organic" not in text


@pytest.mark.parametrize(
    "sentence",
    [
        "The archive does not say whether it is waterproof.",
        "Les archives ne disent pas qui l'a tissée.",
        "L'archivio non dice chi l'ha tessuta.",
        "Das Archiv sagt nicht, wer sie gewebt hat.",
    ],
)
def test_what_the_archive_does_not_tell_may_be_said_in_each_language(sentence):
    assert verify(f"{TRUE} {sentence}", EVIDENCE).text.endswith(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The archive does not say so, but it is waterproof.",
        "It is waterproof, though the archive does not say so.",
        "The archive is not silent: it is certified organic.",
    ],
)
def test_silence_is_no_cover_for_a_claim(sentence):
    assert not stays(sentence, "")


def test_what_leans_on_a_removed_sentence_is_quoted_or_goes():
    draft = (
        f"{TRUE} Victoria Regina drew the Heron in 1837 [1]. "
        "It takes two working days [1]. However, the silk twill is woven in Charlieu [1]."
    )
    text = verify(draft, EVIDENCE).text
    assert "It takes" not in text
    assert "he silk twill is woven in Charlieu" in text


def test_a_word_that_joins_goes_with_what_it_joined():
    draft = (
        f"{TRUE} The gloves were worn by a queen [1]. However, delivery takes two working days [1]."
    )
    assert verify(draft, EVIDENCE).text.endswith("Delivery takes two working days [2].")


def test_what_leans_on_a_kept_sentence_stays():
    draft = (
        "Ottoline Vane drew it on 16 June 1934 [1]. She gave it to a queen [1]. "
        "It takes two days [1]."
    )
    assert "It takes two days" in verify(draft, EVIDENCE).text


def test_a_draft_of_corrections_alone_is_no_answer():
    with pytest.raises(UnsupportedError):
        verify("Rain marks are dabbed with a wet cloth [1].", EVIDENCE)
