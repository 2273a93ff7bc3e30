import pytest

from concierge.answering.expected import expected


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How much does a new hem cost?", "A new hem costs 85 euros."),
        ("How much is the Relais?", "The Relais is €2,450."),
        ("Combien coûte le carré ?", "Le carré coûte 390 €."),
        ("How many blocks were saved?", "Thirty-eight blocks were saved."),
        ("When was it printed?", "It was printed in 1934."),
        ("Quand a-t-il été imprimé ?", "En septembre, pour la première fois."),
        ("In what year did it open?", "The shop opened in 1988."),
    ],
)
def test_a_form_is_found_in_an_answer(question, answer):
    assert expected(question).has(answer)


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("How much did they pay for the window?", "The window has 48 panels."),
        ("What salary was she paid?", "She drew for eleven days."),
        ("How many bags are sold?", "The bags are sold in Paris."),
        ("When was it printed?", "It was printed in Lyon."),
        ("What year was it printed?", "It was printed after some research."),
    ],
)
def test_a_statement_without_the_form_is_no_answer(question, statement):
    form = expected(question)
    assert form.needed
    assert not form.has(statement)


def test_a_who_prefers_a_name_that_the_question_does_not_hold():
    form = expected("Who drew the Heron?")
    assert form.has("It was drawn by Ottoline Vane.")
    assert not form.has("This is the Heron as it was drawn.")
    assert not form.needed


def test_an_open_question_expects_no_form():
    assert expected("How do I wash a carré?") is None
