import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def questions(tmp_path):
    """Writes rows as a file of questions; returns its path."""

    def write(*rows):
        path = tmp_path / "questions.jsonl"
        path.write_text("\n".join(json.dumps(row) for row in rows))
        return path

    return write


def asked(text, quote="", document="The Heron", **further):
    evidence = [{"document": document, "quote": quote}] if quote else []
    return {"_id": text, "kind": "single", "text": text, "evidence": evidence} | further


def report(path, brand):
    out = StringIO()
    call_command("evaluate_answers", path, brand=brand.slug, json=True, stdout=out)
    return json.loads(out.getvalue())


def test_an_answer_that_holds_the_quote_and_cites_its_document_counts(brand, archive, questions):
    measured = report(questions(asked("Who drew the Heron?", "drawn by Ottoline Vane")), brand)
    assert measured["cites_gold_document"] == 1.0
    assert measured["contains_gold_quote"] == 1.0
    assert measured["exact_citations"] == 1.0
    assert measured["words_per_answer"] > 5


def test_an_answer_from_another_document_does_not_count(brand, archive, questions):
    row = asked("Who drew the Heron?", "Never wring it", "Care of silk")
    measured = report(questions(row), brand)
    assert measured["cites_gold_document"] == 0.0
    assert measured["contains_gold_quote"] == 0.0


def test_refusing_what_cannot_be_answered_counts(brand, archive, questions):
    row = asked("What is the boiling point of mercury?", kind="unanswerable")
    measured = report(questions(row), brand)
    assert measured["refused_unanswerable"] == 1.0
    assert measured["refused_answerable"] is None
    assert measured["words_per_answer"] is None


def test_a_conversation_is_asked_with_its_history(brand, archive, questions):
    turns = [
        {"role": "user", "text": "Who drew the Heron?"},
        {"role": "assistant", "text": "Ottoline Vane."},
        {"role": "user", "text": "And in how many colours?"},
    ]
    row = asked("And in how many colours?", "nine colours", turns=turns)
    assert report(questions(row), brand)["contains_gold_quote"] == 1.0


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('{"text": "no id"}', "line 2: it has no '_id'"),
        ('{"_id": 2}', "line 2: it has no 'text'"),
        ('{"_id": 2, "text": 7}', "line 2: a text must be words"),
        ('{"_id": 2, "text": " "}', "line 2: a text must be words"),
        ("a line of prose", "line 2: "),
    ],
)
def test_a_row_that_is_no_question_is_named_by_its_line(brand, tmp_path, row, said):
    path = tmp_path / "questions.jsonl"
    path.write_text('{"_id": 1, "text": "Who?"}\n' + row + "\n")
    with pytest.raises(CommandError, match=said):
        call_command("evaluate_answers", path, brand=brand.slug)


def test_a_missing_file_is_said_to_be_missing(brand, tmp_path):
    with pytest.raises(CommandError, match="could not be read"):
        call_command("evaluate_answers", tmp_path / "nowhere.jsonl", brand=brand.slug)


def test_an_unknown_brand_is_said_to_be_unknown(db, questions):
    with pytest.raises(CommandError, match="no brand"):
        call_command("evaluate_answers", questions(asked("Who?")), brand="nobody")
