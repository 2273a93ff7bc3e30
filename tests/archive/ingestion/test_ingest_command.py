"""What `ingest` says and how it ends."""

import resource
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from archive.models import Document, IngestionRun

from . import files, packed


def ingest(*paths, brand="maison", **options):
    call_command("ingest", *map(str, paths), brand=brand, **options)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "papers"
    (folder / "deep").mkdir(parents=True)
    (folder / "heron.md").write_text("# The Heron\n\nIt stands in the water.")
    (folder / "deep" / "care.txt").write_text("Care of silk\n\nWash it by hand.")
    (folder / "questions.jsonl").write_text("{}")
    return folder


def test_every_file_has_its_outcome_and_one_failure_ends_in_status_1(
    outside, brand, folder, capsys
):
    (folder / "locked.pdf").write_bytes(files.pdf(files.body("x"), password="secret"))
    with pytest.raises(SystemExit) as ended:
        ingest(folder, publish=True, kind="note")
    out = capsys.readouterr().out
    assert ended.value.code == 1
    assert "skipped      questions.jsonl: files of this kind are not read" in out
    assert "created      heron.md: 1 passage" in out
    assert "created      deep/care.txt: 1 passage" in out
    assert "failed       locked.pdf: This PDF could not be read: it is damaged or protected" in out
    assert "2 created, 0 new version, 0 unchanged, 1 failed; 2 passages;" in out
    found = Document.objects.order_by("key").values_list("key", "status", "kind")
    assert list(found) == [
        ("deep/care.txt", "published", "note"),
        ("heron.md", "published", "note"),
    ]

    (folder / "locked.pdf").unlink()
    (folder / "heron.md").write_text("# The Heron\n\nIt flies.")
    ingest(folder, publish=True, kind="note")
    out = capsys.readouterr().out
    assert "new version  heron.md: 1 passage" in out
    assert "unchanged    deep/care.txt: 1 passage" in out


def test_a_zip_is_unpacked_and_what_it_left_out_is_said(outside, brand, tmp_path, capsys):
    path = tmp_path / "papers.zip"
    path.write_bytes(packed.archive({"heron.md": "# The Heron\n\nIt flies.", "plan.dwg": "x"}))
    ingest(path)
    out = capsys.readouterr().out
    assert "unpacked     papers.zip: 1 file; 1 left out" in out
    assert "created      papers.zip/heron.md: 1 passage" in out
    assert "skipped      papers.zip/plan.dwg: files of this kind are not read" in out


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"brand": "nobody"}, "There is no brand nobody"),
        ({"audience": "vip"}, "“vip” is no audience"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(brand, media, folder, asked, sentence):
    with pytest.raises(CommandError, match=sentence):
        ingest(folder, **asked)
    assert not IngestionRun.objects.exists()


@pytest.mark.django_db
def test_a_missing_path_and_an_empty_folder_are_said(brand, media, tmp_path):
    with pytest.raises(CommandError, match="There is no file or folder"):
        ingest(tmp_path / "nowhere")
    with pytest.raises(CommandError, match="There is nothing to bring in"):
        ingest(tmp_path)


@pytest.fixture
def no_room():
    """The disk takes no file above 100 kB from this process, as a full one would not."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.django_db
def test_a_full_disk_is_said_in_whole_sentences_and_keeps_nothing(
    brand, media, settings, tmp_path, request
):
    (tmp_path / "large.txt").write_text("word " * 100_000)
    request.getfixturevalue("no_room")
    with pytest.raises(CommandError, match=r"^The files cannot be kept in .+: File too large\. No"):
        ingest(tmp_path / "large.txt")
    assert not IngestionRun.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
