"""The command line as a person meets it: one sentence, never a traceback."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from concierge.operations import addresses
from concierge.operations.embedded import status

ROOT = Path(__file__).resolve().parents[2]
COUNT = "from archive.models import Brand; print(Brand.objects.count())"


def manage(*words, **environment):
    """`manage.py` as a process of its own; a value of None leaves the variable out."""
    given = {**os.environ, **environment}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env={name: value for name, value in given.items() if value is not None},
        capture_output=True,
        text=True,
        timeout=120,
    )


def embedded(home):
    return {
        "CONCIERGE_DATA_DIR": str(home),
        "DATABASE_URL": None,
        "DATABASE_OWNER_URL": None,
        "REDIS_URL": None,
    }


@pytest.fixture
def home(tmp_path):
    """A data directory; whatever was started in it is stopped."""
    home = tmp_path / "a var"
    yield home
    manage("services", "stop", **embedded(home))
    shutil.rmtree(addresses.socket_dir(home), ignore_errors=True)


def sentence(done):
    """The one line of an honest failure."""
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("error: ")
    return line


def test_services_are_started_shown_and_stopped(home):
    before = manage("services", "status", **embedded(home))
    assert before.returncode == 3
    started = manage("services", "start", **embedded(home))
    assert started.returncode == 0
    assert started.stdout.splitlines() == [
        f"DATABASE_URL={addresses.database_url(home)}",
        f"DATABASE_OWNER_URL={addresses.owner_url(home)}",
        f"REDIS_URL={addresses.redis_url(home)}",
    ]
    assert manage("services", "status", **embedded(home)).returncode == 0
    assert manage("services", "stop", **embedded(home)).stdout == "stopped PostgreSQL and Redis\n"
    assert not any(status(home).values())


def test_a_command_starts_the_services_and_asks_for_the_tables(home):
    done = manage("shell", "-c", COUNT, **embedded(home))
    assert done.returncode == 1
    started, failed = done.stderr.splitlines()
    assert "services stop" in started
    assert failed.endswith("run `python manage.py migrate` first.")


def test_help_starts_nothing(home):
    assert manage("help", **embedded(home)).returncode == 0
    assert manage("migrate", "--help", **embedded(home)).returncode == 0
    assert not any(status(home).values())


def test_services_of_your_own_are_left_to_you(home):
    done = manage("services", "start", CONCIERGE_DATA_DIR=str(home))
    assert done.returncode == 0
    assert f"DATABASE_URL={os.environ['DATABASE_URL']}" in done.stdout
    assert not any(status(home).values())


def test_a_database_that_does_not_answer_is_a_sentence(tmp_path):
    nowhere = f"postgresql://postgres@/concierge?host={tmp_path}"
    done = manage("shell", "-c", COUNT, DATABASE_URL=nowhere)
    assert "The database does not answer" in sentence(done)


def test_a_database_without_tables_is_a_sentence():
    empty = addresses.database_url(Path(os.environ["CONCIERGE_DATA_DIR"]), "postgres")
    done = manage("shell", "-c", COUNT, DATABASE_URL=empty)
    assert "python manage.py migrate" in sentence(done)


def test_a_busy_port_is_a_sentence_that_says_how_to_choose_another(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = manage("quickstart", "--port", port, CONCIERGE_DATA_DIR=str(tmp_path))
    assert f"Port {port} is taken" in sentence(done)
    assert "make run PORT=" in done.stderr


@pytest.mark.parametrize("port", ["99999", "0", "-1"])
def test_a_port_that_does_not_exist_is_a_sentence(port, tmp_path):
    done = manage("quickstart", "--port", port, CONCIERGE_DATA_DIR=str(tmp_path))
    assert f"Port {port} does not exist" in sentence(done)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_data_directory_that_cannot_be_written_is_a_sentence(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    done = manage("services", "start", **embedded(closed / "var"))
    assert "closed to this user" in sentence(done)


def test_a_data_directory_that_is_a_file_is_a_sentence(tmp_path):
    file = tmp_path / "var"
    file.touch()
    done = manage("services", "start", **embedded(file))
    assert str(file) in sentence(done)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a place that takes no files")
@pytest.mark.parametrize(
    ("command", "secret"),
    [("quickstart", None), ("migrate", None), ("check", None), ("migrate", "kept elsewhere")],
)
def test_a_data_directory_that_cannot_be_made_is_a_sentence(command, secret):
    home = Path("/proc/concierge/var")
    done = manage(command, **embedded(home), SECRET_KEY=secret)
    assert f"{home} cannot be made" in sentence(done)


def test_a_secret_that_a_full_disk_left_empty_is_made_anew(tmp_path):
    secret = tmp_path / "secret_key"
    secret.touch()
    done = manage("check", **embedded(tmp_path), SECRET_KEY=None)
    assert done.returncode == 0, done.stderr
    assert len(secret.read_text()) > 50
