import pytest

from concierge.approved.words import difference

WASH = "How do I wash a silk scarf?"


@pytest.mark.parametrize(
    ("wording", "question"),
    [
        (WASH, "how should i clean my silk carré"),
        (WASH, "Can you tell me how to wash a silk scarf?"),
        ("Who drew the Heron?", "who drew the heron"),
        ("Who drew the Heron?", "WHO DREW THE HERON?"),
        ("When was the house founded?", "In what year was the house founded?"),
        ("When was the house founded?", "Do you know when Maison Sérance was founded?"),
        ("How do I look after a leather bag?", "leather bag care"),
        ("Is it 1,250 euros?", "is it 1 250 euros"),
        ("Are there two sizes?", "Are there 2 sizes?"),
    ],
)
def test_what_asks_the_same_is_not_told_apart(wording, question):
    assert difference(question, wording, "Maison Sérance") == ""


@pytest.mark.parametrize(
    ("wording", "question", "told"),
    [
        ("What did it cost in 1934?", "What did it cost in 1957?", "numbers"),
        ("What did it cost in 1934?", "What did it cost?", "numbers"),
        ("Do you have the 24?", "Do you have the 30?", "numbers"),
        ("Can I wash it?", "Can I not wash it?", "negation"),
        ("Can I wash it?", "Why can't I wash it?", "negation"),
        ("Puis-je le laver ?", "Ne puis-je pas le laver ?", "negation"),
        ("Who drew the Heron?", "who drew the ferns", "names"),
        ("Who drew it?", "Who drew the Heron?", "names"),
        ("When was the house founded?", "Where was the house founded?", "what is asked for"),
        ("What is saddle stitch?", "Who does the saddle stitch?", "what is asked for"),
        (WASH, "How do I iron a silk scarf?", "a word that changes the meaning"),
        (WASH, "How do I wash a leather scarf?", "a word that changes the meaning"),
        (WASH, "How do I wash silk gloves?", "a word that changes the meaning"),
        ("Who is the director?", "Who was the first director?", "a word that changes the meaning"),
        ("Come si lava la seta?", "Come si stira la seta?", "a word that changes the meaning"),
    ],
)
def test_what_asks_for_something_else_is_told_apart(wording, question, told):
    assert difference(question, wording, "Maison Sérance") == told
    assert difference(wording, question, "Maison Sérance") == told


SHIP = "Do you ship to Brazil?"
KEPT = "Who drew the Heron, and where is it kept?"


@pytest.mark.parametrize(
    ("wording", "question", "told"),
    [
        (SHIP, "Do you ship FROM Brazil?", "names"),
        (SHIP, "do you ship from brazil", "from or to"),
        (SHIP, "Do you ship out of Brazil?", "from or to"),
        ("Livrez-vous à Paris ?", "Livrez-vous de Paris ?", "from or to"),
        ("Livrez-vous vers la Suisse ?", "Livrez-vous depuis la Suisse ?", "from or to"),
        ("Livrez-vous en Suisse ?", "Livrez-vous à partir de la Suisse ?", "from or to"),
        ("Spedite a Milano?", "Spedite da Milano?", "from or to"),
        ("Liefern Sie nach Japan?", "Liefern Sie aus Japan?", "from or to"),
        ("Liefern Sie nach Japan?", "Liefern Sie von Japan?", "from or to"),
        (SHIP, "Did you ever ship to Brazil?", "tense"),
        (SHIP, "Have you ever shipped to Brazil?", "tense"),
        ("Can you ship to Brazil?", "Did you ship to Brazil?", "tense"),
        ("Where do you ship?", "Where did you ship?", "tense"),
        ("Livrez-vous en Suisse ?", "Avez-vous livré en Suisse ?", "tense"),
        ("Liefern Sie nach Japan?", "Haben Sie nach Japan geliefert?", "tense"),
        (SHIP, "Do you ship skins to Brazil?", "a word more"),
        ("Livrez-vous en Suisse ?", "Livrez-vous des peaux en Suisse ?", "a word more"),
        (KEPT, "Who drew the Heron, and when?", "what is asked for"),
        (KEPT, "Who drew the Heron?", "what is asked for"),
        ("Qui l’a dessiné, et où ?", "Qui l’a dessiné, et quand ?", "what is asked for"),
    ],
)
def test_direction_tense_an_object_and_a_second_question_tell_apart(wording, question, told):
    assert difference(question, wording, "Maison Sérance") == told
    assert difference(wording, question, "Maison Sérance") == told


@pytest.mark.parametrize(
    ("wording", "question"),
    [
        (SHIP, "Can you deliver to Brazil?"),
        (SHIP, "do you send orders to brazil"),
        (SHIP, "Do you offer delivery in Brazil?"),
        ("Livrez-vous à Paris ?", "Est-ce que vous livrez à Paris ?"),
        (KEPT, "Who designed the Heron and where is it kept?"),
        ("When and where was it drawn?", "Where and when was it drawn?"),
        (WASH, "Can you tell me how to wash a silk scarf, please?"),
        ("Was it printed in 1934?", "Is it true that it was printed in 1934?"),
        ("Are the gloves made of leather?", "Do you make the gloves from leather?"),
    ],
)
def test_the_same_direction_and_the_same_second_question_do_not(wording, question):
    assert difference(question, wording, "Maison Sérance") == ""
