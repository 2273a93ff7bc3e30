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


@pytest.mark.parametrize(
    ("question", "answers", "does_not"),
    [
        ("How much does the armour weigh?", "It weighs 30 kilograms.", "It was made in 1560."),
        ("How tall is the jar?", "The jar is 40 cm high.", "The jar dates from 1700."),
        ("How hot was the kiln?", "It was fired at 1,250 degrees.", "It was fired in winter."),
        ("When did Esther die?", "Esther (1828–1904) sold cards.", "Esther opened in 1849."),
        ("What did Hopper say of it?", "Hopper called it a diner.", "It hangs in gallery 262."),
        ("How many women worked there?", "Some 30 women worked.", "In 1849 she hired women."),
        ("How many visitors came?", "2,000 came on Sunday.", "The visitors were delighted."),
    ],
)
def test_a_measure_a_death_a_saying_and_a_count_are_told_from_other_facts(
    question, answers, does_not
):
    form = expected(question)
    assert form.needed
    assert form.has(answers)
    assert not form.has(does_not)


def test_what_a_document_says_needs_no_word_of_speech():
    assert expected("What did the press release say about the counter?") is None
