"""Object stores and other file systems, by fsspec."""

import zipfile

import fsspec
import pytest

from archive.models import Document, Proposal
from archive.sources.kind import SourceError
from archive.sources.store import opened

from .reading import ATLAS, FERNS, HERON, read, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def bucket(settings):
    """A store in memory, of this test's own."""
    settings.STORE_PROTOCOLS = ["memory", "zip", "file"]
    files = fsspec.filesystem("memory")
    files.store.clear()
    files.pseudo_dirs.clear()
    for name, text in (("heron.md", HERON), ("more/ferns.md", FERNS), ("atlas.md", ATLAS)):
        files.pipe(f"/press/{name}", text.encode())
    files.pipe("/press/notes.xyz", b"nothing")
    yield files
    files.store.clear()


def test_every_readable_file_comes_in_by_its_path(source, bucket):
    run = read(source("store", "memory://press"))
    assert states(run) == {
        "atlas.md": "created", "heron.md": "created", "more/ferns.md": "created"
    }  # fmt: skip
    assert run.items.get(key="heron.md").address == "memory:///press/heron.md"
    assert any("1 files of other kinds" in note for note in run.notes)


def test_only_what_the_store_says_has_changed_is_fetched(source, bucket):
    press = source("store", "memory://press", arrives="draft")
    read(press)
    assert states(read(press)) == {}
    bucket.pipe("/press/heron.md", f"{HERON} In nine colours.".encode())
    assert states(read(press)) == {"heron.md": "updated"}


def test_a_file_that_is_gone_is_proposed_for_withdrawal(source, bucket):
    press = source("store", "memory://press")
    read(press)
    bucket.rm("/press/heron.md")
    read(press)
    assert Proposal.objects.get().document.key == "heron.md"


def test_a_store_that_is_gone_loses_nothing(source, bucket):
    press = source("store", "memory://press")
    read(press)
    bucket.rm("/press", recursive=True)
    run = read(press)
    assert run.notes == ["There is nothing at memory://press."]
    assert not Proposal.objects.exists()


def test_an_archive_can_be_a_store(source, bucket, tmp_path):
    with zipfile.ZipFile(tmp_path / "press.zip", "w") as packed:
        packed.writestr("heron.md", HERON)
    read(source("store", f"zip://::file://{tmp_path}/press.zip"))
    assert Document.objects.get().key == "heron.md"


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("press", "is no address of a store"),
        ("http://intranet/press", "with http:// are not read here"),
        ("simplecache::http://intranet/press", "with http:// are not read here"),
        ("simplecache::s3://bucket/press", "with simplecache:// are not read here"),
        ("file:///etc", "with file:// are not read here"),
        ("sftp://me:secret@host/press", "holds a name or password"),
    ],
)
def test_what_a_store_may_not_be_is_said(address, sentence):
    with pytest.raises(SourceError, match=sentence):
        opened(address)


def test_a_missing_package_is_named():
    with pytest.raises(SourceError, match="needs a package that is not installed"):
        opened("s3://bucket/press")
