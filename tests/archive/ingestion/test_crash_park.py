"""An item that ends its worker again and again is parked, and tried anew at a person's asking."""

import os
import signal
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from archive.ingestion.again import try_again
from archive.ingestion.gather import Incoming
from archive.ingestion.journey import work
from archive.ingestion.nudge import renudge
from archive.ingestion.parse import forked
from archive.ingestion.run import start
from archive.models import Document, IngestionItem, Notice

from .crash import run_out


@pytest.fixture
def item(media, brand, tmp_path):
    path = tmp_path / "heron.md"
    path.write_text("# The Heron\n\nIt stands in the water.")
    return start(brand, [Incoming(path, "heron.md")]).items.get()


@pytest.fixture
def parked(item):
    """As three killed workers have left it, and the sweep found it."""
    IngestionItem.objects.update(state="working", attempts=3, step="parse")
    IngestionItem.objects.update(lease_until=item.run.created)
    renudge()
    item.refresh_from_db()
    return item


def test_a_worker_killed_three_times_at_an_item_parks_it_with_one_notice(fork, brand, tmp_path):
    path = tmp_path / "heron.md"
    path.write_text("# The Heron\n\nIt stands in the water.")
    item = start(brand, [Incoming(path, "heron.md")]).items.get()
    for _ in range(3):
        assert fork("work", item.pk, kill_at="parse") == -9
        run_out()
        assert fork("sweep") == 0
    assert fork("work", item.pk) == 0  # a late nudge changes nothing
    item.refresh_from_db()
    assert (item.state, item.step, item.attempts) == ("failed", "parse", 3)
    assert item.reason.startswith("Parked after three attempts.")
    assert Notice.objects.get(settled=None).text.startswith("“heron.md” could not be brought in.")
    assert not Document.objects.exists()


@pytest.fixture
def no_parser_lives():
    """Every parser of this process is killed as soon as it is seen."""
    server = forked.present().process.pid
    children, over = Path(f"/proc/{server}/task/{server}/children"), threading.Event()

    def kill():
        while not over.is_set():
            for child in children.read_text().split():
                with suppress(ProcessLookupError):
                    os.kill(int(child), signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    yield
    over.set()
    thread.join()


@pytest.mark.django_db
def test_a_file_that_crashes_its_parser_is_tried_three_times_then_parked(
    media, brand, tmp_path, no_parser_lives
):
    path = tmp_path / "long.md"
    path.write_text("It stands in the water.\n\n" * 20_000)
    item = start(brand, [Incoming(path, "long.md")]).items.get()
    seen = []
    for _ in range(3):
        work(item.pk)
        item.refresh_from_db()
        seen.append((item.state, item.attempts))
    assert seen == [("waiting", 1), ("waiting", 2), ("failed", 3)]
    assert "damaged or made to do harm" in item.reason
    assert Notice.objects.get(settled=None).item == item


@pytest.mark.django_db
def test_what_is_tried_again_keeps_its_reason_until_it_ends(parked):
    reason = parked.reason
    assert try_again(parked.run.items.all()) == 1
    parked.refresh_from_db()
    assert (parked.state, parked.attempts, parked.reason) == ("waiting", 0, reason)
    parked.run.refresh_from_db()
    assert parked.run.finished is None
    assert not Notice.objects.filter(settled=None).exists()


def test_the_command_tries_again_what_failed_of_a_run(outside, brand, tmp_path, capsys):
    path = tmp_path / "heron.md"
    path.write_text("# The Heron\n\nIt stands in the water.")
    run = start(brand, [Incoming(path, "heron.md")])
    IngestionItem.objects.update(state="failed", attempts=3, reason="Parked after three attempts.")
    call_command("ingest", retry=run.pk)
    assert "created      heron.md: 1 passage" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_command_says_when_there_is_nothing_to_try_again(item):
    with pytest.raises(CommandError, match=f"Nothing of run {item.run_id} has failed"):
        call_command("ingest", retry=item.run_id)
    with pytest.raises(CommandError, match="There is no ingestion run 999999"):
        call_command("ingest", retry=999999)
    with pytest.raises(CommandError, match="Say what is to come in"):
        call_command("ingest")
