"""Redis gone, two of everything at once, and messages of another release: one result."""

import os
import shutil
import signal
import subprocess

import pytest
import redis
from celery import current_app

from archive.ingestion import nudge
from archive.ingestion.gather import Incoming
from archive.ingestion.run import start
from archive.ingestion.worker import started, stop
from archive.models import Document, IngestionItem
from concierge.operations import addresses
from concierge.operations.embedded.redis_server import BINARY

from .crash import forker, run_out, until, until_all_ended

FILES = 5


class Server:
    """A Redis of one test's own."""

    def __init__(self, folder):
        self.folder = folder
        self.socket = addresses.redis_socket(folder)
        self.socket.parent.mkdir(mode=0o700)
        self.process = None

    def start(self):
        where = ["--port", "0", "--unixsocket", str(self.socket), "--dir", str(self.folder)]
        self.process = subprocess.Popen([BINARY, *where, "--appendonly", "yes", "--logfile", "log"])
        until(self.answers, lambda: "Redis does not start")

    def answers(self):
        try:
            with redis.Redis(unix_socket_path=str(self.socket)) as client:
                return client.ping()
        except redis.RedisError:
            return False

    def kill(self):
        if self.process:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def forget(self):
        (self.folder / "appendonly.aof").unlink()


@pytest.fixture
def server(outside, tmp_path, monkeypatch):
    folder = tmp_path / "redis"
    folder.mkdir()
    monkeypatch.setenv("REDIS_URL", addresses.redis_url(folder))
    server = Server(folder)
    yield server
    server.kill()
    shutil.rmtree(server.socket.parent)


@pytest.fixture
def papers(tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    for number in range(FILES):
        (folder / f"{number}.md").write_text(f"# Paper {number}\n\nThe heron number {number}.")
    return sorted(folder.iterdir())


def left_in_redis():
    """Messages that wait, and those given to a worker which has not said it is done."""
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
        waiting = client.llen(nudge.QUEUE) + client.llen(current_app.conf.task_default_queue)
        return waiting + client.hlen("unacked")


@pytest.mark.parametrize("forgets", [False, True])
def test_redis_killed_in_the_middle_of_a_run_is_found_again_by_the_worker(
    server, brand, papers, forgets
):
    server.start()
    worker = started(1)
    try:
        with forker() as fork:
            for path in papers:
                assert fork("start", brand.slug, str(path)) == 0
            ended = IngestionItem.objects.filter(state__in=IngestionItem.ENDED)
            until(ended.exists, lambda: "nothing has come in")
            server.kill()
            if forgets:
                server.forget()
            server.start()
            run_out()
            assert fork("sweep") == 0
            until_all_ended()
    finally:
        stop(worker)
    assert Document.objects.count() == FILES
    assert set(IngestionItem.objects.values_list("state", flat=True)) == {"created"}


def test_without_redis_a_run_begins_all_the_same_and_the_sweep_delivers(server, brand, papers):
    with forker() as fork:
        for path in papers:
            assert fork("start", brand.slug, str(path)) == 0
        assert IngestionItem.objects.filter(state="waiting").count() == FILES
        worker = started(1)  # which waits for Redis
        try:
            server.start()
            run_out()
            assert fork("sweep") == 0
            until_all_ended()
        finally:
            stop(worker)
    assert Document.objects.count() == FILES


def test_two_sweeps_at_once_nudge_each_item_once(server, brand, papers):
    with forker() as fork:
        for path in papers:
            assert fork("start", brand.slug, str(path)) == 0
        run_out()
        server.start()
        assert fork("sweep", times=2) == [0, 0]
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
        assert client.llen(nudge.QUEUE) == FILES


def test_the_same_upload_twice_at_once_is_one_document_of_one_version(fork, brand, papers):
    assert fork("bring", brand.slug, str(papers[0]), times=2) == [0, 0]
    assert sorted(IngestionItem.objects.values_list("state", flat=True)) == ["created", "unchanged"]
    document = Document.objects.get()
    assert document.versions.count() == document.passages.count() == 1


def test_messages_of_another_release_do_no_harm_and_are_not_repeated(outside, brand, papers):
    item = start(brand, [Incoming(papers[0], "0.md")]).items.get()
    for task, args in (
        (nudge.TASK, [item.pk, "an argument of old"]),
        (nudge.TASK, [item.pk + 999]),
        (nudge.TASK, ["no number"]),
        (nudge.CLOSE, [item.run_id + 999]),
        ("archive.ingest_document", [item.pk]),
    ):
        current_app.send_task(task, args=args, kwargs={"priority": 1}, queue=nudge.QUEUE)
    worker = started(1)
    try:
        until_all_ended()
        until(lambda: not left_in_redis(), lambda: f"{left_in_redis()} messages are left")
    finally:
        stop(worker)
    item.refresh_from_db()
    assert (item.state, item.attempts) == ("created", 1)


def test_a_killed_child_leaves_no_message_that_comes_again_and_again(
    outside, brand, papers, monkeypatch
):
    monkeypatch.setenv("INGEST_KILL_AT", "embed:1")
    item = start(brand, [Incoming(papers[0], "0.md")]).items.get()
    worker = started(1)
    try:
        begun = IngestionItem.objects.filter(state="working", step="embed")
        until(begun.exists, lambda: "the item was not begun")
        until(lambda: not left_in_redis(), lambda: f"{left_in_redis()} messages are left")
        run_out()
        nudge.renudge()
        until_all_ended()
    finally:
        stop(worker)
    item.refresh_from_db()
    assert (item.state, item.attempts) == ("created", 2)
