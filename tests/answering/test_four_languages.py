"""Without a key a question is answered from an archive in another language, or declined."""

import pytest

from concierge.answering.extract import extract
from concierge.answering.retrieve import passages
from concierge.answering.turn import Evidence, Turn, Voice
from concierge.answering.understand import understand


@pytest.fixture
def asked(archive, viewer):
    def reply(question):
        turn = Turn(Voice("Maison"), question, viewer)
        found, support = passages(turn, understand(turn))
        return extract(turn, Evidence(question, found, support=support))

    return reply


@pytest.mark.parametrize(
    "question",
    [
        "Combien de planches l’incendie de 1911 a-t-il détruites ?",
        "Wie viele Holzblöcke wurden beim Brand von 1911 zerstört?",
        "Quanti blocchi di legno furono distrutti dall’incendio del 1911?",
    ],
)
def test_what_an_english_archive_tells_is_quoted_from_it(asked, question):
    assert "212 of the 250" in asked(question).text


@pytest.mark.parametrize(
    "question",
    [
        "Combien vaut l’assurance du Heron ?",
        "Welcher Fußballverein gehört dem Parfümeur?",
        "Qual è la password del wifi?",
    ],
)
def test_what_it_does_not_tell_is_declined_in_the_clients_language(asked, question):
    assert asked(question).refused


def test_a_letter_in_french_answers_an_english_question(asked, shelve):
    shelve(
        "Lettre",
        "Firmin Gallet a senti la fumée à cinq heures. Il a frappé à ma porte sans un mot. "
        "Nous avons pris les planches de poirier dans les paniers de la lessive.",
        language="fr",
    )
    assert "senti la fumée" in asked("Who smelt the smoke, Firmin Gallet or another?").text


@pytest.mark.parametrize(
    "question",
    [
        "Quand le motif Le Héron a-t-il été dessiné ?",
        "Wann wurde das Motiv Le Héron gezeichnet?",
        "Quando è stato disegnato il motivo Le Héron?",
    ],
)
def test_a_name_that_is_a_word_is_found_as_the_archive_writes_it(asked, question):
    assert "drawn by Ottoline Vane in March 1934" in asked(question).text.partition("\n\n")[0]
