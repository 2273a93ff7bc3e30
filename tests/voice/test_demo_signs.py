"""What the demo house always says is said where it is asked for, and nowhere else."""

import tomllib
from pathlib import Path

import pytest

from concierge.voice.terms import shown_by

VOICES = Path(__file__).parents[2] / "demo/voice"
TOPICS = {
    code: {
        topic["name"]: tuple(topic["signs"])
        for topic in tomllib.loads((VOICES / f"{code}.toml").read_text(encoding="utf-8"))["topics"]
    }
    for code in ("en", "fr")
}


def touched(question, code="en"):
    return {name for name, signs in TOPICS[code].items() if shown_by(question, signs)}


@pytest.mark.parametrize(
    ("topic", "question"),
    [
        ("Authenticity", "Is my scarf real? I bought it on eBay"),
        ("Authenticity", "How can I tell a fake Sérance?"),
        ("Authenticity", "Il mio foulard è autentico?"),
        ("Authenticity", "Ist mein Tuch echt?"),
        ("Second-hand pieces", "Is my scarf real? I bought it on eBay"),
        ("Value of a piece", "What is my grandmother's carré worth?"),
        ("Allergies and skin", "My skin burns after using the perfume"),
        ("Allergies and skin", "I have a rash from the soap"),
        ("Allergies and skin", "My skin itches when I wear it"),
        ("Complaints", "I am very disappointed with my bag"),
        ("Complaints", "I'm disappointed"),
        ("Complaints", "My bag broke"),
        ("Complaints", "Can I have a refund?"),
        ("Animal materials", "Do you have python bags?"),
        ("Animal materials", "Is there a belt of python?"),
        ("Discounts", "When does your sale start?"),
        ("Discounts", "Is there a discount on the Heron?"),
        ("Sustainability", "What is your carbon footprint?"),
        ("Personal data", "Do you record what I write?"),
        ("Discounts", "Geben Sie Rabatt?"),
        ("Discounts", "Fate degli sconti?"),
        ("Value of a piece", "Wie viel ist mein altes Tuch wert?"),
        ("Personal data", "Che cosa fate con i miei dati?"),
    ],
)
def test_a_topic_is_touched(topic, question):
    assert topic in touched(question)


@pytest.mark.parametrize(
    "question",
    [
        "Write me a python script that sorts a list",
        "A Monty Python scarf?",
        "Was Ottoline Vane disappointed with the Heron?",
        "Tell me whether Ottoline Vane was disappointed",
        "Did clients complain of the colours in 1934?",
        "When is the sale at Drouot recorded in the archive?",
        "When did the sale of gloves start?",
        "Who negotiated the loan of 1889?",
        "Which auction of 1937 does the archive record?",
        "Was the atelier insured in 1911?",
        "Do you have a green silk scarf?",
        "What is the price of the rose scent?",
        "Is the Relais made of genuine leather?",
        "What is the real name of Ottoline Vane?",
        "What do you record in the archive?",
        "Was the founding a rash decision?",
        "How is the skin burnished?",
        "Who drew the forget-me-not?",
        "Who was promoted in 1926?",
    ],
)
def test_a_word_in_another_sense_touches_no_topic(question):
    assert touched(question) == set()


@pytest.mark.parametrize(
    ("topic", "question"),
    [
        ("Authenticité", "Mon carré est-il authentique ?"),
        ("Authenticité", "Est-ce un vrai Sérance ?"),
        ("Seconde main", "J’ai acheté ce sac d’occasion sur eBay"),
        ("Remises", "Accordez-vous une remise ?"),
        ("Remises", "Quand commencent vos soldes ?"),
        ("Réclamations", "Je suis très déçue de mon sac"),
        ("Réclamations", "Mon sac s’est cassé"),
        ("Matières animales", "Avez-vous un sac en python ?"),
        ("Allergies et peau", "Ma peau brûle après le parfum"),
        ("Allergies et peau", "Je suis enceinte, puis-je porter l’eau ?"),
    ],
)
def test_a_topic_is_touched_in_french(topic, question):
    assert topic in touched(question, "fr")


@pytest.mark.parametrize(
    "question",
    [
        "Écrivez un script Python",
        "Est-il vrai que le carré fut dessiné en 1934 ?",
        "Ottoline Vane était-elle déçue du Héron ?",
        "Quel carré fut vendu aux enchères en 1937 ?",
        "Qui a négocié le prêt de 1889 ?",
        "À quelle occasion le sac fut-il créé ?",
        "Où passait l’enceinte de la ville ?",
        "Quand eut lieu la remise du prix ?",
    ],
)
def test_a_french_word_in_another_sense_touches_no_topic(question):
    assert touched(question, "fr") == set()
