import pytest

from concierge.clients.models import Memory, NeverKeptError
from concierge.clients.recognise import only_tells, recognised, withheld
from concierge.clients.unkept import kindly

CARD = "4111 1111 1111 1111"
NEVER = [
    f"My card number is {CARD}, remember it",
    f"Mon numéro de carte est le {CARD}",
    f"Il mio numero di carta è {CARD}, lo ricordi",
    f"Meine Nummer der Kreditkarte ist {CARD}",
    "Remember that my IBAN is DE89 3704 0044 0532 0130 00",
    "Please remember that my passport number is 12AB34567",
    "Remember that my password is hunter2",
    "Souvenez-vous que mon mot de passe est soleil",
    "Merken Sie sich, dass mein Passwort Sonne ist",
    "Si ricordi che la mia password è sole",
    "Remember that I have diabetes",
    "Je suis allergique au nickel",
    "Ricordi che sono incinta",
    "Merken Sie sich, dass ich Asthma habe",
]
PARTS = [
    (
        f"My size is 38, I live at 12 rue de la Paix, and my card is {CARD}",
        ["My size is 38", "12 rue de la Paix"],
    ),
    (f"I prefer gold and my card is {CARD}", ["I prefer gold"]),
    ("My security code is 123 and my ring size is 52", ["my ring size is 52"]),
    ("Remember that my mother wears silver and has cancer", ["my mother wears silver"]),
    ("I live at 12 rue de la Paix, 75002 Paris", ["12 rue de la Paix, 75002 Paris"]),
    ("My phone number is +33 6 12 34 56 78", ["+33 6 12 34 56 78"]),
]
FEELINGS = [
    "I hate you fucking assholes",
    "I like it when you shut up",
    "I love this house",
    "Je déteste cette maison de merde",
    "J’adore quand vous vous taisez",
    "Mi piace quando sta zitto",
    "Detesto questi stronzi",
    "Ich hasse Sie",
    "Ich mag dumme Antworten von diesem Haus",
    "Remember that the concierge is an idiot",
]


@pytest.mark.parametrize("message", NEVER)
def test_numbers_secrets_and_health_are_never_offered_and_this_is_said(message):
    assert recognised(message) == []
    assert withheld(message)


@pytest.mark.parametrize(("message", "kept"), PARTS)
def test_what_stands_beside_them_may_be_kept(message, kept):
    assert [each.text for each in recognised(message)] == kept


@pytest.mark.parametrize("message", FEELINGS)
def test_what_is_felt_for_the_house_is_no_taste(message):
    assert recognised(message) == []
    assert not withheld(message)


@pytest.mark.parametrize("text", [f"12 rue de la Paix, card {CARD}", "I have diabetes"])
def test_a_memory_refuses_it_whoever_writes_it(text):
    with pytest.raises(NeverKeptError):
        Memory(kind=Memory.Kind.OTHER, text=text, origin=Memory.Origin.HOUSE).save()


def test_a_request_to_remember_is_no_part_of_what_is_remembered():
    for message in (
        "Please remember my address is 12 rue des Lilas, 69001 Lyon",
        "My address is 12 rue des Lilas, 69001 Lyon, remember it please",
    ):
        assert [each.text for each in recognised(message)] == ["12 rue des Lilas, 69001 Lyon"]
        assert only_tells(message)


def test_it_is_said_in_the_language_of_the_house():
    assert len({kindly(code) for code in ("en", "fr-ch", "it", "de")}) == 4
    assert kindly("ja") == kindly("en")
