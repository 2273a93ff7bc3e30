"""Kinds of turn told without a model, over utterances labelled by hand in four languages."""

import json
from pathlib import Path

import pytest

from bench.understanding import measured, rows_of
from concierge.answering.recognise import ARCHIVE, KINDS, recognised, topics

DATA = Path(__file__).parent / "data" / "utterances.jsonl"
ROWS = rows_of(DATA)
DEMO = Path(__file__).parents[2] / "demo"


def test_every_kind_and_language_is_labelled():
    assert {row["kind"] for row in ROWS} == set(KINDS)
    assert {row["language"] for row in ROWS} == {"en", "fr", "it", "de"}
    assert len({row["text"] for row in ROWS}) == len(ROWS) > 400


@pytest.mark.parametrize(("name", "least"), [("tuned", 0.97), ("held_out", 0.90)])
def test_kinds_are_told_as_they_are_labelled(name, least):
    found = measured(row for row in ROWS if row["set"] == name)
    assert found["accuracy"] >= least, found["confused"]


def test_no_question_of_ours_for_the_archive_is_declined_or_brushed_off():
    archive = [row["text"] for row in ROWS if row["kind"] in ARCHIVE]
    assert [text for text in archive if recognised(text).kind not in ARCHIVE] == []


def test_no_question_of_the_demo_house_is_taken_for_anything_else():
    texts = [row["text"] for file in sorted(DEMO.glob("*.jsonl")) for row in rows_of(file)]
    assert len(texts) > 100
    assert [text for text in texts if recognised(text).kind not in ARCHIVE] == []


@pytest.mark.parametrize("language", ["en", "fr", "it", "de"])
def test_despair_is_never_overheard(language):
    said = [
        row["text"]
        for row in ROWS
        if row["language"] == language and recognised(row["text"]).topic == "self_harm"
    ]
    assert said


def test_every_topic_speaks_four_languages():
    for topic in topics():
        assert {"en", "fr", "it", "de"} <= topic.patterns.keys(), topic.name


def test_a_very_long_message_is_read_as_far_as_it_matters():
    assert recognised("Who drew the heron? " + json.dumps("x " * 5000)).kind == "heritage"
