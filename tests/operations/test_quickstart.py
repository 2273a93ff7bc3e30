"""`make run` as a person meets it, without the demo house's minute of reading."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.error import URLError
from urllib.request import urlopen

import psycopg
import pytest

from concierge.operations import addresses, quickstart
from concierge.operations.embedded import ServiceError, postgres, process, redis_server, stop

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180  # seconds


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Run:
    """One quickstart in a data directory of its own."""

    def __init__(self, home):
        self.home, self.port = home, free_port()
        home.mkdir(parents=True, exist_ok=True)
        (home / "demo-loaded").touch()
        self.output = home / "output.txt"
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                self.command(), cwd=ROOT, env=self.environment(), stdout=output, stderr=output
            )

    def command(self):
        return [sys.executable, "manage.py", "quickstart", "--port", str(self.port)]

    def environment(self):
        left_out = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")
        kept = {name: value for name, value in os.environ.items() if name not in left_out}
        return {**kept, "CONCIERGE_DATA_DIR": str(self.home)}

    def said(self, words):
        return words in self.output.read_text()

    def waits_for(self, words):
        heard = process.wait_until(
            lambda: self.said(words) or self.process.poll() is not None, PATIENCE
        )
        assert heard, self.output.read_text()
        assert self.said(words), self.output.read_text()

    def ready(self):
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=10) as response:
                return json.load(response)["ok"]
        except (URLError, OSError):
            return False

    def children(self):
        return process.running("python", f"-X {addresses.socket_dir(self.home).name}")

    def clear(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)
        process.end(self.children(), signal.SIGKILL, 10)
        stop(self.home)
        shutil.rmtree(addresses.socket_dir(self.home), ignore_errors=True)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    run = Run(tmp_path_factory.mktemp("a clone") / "a var")
    try:
        run.waits_for("Ctrl-C stops everything.")
        yield run
    finally:
        run.clear()


def test_it_is_ready_when_it_says_so(run):
    assert run.ready()
    assert run.said(f"http://127.0.0.1:{run.port}/")


def test_its_password_opens_the_administration(run, monkeypatch):
    password = re.search(r"password ([0-9a-f-]+)", run.output.read_text()).group(1)
    check = (
        "from django.contrib.auth.models import User; who = User.objects.get(username='admin');"
        f"print(who.is_superuser and who.check_password('{password}'))"
    )
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", check],
        cwd=ROOT,
        env=run.environment(),
        capture_output=True,
        text=True,
    )
    assert done.stdout == "True\n"


def test_a_second_one_in_the_same_directory_is_refused_in_a_sentence(run):
    done = subprocess.run(
        run.command(), cwd=ROOT, env=run.environment(), capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.startswith("error: Concierge already runs from this directory")
    assert done.stderr.count("\n") == 1


def test_a_killed_web_server_comes_back(run):
    (web,) = process.running(
        "python", f"uvicorn concierge.asgi:application --host 127.0.0.1 --port {run.port}"
    )
    os.kill(web, signal.SIGKILL)
    run.waits_for("The web server ended (-9) and was started again.")
    assert process.wait_until(run.ready, PATIENCE)


def test_killed_services_come_back_with_their_rows(run):
    with psycopg.connect(addresses.owner_url(run.home)) as connection:
        connection.execute("CREATE TABLE kept ()")
    process.end(postgres.processes(run.home), signal.SIGKILL, 10)
    process.end(redis_server.processes(run.home), signal.SIGKILL, 10)
    run.waits_for("Redis ended and was started again.")
    assert run.said("PostgreSQL ended and was started again.")
    with psycopg.connect(addresses.owner_url(run.home)) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_an_interrupt_ends_everything_and_a_killed_run_is_cleared_by_the_next(tmp_path):
    killed = Run(tmp_path / "var")
    try:
        killed.waits_for("Ctrl-C stops everything.")
        killed.process.kill()
        killed.process.wait()
        assert killed.children()
        run = Run(tmp_path / "var")
        run.waits_for("password forgotten")
        run.process.send_signal(signal.SIGINT)
        assert run.process.wait(PATIENCE) == 0
        assert run.children() == []
        assert postgres.processes(run.home) + redis_server.processes(run.home) == []
        assert "Traceback" not in run.output.read_text()
    finally:
        killed.clear()


@contextmanager
def a_server_that_lacks(*reasons):
    """Its port; each look at /readyz takes one reason, and without one left it is ready."""
    left = list(reasons)

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            why = left.pop(0) if left else None
            self.send_response(503 if why else 200)
            self.end_headers()
            self.wfile.write(json.dumps({"ok": not why, "model": {"why": why}}).encode())

        def log_message(self, *words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_waiting_tells_what_is_missing_once_for_each_reason():
    told = []
    with a_server_that_lacks("The model is far.", "The model is far.", "It is odd.") as port:
        quickstart.wait_until_ready(port, [], told.append, silent=0)
    assert told == ["Waiting: The model is far.", "Waiting: It is odd."]


def test_a_short_wait_needs_no_explanation():
    told = []
    with a_server_that_lacks("The model is far.") as port:
        quickstart.wait_until_ready(port, [], told.append)
    assert told == []


def test_waiting_ends_with_what_is_missing():
    with (
        a_server_that_lacks("It is far.") as port,
        pytest.raises(ServiceError, match=r"^Concierge did not become ready: It is far\.$"),
    ):
        quickstart.wait_until_ready(port, [], print, ready=0)
