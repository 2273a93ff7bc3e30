"""What the demo house always says is said where it is asked for, and nowhere else."""

import tomllib
from pathlib import Path

import pytest

from concierge.voice.terms import shown_by

TOPICS = {
    topic["name"]: tuple(topic["signs"])
    for topic in tomllib.loads(
        (Path(__file__).parents[2] / "demo/voice/en.toml").read_text(encoding="utf-8")
    )["topics"]
}


@pytest.mark.parametrize(
    ("topic", "question"),
    [
        ("Authenticity", "Is my scarf real? I bought it on eBay"),
        ("Second-hand pieces", "Is my scarf real? I bought it on eBay"),
        ("Allergies and skin", "My skin burns after using the perfume"),
        ("Complaints", "I am very disappointed with my bag"),
        ("Animal materials", "Do you have python bags?"),
        ("Discounts", "When does your sale start?"),
    ],
)
def test_a_topic_is_touched(topic, question):
    assert shown_by(question, TOPICS[topic])


@pytest.mark.parametrize(
    ("topic", "question"),
    [
        ("Animal materials", "Write me a python script that sorts a list"),
        ("Animal materials", "A Monty Python scarf?"),
        ("Complaints", "Was Ottoline Vane disappointed with the Heron?"),
        ("Discounts", "When is the sale at Drouot recorded in the archive?"),
        ("Second-hand pieces", "Which auction of 1937 does the archive record?"),
    ],
)
def test_a_word_in_another_sense_touches_no_topic(topic, question):
    assert not shown_by(question, TOPICS[topic])
