"""How well an answer keeps to a voice: each fault by itself, and what they cost together."""

import pytest

from concierge.voice.manner import Entry, Manner
from concierge.voice.score import COSTS, Fault, Said, scored

ENGLISH = Manner(
    "en",
    1,
    title="Madam, Sir",
    most=30,
    lexicon=(Entry("carré", ("scarf",)),),
    forbidden=("luxurious",),
)
FRENCH = Manner("fr", 1)
DUE = "We give no discounts, to anybody."
CALM = "The Heron was drawn in 1934 by Ottoline Vane, at the ponds of Pérouges [1]."


def faults(text, manner=ENGLISH, **more):
    found = scored(Said(text, manner.language, **more), manner)
    return [(each.rule, each.words) for each in found.faults]


def test_an_answer_that_keeps_to_every_rule_has_the_whole_score():
    assert scored(Said(CALM, "en"), ENGLISH) == scored(Said(CALM, "en"), ENGLISH)
    assert scored(Said(CALM, "en"), ENGLISH).score == 1.0
    assert faults(CALM) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("A word, " * 31, ("too_long", "62 words")),
        ("It is luxurious.", ("forbidden", "luxurious")),
        ("Hey, it is of silk.", ("address", "Hey")),
        ("Dear Anna, it is of silk.", ("first_name", "Dear Anna")),
        ("It is of silk!", ("exclamation", "!")),
        ("It is of silk ✨.", ("emoji", "✨")),
        ("It is the finest silk.", ("superlative", "finest")),
        ("It is a scarf.", ("lexicon", "scarf")),
        ("## Silk\n\nIt is of silk.", ("heading", "## Silk")),
        ("Le carré est dessiné à la main dans les ateliers de la maison.", ("language", "fr")),
    ],
)
def test_each_fault_is_found_with_its_words(text, fault):
    assert faults(text) == [fault]


@pytest.mark.parametrize(
    ("manner", "text", "words"),
    [
        (FRENCH, "Tu peux le laver à la main.", "Tu"),
        (FRENCH, "Je t’assure que le carré est de soie.", "t’"),
        (Manner("fr", 1, address="familiar"), "Vous pouvez le laver dans votre eau.", "Vous"),
        (Manner("it", 1), "Lo puoi lavare, se ti piace la seta.", "ti"),
        (Manner("de", 1), "Das kannst du mit der Hand und dem Wasser waschen.", "du"),
    ],
)
def test_the_wrong_form_of_address_is_a_fault(manner, text, words):
    assert ("address", words) in faults(text, manner)


def test_a_title_of_the_house_is_no_first_name():
    assert faults("Dear Madam, it is of silk.") == []


def test_a_sentence_that_is_due_and_was_not_said_is_the_gravest_fault():
    assert faults(CALM, due=(DUE,)) == [("verbatim", DUE)]
    assert max(COSTS, key=COSTS.get) == "verbatim"
    assert faults(f"{DUE}\n\n{CALM}", due=(DUE,)) == []


def test_what_is_said_word_for_word_is_held_to_no_other_rule():
    due = "A luxurious scarf is a finest thing! " * 4
    assert faults(f"{due}\n\n{CALM}", due=(due,)) == []


@pytest.mark.parametrize(
    "text",
    [
        "“What a luxurious scarf!” wrote Adèle in 1889.",
        "> A luxurious scarf, the finest of all!",
        "The Scarf ring is of brass.",
    ],
)
def test_quotations_and_names_are_not_the_houses_words(text):
    assert faults(text, names=("Scarf ring",)) == []


def test_praise_that_the_source_uses_is_none_of_its_own():
    assert faults("It is the finest silk.", grounds="The Finest silk of Lyon.") == []


def test_faults_add_up_and_the_score_ends_at_nothing():
    once = scored(Said("It is of silk!", "en"), ENGLISH).score
    twice = scored(Said("It is! Of silk!", "en"), ENGLISH).score
    often = scored(Said("It! Is! Of! Silk! All!", "en"), ENGLISH).score
    assert (once, twice, often) == (0.85, 0.775, 0.7)
    worst = "## Hey\n\nDear Anna, a luxurious scarf, the finest! ✨"
    assert scored(Said(worst, "en", due=(DUE,)), ENGLISH).score == 0.0


def test_faults_are_plain_values_for_their_row():
    found = scored(Said("It is of silk!", "en"), ENGLISH)
    assert found.plainly == [{"rule": "exclamation", "words": "!"}]
    assert found.faults == (Fault("exclamation", "!"),)
