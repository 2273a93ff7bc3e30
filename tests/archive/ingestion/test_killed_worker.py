"""A worker killed in the middle of its work."""

import os
import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from archive.ingestion.gather import Incoming
from archive.ingestion.nudge import renudge
from archive.ingestion.run import start
from archive.ingestion.worker import started
from archive.models import Document, DocumentVersion, IngestionItem, Passage

TIMEOUT = 60  # seconds until the test gives up


@pytest.fixture
def silent_embedder(monkeypatch):
    """An embedding endpoint that takes a request, sets the event and never answers."""
    asked, over = threading.Event(), threading.Event()

    class Silent(BaseHTTPRequestHandler):
        def do_POST(self):
            asked.set()
            over.wait(TIMEOUT)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Silent)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    # Not a context of its own: what the test sets on top must be undone before this is.
    monkeypatch.setenv("EMBEDDER", "openai:silent")
    monkeypatch.setenv("EMBEDDER_BASE_URL", f"http://127.0.0.1:{server.server_port}/v1")
    yield asked
    over.set()
    server.shutdown()
    server.server_close()
    thread.join()


def ended(item):
    """Wait for the row, not for the clock."""
    finished = threading.Event()
    for _ in range(TIMEOUT * 5):
        item.refresh_from_db()
        if item.state in IngestionItem.ENDED:
            return item
        finished.wait(0.2)
    raise AssertionError(f"{item} is still {item.state}")


def kill(worker):
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def test_a_worker_killed_in_mid_item_loses_nothing_and_shows_nothing(
    outside, brand, tmp_path, monkeypatch, silent_embedder
):
    path = tmp_path / "heron.md"
    path.write_text("# The Heron\n\nIt stands in the water.")
    item = start(brand, [Incoming(path, "heron.md")], publish=True).items.get()
    worker = started(1)
    reached = silent_embedder.wait(TIMEOUT)
    kill(worker)

    assert reached
    item.refresh_from_db()
    assert (item.state, item.attempts) == ("working", 1)
    for rows in (Document, DocumentVersion, Passage):
        assert not rows.objects.exists()

    IngestionItem.objects.update(lease_until=timezone.now())  # as if its lease had run out
    monkeypatch.setenv("EMBEDDER", "minilm")
    worker = started(1)
    try:
        renudge()
        assert ended(item).state == "created"
    finally:
        kill(worker)
    assert item.attempts == 2
    assert Passage.objects.get().text == "It stands in the water."
    assert Document.objects.get().status == "published"
