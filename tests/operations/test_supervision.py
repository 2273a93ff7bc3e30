import os
import signal
import subprocess
import sys

import pytest

from concierge.operations.embedded import ServiceError
from concierge.operations.embedded.process import alive, wait_until
from concierge.operations.supervision import (
    LOG_SIZE,
    RESTARTS,
    Child,
    end_left_over,
    python,
    stop_all,
)

FOR_EVER = "import time; time.sleep(600)"


@pytest.fixture
def child(tmp_path):
    made = []

    def make(code):
        child = Child("clerk", [sys.executable, "-c", code], tmp_path / "clerk.log", tmp_path)
        made.append(child)
        child.start()
        return child

    yield make
    for child in made:
        child.signal(signal.SIGKILL)


def test_a_child_that_runs_is_left_alone(child):
    clerk, said = child(FOR_EVER), []
    before = clerk.process.pid
    clerk.mend(said.append)
    assert (clerk.process.pid, said) == (before, [])


def test_a_killed_child_is_started_again_and_said_so(child):
    clerk, said = child(FOR_EVER), []
    clerk.signal(signal.SIGKILL)
    assert wait_until(lambda: clerk.ended, 10)
    clerk.mend(said.append)
    assert said == ["The clerk ended (-9) and was started again."]
    assert alive(clerk.process.pid)


def test_a_child_that_keeps_ending_is_given_up_with_its_log_named(child):
    clerk = child("raise SystemExit(3)")
    for _ in range(RESTARTS):
        assert wait_until(lambda: clerk.ended, 10)
        clerk.mend(lambda _: None)
    assert wait_until(lambda: clerk.ended, 10)
    with pytest.raises(ServiceError, match=r"clerk keeps ending: see .*clerk\.log"):
        clerk.mend(lambda _: None)


def test_what_a_child_says_is_kept_in_its_log(child):
    clerk = child("print('good morning')")
    assert wait_until(lambda: clerk.ended, 10)
    assert clerk.log.read_text() == "good morning\n"


def test_a_long_log_is_put_aside(child, tmp_path):
    (tmp_path / "clerk.log").write_bytes(b"x" * (LOG_SIZE + 1))
    clerk = child("pass")
    assert wait_until(lambda: clerk.ended, 10)
    assert (tmp_path / "clerk.log.1").stat().st_size == LOG_SIZE + 1
    assert clerk.log.read_text() == ""


def test_stopping_ends_children_and_their_children(child):
    clerk = child(
        "import subprocess, sys;"
        f"p = subprocess.Popen([sys.executable, '-c', {FOR_EVER!r}]);"
        "print(p.pid, flush=True); p.wait()"
    )
    assert wait_until(lambda: clerk.log.read_text().endswith("\n"), 10)
    grandchild = int(clerk.log.read_text())
    stop_all([clerk])
    assert clerk.ended
    assert wait_until(lambda: not alive(grandchild), 10)


def test_the_children_of_a_killed_run_are_ended(tmp_path):
    left = subprocess.Popen(python(tmp_path, "-c", FOR_EVER))
    other = subprocess.Popen(python(tmp_path / "another", "-c", FOR_EVER))
    try:
        assert end_left_over(tmp_path) == 1
        assert left.wait(10) == -signal.SIGTERM
        assert other.poll() is None
        assert end_left_over(tmp_path) == 0
    finally:
        for process in (left, other):
            process.kill()
            process.wait()
    assert alive(os.getpid())
