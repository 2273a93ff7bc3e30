"""A worker killed while it reads a source."""

import pytest

from archive.ingestion.step import Step
from archive.ingestion.worker import started, stop
from archive.models import Document, IngestionRun, Listing, Passage, Source
from archive.sources import ask

from .crash import run_out, until_all_ended

FILES = 3


@pytest.fixture
def source(brand, tmp_path_factory):
    folder = tmp_path_factory.mktemp("press")  # a folder of the product itself is refused
    for number in range(FILES):
        (folder / f"{number}.md").write_text(f"# Paper {number}\n\nThe heron number {number}.")
    return Source.objects.create(brand=brand, name="Press", kind="folder", address=str(folder))


@pytest.mark.parametrize("step", [Step.LISTING, Step.LISTED, Step.GATHERED])
def test_a_worker_killed_while_it_reads_a_source_leaves_one_run_that_goes_on(fork, source, step):
    ask.want(source)
    assert fork("read", source.pk, kill_at=step) == -9
    run_out()
    Source.objects.update(lease_until=IngestionRun.objects.get().created)
    worker = started(1)
    try:
        assert fork("sweep") == 0
        until_all_ended()
    finally:
        stop(worker)
    assert IngestionRun.objects.get().items.count() == FILES
    assert Document.objects.count() == Passage.objects.count() == Listing.objects.count() == FILES
