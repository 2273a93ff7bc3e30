"""A worker killed while files come out of others."""

import pytest

from archive.ingestion.gather import Incoming
from archive.ingestion.run import start
from archive.ingestion.worker import started, stop
from archive.models import Document, IngestionItem, Passage

from . import packed
from .crash import run_out, until_all_ended

FILES = {f"{name}.md": f"# {name}\n\nIt stands in the water." for name in ("Heron", "Fern", "Loom")}


@pytest.fixture
def items(brand, tmp_path):
    """A ZIP's item, and a mail's with attachments."""

    def come(name, data):
        path = tmp_path / name
        path.write_bytes(data)
        return start(brand, [Incoming(path, name)]).items.get().pk

    attached = {name: words.encode() for name, words in FILES.items()}
    return come("a.zip", packed.archive(FILES)), come("b.eml", packed.mail("x", attached=attached))


def states():
    return dict(IngestionItem.objects.values_list("key", "state"))


def finish(fork):
    run_out()
    worker = started(2)
    try:
        assert fork("sweep") == 0
        until_all_ended()
    finally:
        stop(worker)


def test_killed_before_the_commit_nothing_has_come_out_and_the_next_attempt_does_it(fork, items):
    for item in items:
        assert fork("work", item, kill_at="unpack") == -9
    assert states() == {"a.zip": "working", "b.eml": "working"}
    finish(fork)
    assert sorted(states().values()) == ["created"] * 7 + ["unpacked"]
    assert Document.objects.count() == Passage.objects.count() == 7


def test_killed_after_the_commit_no_file_comes_out_twice(fork, items):
    zipped, mail = items
    assert fork("work", zipped, kill_at="ended") == -9
    assert fork("work", mail, kill_at="clean") == -9
    assert len(states()) == 8
    finish(fork)
    assert sorted(states().values()) == ["created"] * 7 + ["unpacked"]
    assert Document.objects.count() == Passage.objects.count() == 7
