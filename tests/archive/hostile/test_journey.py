"""Hostile files on the whole way in, each beside an innocent one."""

import os
from pathlib import Path

import pytest

from archive.ingestion.gather import Incoming, gather
from archive.ingestion.journey import work
from archive.ingestion.run import start
from archive.models import Document, IngestionItem, Notice

from . import shelf
from .sentences import is_understood

pytestmark = pytest.mark.django_db

FILES = {each.name: each for each in shelf.files()}
STATES = {"created", "updated", "unchanged", "unpacked", "failed"}
WHOLE_WAY = [
    "stream-bomb.pdf", "million-operators.pdf", "many-pages.pdf", "calls-home.pdf",
    "zip-and-page-too.pdf", "huge-image.pdf", "word-bomb.docx", "word-entities.docx",
    "word-with-macros.docm", "sheet-as-large-as-they-come.xlsx", "sheet-of-formulas.xlsx",
    "slides-entities.pptx", "book-entities.epub", "bomb.zip", "bomb-in-bombs.zip",
    "holds-itself.zip", "overlapping.zip", "too-many-members.zip",
    "leads-elsewhere.zip", "odd-names.zip", "same-name-twice.zip", "links.zip", "protected.zip",
    "damaged.zip", "unknown-packing.zip", "empty.zip", "deep.html", "calls-home.html",
    "quotes.md", "fifty-thousand-wide.png", "caption-entities.jpg", "caption-laughs.jpg",
    "attachment-elsewhere.eml", "parameters.eml", "utf-16-le.csv", "cp1252.csv", "formulas.csv",
    "cell-of-ten-megabytes.csv", "from-right-to-left.txt", "tags-and-signs.txt",
    "half-characters.txt", "picture-named-text.md", "front-matter-that-is-wrong.md",
]  # fmt: skip


@pytest.fixture
def bring(brand, media, tmp_path):
    """Bring files in beside a neighbour, every attempt of every item; gives the run."""

    def bring(*files):
        neighbour = tmp_path / "neighbour.md"
        neighbour.write_text(f"# A neighbour\n\n{shelf.OWN}")
        run = start(brand, [*files, Incoming(neighbour, neighbour.name)])
        while waiting := list(run.items.filter(state="waiting")):
            for item in waiting:
                work(item.pk)
        return run

    return bring


def all_files(folder: Path) -> set[Path]:
    return {Path(place, name) for place, _, names in os.walk(folder) for name in names}


@pytest.mark.parametrize("name", WHOLE_WAY)
def test_ends_in_a_named_state_and_leaves_its_neighbour_alone(
    name, bring, media, tmp_path, listener
):
    path = tmp_path / name
    path.write_bytes(FILES[name].make(f"http://127.0.0.1:{listener.port}"))
    escaped = set(Path("/tmp").glob("*escaped*"))
    run = bring(Incoming(path, name))
    assert run.items.get(key="neighbour.md").state == "created"
    for item in run.items.all():
        assert item.state in STATES
        assert item.state != "failed" or is_understood(item.reason), item.reason
    run.refresh_from_db()
    assert run.finished
    assert not listener.visitors()
    assert all_files(tmp_path) - all_files(media / "archive") == {path, tmp_path / "neighbour.md"}
    assert set(Path("/tmp").glob("*escaped*")) == escaped


def test_a_file_that_ends_its_parser_is_tried_three_times_and_told_of(bring, tmp_path):
    path = tmp_path / "forms-of-forms.pdf"
    path.write_bytes(FILES[path.name].make(""))
    item = bring(Incoming(path, path.name)).items.get(key=path.name)
    assert (item.state, item.attempts) == ("failed", 3)
    assert is_understood(item.reason)
    assert path.name in Notice.objects.get(settled=None).text


def test_a_cell_that_looks_like_a_formula_stays_text(bring, tmp_path):
    path = tmp_path / "formulas.csv"
    path.write_bytes(FILES[path.name].make("http://127.0.0.1:9"))
    bring(Incoming(path, path.name))
    assert "+cmd|' /C calc'!A0" in Document.objects.get(key=path.name).current.text


ODD_NAMES = [
    "a" * 200 + ".md",
    "gpj.\u202eexe.md",
    "line\nend.md",
    "bell\x07.md",
    "<script>.md",
    "'; DROP TABLE archive_document; --.md",
    "%2e%2e%2fescaped.md",
    "{{ 7 }}.md",
    "CON.md",
    "-rf.md",
    "caf\udce9.md",
    "e\u0301te\u0301.md",
    "\u200b.md",
    "a.md.exe.md",
]


@pytest.mark.parametrize("name", ODD_NAMES, ids=ascii)
def test_an_odd_name_is_no_more_than_a_name(name, bring, tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / name).write_text(shelf.OWN)
    found = gather([folder])
    run = bring(*found.files)
    assert run.items.get(key="neighbour.md").state == "created"
    for document in Document.objects.all():
        assert not any(each in document.title for each in "\u202e\x07\n\x00")
    assert IngestionItem.objects.filter(state="created").count() == 2 or found.skipped
