"""Several web servers answer at one port."""

import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from concierge.operations.embedded.process import wait_until
from concierge.operations.supervision import Child, Door, stop_all

APP = """
import os

async def app(scope, receive, send):
    assert scope["type"] == "http"
    said = f"{os.getpid()} {scope['client'][0]}".encode()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": said})
"""


@pytest.fixture
def answering(tmp_path):
    (tmp_path / "told.py").write_text(APP)
    door = Door("127.0.0.1", 0)
    command = [sys.executable, "-m", "uvicorn", "told:app", "--lifespan", "off"]
    family = [
        Child(name, command, Path(tmp_path, f"{name}.log"), tmp_path, door=door) for name in "ab"
    ]
    for child in family:
        child.start()
    try:
        yield door, family
    finally:
        stop_all(family)


def asked(door):
    """Who answers: its process, and whom it takes for asking."""
    host, port = door.listening.getsockname()
    with urlopen(f"http://{host}:{port}/", timeout=30) as response:
        pid, _, client = response.read().decode().partition(" ")
    return int(pid), client


def test_each_takes_its_share_and_when_one_ends_the_other_answers(answering):
    door, family = answering
    pids = {child.process.pid for child in family}
    seen = set()
    assert wait_until(lambda: seen.update([asked(door)[0]]) or seen == pids, 30)
    family[0].stop()
    assert asked(door) == (family[1].process.pid, "127.0.0.1")
