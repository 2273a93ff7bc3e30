"""Characters that answer, and characters that are returned beside them."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from archive.models import Brand, IngestionRun
from concierge.evaluation.spans import Placed, Question, shares

GOLD = "was first printed on **20 September 1934**"
TEXT = f"# The Heron\n\nThe Heron {GOLD}, in nine colours.\n\nThe shop in Tokyo opened in 1988.\n"


def asked(text=GOLD, document="heron.md"):
    start = TEXT.index(GOLD)
    span = {"start": start, "end": start + len(GOLD), "text": text}
    return {"_id": "s1", "text": "When was it printed?", "document": document, "spans": [span]}


@pytest.fixture
def folder(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "heron.md").write_text(TEXT)
    (tmp_path / "questions.jsonl").write_text(json.dumps(asked()))
    return tmp_path


def evaluated(folder):
    output = StringIO()
    call_command("evaluate_spans", str(folder), "--json", stdout=output)
    return json.loads(output.getvalue())


def test_gold_characters_are_counted_in_the_files_own_text(folder, db):
    told = evaluated(folder)
    assert told["questions"] == 1
    assert told["passages"]["recall"] == 1.0
    held = TEXT[TEXT.index("The Heron was") : TEXT.index("1988.") + len("1988.")]
    assert told["passages"]["characters"] == len(held)
    assert told["passages"]["precision"] == round(len(GOLD) / len(held), 4)


def test_the_focus_returns_no_more_than_the_passages(folder, db):
    told = evaluated(folder)
    assert 0 < told["focus"]["characters"] <= told["passages"]["characters"]


def test_documents_are_brought_in_once(folder, db):
    assert evaluated(folder)["brand"] == evaluated(folder)["brand"]
    assert IngestionRun.objects.filter(brand__slug__startswith="eval-").count() == 1
    assert not Brand.objects.get(slug__startswith="eval-").public


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (asked(text="something else"), "a span is not as it is quoted"),
        (asked(document="nowhere.md"), "nowhere.md"),
        (asked() | {"spans": []}, "no question with spans"),
    ],
)
def test_a_row_that_cannot_be_measured_is_one_sentence(folder, db, row, said):
    (folder / "questions.jsonl").write_text(json.dumps(row))
    with pytest.raises(CommandError, match=said):
        evaluated(folder)


def test_a_folder_without_documents_is_one_sentence(tmp_path, db):
    with pytest.raises(CommandError, match="no folder documents"):
        evaluated(tmp_path)


def test_a_stretch_is_found_again_where_marks_and_white_space_were_left_out():
    original = "One  *two* three.\n\n<b>Four</b> five."
    placed = Placed("One two three.\n\nFour five.", original)
    first, last = placed.span(4, 20)
    assert original[first:last] == "two* three.\n\n<b>Four"
    assert placed.span(3, 3) == (0, 0)


def test_a_character_returned_twice_counts_once():
    question = Question("s1", "?", (("a", 10, 20),))
    assert shares([question], [[("a", 0, 15), ("a", 10, 15), ("b", 10, 15)]]) == {
        "recall": 0.5,
        "precision": 0.25,
        "characters": 20.0,
    }
