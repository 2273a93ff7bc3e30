"""The demo house goes in by the product's own doors and comes out whole."""

import csv
import json
from io import BytesIO

import pytest
from django.conf import settings

from concierge.operations import demo

ARCHIVE = demo.FOLDER / "archive"


def manifest():
    return [
        entry
        for path in sorted(ARCHIVE.glob("manifest*.json"))
        for entry in json.loads(path.read_text(encoding="utf-8"))
    ]


def test_every_document_is_described_once():
    files = {path.name for path in ARCHIVE.iterdir() if not path.name.startswith("manifest")}
    described = [entry["file"] for entry in manifest()]
    assert sorted(described) == sorted(files)


def test_every_format_is_shown():
    suffixes = {path.suffix for path in ARCHIVE.iterdir()}
    assert {".pdf", ".docx", ".html", ".md", ".txt", ".vtt", ".srt"} <= suffixes


def test_every_picture_of_the_catalogue_is_there():
    with (demo.FOLDER / "catalog" / "products.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pictures = {row[name] for row in rows for name in ("Image Src", "Variant Image") if row[name]}
    missing = [p for p in pictures if not (settings.BASE_DIR / p.lstrip("/")).exists()]
    assert pictures
    assert not missing


def test_every_question_names_documents_of_the_archive():
    rows = [
        json.loads(line)
        for path in sorted(demo.FOLDER.glob("questions*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    cited = {evidence["document"] for row in rows for evidence in row["evidence"]}
    assert len(rows) == 78
    assert all((ARCHIVE / name).exists() for name in cited)


@pytest.mark.django_db(transaction=True)
def test_removing_it_leaves_no_row_and_no_file(media, brand):
    from archive.models import Brand, Document, DocumentVersion
    from concierge.chat.models import Citation, Conversation, Message
    from concierge.clients.models import Visitor

    house = Brand.objects.create(slug=demo.SLUG, **demo.HOUSE)
    document = Document.objects.create(brand=house, key="a", title="A")
    version = DocumentVersion.objects.create(
        document=document, number=1, content_hash="0" * 64, text="A word.", file_name="a.txt"
    )
    version.file.save("a.txt", BytesIO(b"A word."))
    somebody = Visitor.objects.create(brand=house)
    conversation = Conversation.objects.create(brand=house, visitor=somebody)
    answer = Message.objects.create(conversation=conversation, number=1, role="concierge")
    Citation.objects.create(message=answer, number=1, version=version, start=0, end=1)
    assert demo.remove() > 0
    assert not Brand.objects.filter(slug=demo.SLUG).exists()
    assert Brand.objects.filter(pk=brand.pk).exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_removing_it_twice_removes_nothing(db):
    assert demo.remove() == 0
