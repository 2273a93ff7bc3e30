import pytest

from concierge.clients.recognise import (
    KEPT,
    LONGEST,
    MOST,
    asking_part,
    only_tells,
    recognised,
)

TOLD = [
    ("My ring size is 52.", "size", "My ring size is 52"),
    ("my ring size is 52, who drew the Heron?", "size", "my ring size is 52"),
    ("I take a size 7½ in gloves", "size", "I take a size 7½ in gloves"),
    ("My wrist is 16 cm.", "size", "My wrist is 16 cm"),
    ("je fais du 38", "size", "je fais du 38"),
    ("Je chausse du 39 et je cherche des gants", "size", "Je chausse du 39"),
    ("Mon tour de poignet fait 16,5 cm", "size", "Mon tour de poignet fait 16,5 cm"),
    ("porto la 42", "size", "porto la 42"),
    ("La mia misura di anello è 54", "size", "La mia misura di anello è 54"),
    ("Meine Ringgröße ist 54", "size", "Meine Ringgröße ist 54"),
    ("Ich trage Größe 38", "size", "Ich trage Größe 38"),
    ("I don’t like strong scents.", "taste", "I don’t like strong scents"),
    ("Non mi piacciono i profumi forti", "taste", "Non mi piacciono i profumi forti"),
    ("Ich mag keine grellen Farben", "taste", "Ich mag keine grellen Farben"),
    ("My wife's birthday is on 3 May", "occasion", "My wife's birthday is on 3 May"),
    (
        "L’anniversaire de ma femme est le 3 mai",
        "occasion",
        "L’anniversaire de ma femme est le 3 mai",
    ),
    (
        "Il compleanno di mia moglie è il 3 maggio",
        "occasion",
        "Il compleanno di mia moglie è il 3 maggio",
    ),
    (
        "Der Geburtstag meiner Frau ist am 3. Mai",
        "occasion",
        "Der Geburtstag meiner Frau ist am 3. Mai",
    ),
    ("My name is Claire Duval", "name", "Claire Duval"),
    ("Je m’appelle Claire Duval, bonjour", "name", "Claire Duval"),
    ("Ich heiße Anna von Bergen", "name", "Anna von Bergen"),
    ("mi chiamo Chiara", "name", "Chiara"),
    ("my email is claire@example.org", "email", "claire@example.org"),
    ("mon numéro est le 06 12 34 56 78", "phone", "06 12 34 56 78"),
    (
        "My address is 12 rue des Lilas, 69001 Lyon. Can you send it?",
        "address",
        "12 rue des Lilas, 69001 Lyon",
    ),
    (
        "Remember that my mother wears silver.",
        "other",
        "my mother wears silver",
    ),
    ("Souvenez-vous que ma mère porte de l’argent", "other", "ma mère porte de l’argent"),
    ("Merken Sie sich, dass meine Frau Silber trägt", "other", "meine Frau Silber trägt"),
    ("Please remember that my ring size is 52.", "size", "my ring size is 52"),
    ("My name is Ada. Who drew it?", "name", "Ada"),
    ("My name is J. R. Smith. Who drew it?", "name", "J. R. Smith"),
    ("I am Dr. Klara Weiss. How do I wash silk?", "name", "Dr. Klara Weiss"),
    ("I wear size 6 gloves", "size", "I wear size 6 gloves"),
]
NOTHING = [
    "Who drew the Heron, and when?",
    "How much is the Relais 30?",
    "I would like to know who drew the Heron",
    "J’aimerais savoir qui a dessiné le Héron",
    "I wear the Heron scarf every day",
    "Do you have gloves in size 8?",
    "When was the 1934 Heron printed in 9 colours?",
    "Do you remember that bag?",
    "What was my ring size?",
    "",
]


@pytest.mark.parametrize(("message", "kind", "kept"), TOLD)
def test_what_is_worth_remembering_is_known_in_the_client_s_words(message, kind, kept):
    assert [(each.kind, each.text) for each in recognised(message)] == [(kind, kept)]


@pytest.mark.parametrize("message", NOTHING)
def test_a_question_tells_nothing_of_who_asks(message):
    assert recognised(message) == []


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (
            "My name is Beatrix Quarrington and I wear size 6 gloves",
            ["Beatrix Quarrington", "I wear size 6 gloves"],
        ),
        ("Ich heiße Dr. Klara Weiß und trage Größe 7", ["Dr. Klara Weiß", "trage Größe 7"]),
        ("Je m’appelle Claire et fais du 38", ["Claire", "fais du 38"]),
    ],
)
def test_a_name_and_a_size_in_one_sentence_are_both_known(message, told):
    assert [each.text for each in recognised(message)] == told
    assert only_tells(message)


@pytest.mark.parametrize(
    ("message", "asks"),
    [
        ("My name is Ada. Who drew the heron?", "Who drew the heron?"),
        ("I wear size 7. Who drew the heron?", "Who drew the heron?"),
        ("I am Dr. Klara Weiss. How do I wash silk?", "How do I wash silk?"),
        ("My name is Ada, who drew the heron?", "Who drew the heron?"),
        ("Je m’appelle Claire. Qui a dessiné le héron ?", "Qui a dessiné le héron ?"),
        ("Mi chiamo Chiara. Chi l’ha disegnato?", "Chi l’ha disegnato?"),
        ("Ich bin Frau Weiß. Wie wasche ich Seide?", "Wie wasche ich Seide?"),
        ("Who drew the heron, and when?", "Who drew the heron, and when?"),
        ("I am Mr Vane's niece. Who drew it?", "I am Mr Vane's niece. Who drew it?"),
        ("My name is Ada.", "My name is Ada."),
    ],
)
def test_what_is_told_of_oneself_is_parted_from_what_is_asked(message, asks):
    assert asking_part(message) == asks


def test_a_message_can_tell_several_things_in_their_order():
    message = "I'm sensitive to wool, my ring size is 52. Call me Claire."
    assert [each.kind for each in recognised(message)] == ["taste", "size", "name"]


def test_a_long_message_is_bounded():
    found = recognised("I love silk. " * 500 + "x" * LONGEST)
    assert len(found) <= MOST
    assert all(len(each.text) <= KEPT for each in found)
