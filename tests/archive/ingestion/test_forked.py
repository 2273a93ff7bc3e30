"""Parsers forked from one that is ready: each file's own process all the same."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from select import select

import pytest

from archive.ingestion.parse import forked
from archive.ingestion.parse.limited import parse, process

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="files are not forked for here")
HELD = """
import os, sys
from archive.ingestion.parse.limited import process
with process("a.txt") as child:
    print(child.pid, flush=True)
    sys.stdin.read()
"""


def test_a_server_that_was_killed_is_started_again_for_the_next_file():
    parse(b"words", "a.txt")
    server = forked.present().process
    server.kill()
    server.wait()
    assert parse(b"words", "a.txt").blocks[0].text == "words"
    assert forked.present().process.pid != server.pid


def test_a_server_killed_in_mid_file_leaves_a_file_that_was_killed_as_well():
    with process("a.txt") as child:
        forked.present().process.kill()
        assert child.wait() == -signal.SIGKILL


def test_files_read_at_the_same_time_do_not_mix():
    texts = [f"words of file {number}" for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        found = pool.map(lambda text: parse(text.encode(), "a.txt").blocks[0].text, texts)
        assert list(found) == texts


def test_a_parser_ends_with_a_worker_that_is_killed():
    worker = subprocess.Popen(
        [sys.executable, "-c", HELD],
        cwd=forked.ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    parser = int(worker.stdout.readline())
    watched = os.pidfd_open(parser)
    worker.kill()
    worker.wait()
    assert select([watched], [], [], 30)[0], "the parser goes on"
    os.close(watched)


def test_a_fork_of_the_worker_has_a_server_of_its_own():
    parse(b"words", "a.txt")
    ours = forked.present().process.pid
    child = os.fork()
    if child == 0:
        other = forked.present()
        os._exit(0 if other.process.pid != ours and parse(b"a", "a.txt") else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_child_has_no_descriptor_of_another_file():
    with process("a.txt") as first, process("b.txt") as second:
        first.stdin.write(b"words")
        second.stdin.write(b"words")
        first.stdin.close()
        assert first.stdout.read().startswith(b"{")  # would wait for ever if `second` held its end
        held = list(Path(f"/proc/{second.pid}/fd").iterdir())
    assert len(held) == 3
