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
