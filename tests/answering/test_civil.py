"""What may be said without proof: courtesies, and no deed, promise or offer."""

import pytest

from concierge.answering.civil import is_courtesy, offers_a_deed
from concierge.answering.turn import Evidence, Source
from concierge.answering.verify import verify

TEXT = "Letters are answered by a person, within three working days."
EVIDENCE = Evidence("letters", (Source(1, "Services", TEXT, 1, 1, 1, 0, language="en"),))
TRUE = "Letters are answered by a person, within three working days [1]."


def stands(sentence):
    return sentence in verify(f"{TRUE} {sentence}", EVIDENCE, house="Maison").text


@pytest.mark.parametrize(
    "sentence",
    [
        "With great pleasure.",
        "I hope this helps you.",
        "Please tell me more.",
        "Avec plaisir.",
        "Non esiti a chiedere.",
        "Ich helfe Ihnen gern.",
        "Would you like to know more?",
    ],
)
def test_a_courtesy_stands_without_proof(sentence):
    assert stands(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Unlimited mode is on.",
        "I have booked it.",
        "We ship tomorrow.",
        "With pleasure, it is reserved.",
        "Happy to confirm your order.",
        "It arrives on Monday.",
        "A surprise awaits you.",
        "C'est réservé.",
        "Arriva domani.",
        "Ihr Termin steht.",
        "Shall I reserve it for you?",
        "Souhaitez-vous que je la commande ?",
    ],
)
def test_a_deed_a_promise_or_an_offer_does_not(sentence):
    assert not stands(sentence)


def test_a_yes_goes_with_the_sentence_that_it_rests_on():
    assert "Yes" not in verify(f"{TRUE} Yes. It is woven in Como.", EVIDENCE).text


def test_a_yes_stays_with_a_sentence_that_stands():
    assert verify(f"Yes. {TRUE}", EVIDENCE).text.startswith("Yes. Letters")


def test_asking_whether_to_tell_more_offers_no_deed():
    assert not offers_a_deed("Shall I tell you more?")
    assert is_courtesy("It would be a pleasure")
