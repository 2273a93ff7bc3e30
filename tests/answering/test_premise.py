"""What a question takes for granted, and a sentence of the archive that says otherwise."""

import numpy as np
import pytest

from concierge.answering.premise import elsewhere, says_otherwise
from concierge.answering.sentences import Sentence, statements
from concierge.answering.turn import Source

TEXT = (
    "Ottoline Vane drew the Heron in March 1934 at the ponds of Pérouges. "
    "The first clasp of the Relais was cast in brass by the locksmith Aimé Vernet. "
    "Gloves of the house are made of Lacaune lambskin. "
    "Tamaris leather is tanned for 40 days in oak bark. "
    "A hem takes 45 minutes for one carré of 90 centimetres. "
    "Engraving three initials on a plate costs 45 euros. "
    "The eye of the Heron is saffron. "
    "Fougères, the Ferns, was drawn by Ottoline Vane in 1937, three years after the Heron. "
    "Hélène Sérance wrote to Lucien Abadie in the autumn. "
    "The silk twill of the carrés is woven in Charlieu in France. "
    "The Paris shop of the family closed on 11 June 1940. "
    "The linen is spun in Poland, since the last mill available to the house closed in 2005."
)
SOURCE = Source(1, "The house", TEXT, 1, 1, 1, 0, language="en")


def ranked(question):
    """The sentences of the source, those first that share most words with the question."""
    words = set(question.lower().strip("?").split())
    found = [
        Sentence(SOURCE, start, end, start, 0.5, 0.5, 0.6, np.zeros(1, dtype=np.float32))
        for start, end in statements(TEXT)
    ]
    return sorted(found, key=lambda each: -len(words & set(each.text.lower().split())))


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Why did Ottoline Vane draw the Heron in 1943?", "1934"),
        ("Why was the Heron drawn in April 1934?", "March"),
        ("Why is the clasp of the Relais cast in gold?", "brass"),
        ("Why are the gloves of the house made of calfskin?", "lambskin"),
        ("Why does Tamaris leather take 90 days to be tanned?", "40 days"),
        ("Why does engraving three initials cost 80 euros?", "45"),
        ("Why is the eye of the Heron green?", "saffron"),
        ("Why does the hem of a carré take 90 minutes?", "45 minutes"),
        ("Why is the silk twill of the carrés woven in Italy?", "France"),
        ("Why was the first clasp of the Relais cast by Lucien Abadie?", "Vernet"),
        ("Why was Fougères drawn by Lucien Abadie?", "Fougères"),
        ("Why did Hélène Sérance draw the Heron?", "Vane drew"),
        ("Is it true that Fougères was drawn by Picasso?", "Vane in 1937"),
        ("Did Picasso draw the Heron?", "Vane drew"),
    ],
)
def test_what_is_taken_for_granted_wrongly_is_contradicted(question, says):
    found = says_otherwise(question, ranked(question))
    assert found is not None
    assert says in found.text


@pytest.mark.parametrize(
    "question",
    [
        "Why did Ottoline Vane draw the Heron in 1934?",
        "Why did Ottoline Vane draw Fougères?",
        "Why is the eye of the Heron yellow?",  # saffron is a yellow
        "Is the clasp of the Relais cast in gold?",  # asks whether
        "Is the clasp gold or brass?",
        "What did Ottoline Vane draw in 1943?",  # limits itself to a year
        "How many days is Tamaris leather tanned?",
        "Why is the clasp of the Relais so heavy?",
        "Which gloves under 90 euros are lined in wool?",
        "Why did the house close in 1975?",  # the shop is another matter
        "Why did the maison close in 1975?",
        "Why did the house close in 1950?",  # a mill closed
        "Is it true that Ottoline Vane drew the Heron?",
        "Was the Heron drawn by Picasso or by Vernet?",
        "Why did the weavers strike in 1831?",  # the archive speaks of something else
    ],
)
def test_what_is_not_taken_for_granted_wrongly_is_left(question):
    assert says_otherwise(question, ranked(question)) is None


@pytest.mark.parametrize(
    ("question", "is_nearest"),
    [
        ("Why is the silk twill of the carrés woven in Como?", True),
        ("Why is the clasp of the Relais cast in gold?", False),
    ],
)
def test_another_place_is_told_as_what_is_nearest(question, is_nearest):
    other = says_otherwise(question, ranked(question))
    assert elsewhere(question, other) is is_nearest
