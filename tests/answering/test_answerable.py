"""What is asked for, and of what it is asked, must stand together in what is found."""

import pytest

from concierge.answering.answerable import Signs, is_answered, is_elsewhere
from concierge.answering.demanded import demanded, has

MODEL = "all-MiniLM-L6-v2"


def same(word):
    return frozenset([word])


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Why is the eye yellow?", "reason"),
        ("How long does a repair take?", "duration"),
        ("How long is the table?", "size"),
        ("How much did the Relais cost?", "money"),
        ("how many colours has it", "count"),
        ("In which year was it made?", "time"),
        ("Which museum borrowed it?", "place"),
        ("What is the name of the cat?", "name"),
        ("Which bank lent the money?", "person"),
        ("What happened next?", ""),
    ],
)
def test_a_question_asks_for_a_kind_of_thing(question, kind):
    assert demanded(question) == kind


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What was the name of her dog?", "Her dog Flush slept in the drying loft."),
        ("How many visitors came in 1951?", "In 1951 some forty visitors came to the fair."),
        ("Who wove it?", "It was woven by Philomène Garin."),
        ("Who drew the Relais?", "Baptiste drew the Relais in 1926."),
        ("Why was it moved?", "It was moved because the light was poor."),
        ("How long did it take?", "It took nineteen hours."),
    ],
)
def test_a_sentence_has_it(question, text):
    assert has(demanded(question), question, same, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What was the name of her dog?", "Adèle had a dog, and it slept in the loft."),
        ("How many visitors came in 1951?", "The visitors of 1951 came by the back stairs."),
        ("Who wove it?", "It was woven at home and sold by the metre."),
        ("Who wipes the Relais?", "Wipe the Relais with a dry cloth."),
        ("How much did it cost?", "It was sold in 1926."),
        ("How long did it take?", "It took patience."),
    ],
)
def test_a_sentence_on_the_same_subject_has_it_not(question, text):
    assert not has(demanded(question), question, same, text)


def signs(**told):
    plain = {"bound": 0.6, "meaning": 0.6, "length": 2.0, "unturned": 0.0, "turns": 1.0}
    return Signs(**plain | {"absent": 0.0, "beside": 0.0} | told)


def test_what_is_near_and_bound_is_answered():
    assert is_answered(MODEL, signs())


def test_what_turns_on_something_said_nowhere_is_not():
    assert is_answered(MODEL, signs(bound=0.2, unturned=1.0, beside=1.0)) is False


def test_a_model_without_weights_decides_nothing():
    assert is_answered("another", signs()) is None


def test_a_word_that_nothing_is_like_decides_where_all_is_far():
    assert [is_elsewhere(signs(absent=1.0, meaning=far)) for far in (0.3, 0.5)] == [True, False]
