"""Reading a file in a process of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from archive.ingestion.parse.blocks import Block, ParseError
from archive.ingestion.parse.limited import ROOT, ParserCrashedError, parse, process

from . import files


def test_what_the_process_reads_comes_back_whole():
    parsed = parse("# Héron\n\nUn échassier.".encode(), "héron.md")
    assert parsed.title == "Héron"
    assert parsed.blocks == [Block("Héron", 1), Block("Un échassier.")]
    assert parsed.media_type == "text/markdown"


def test_a_sentence_comes_back_for_what_cannot_be_read():
    with pytest.raises(ParseError, match="protected by a password"):
        parse(files.pdf(files.body("x"), password="secret"), "a.pdf")


def test_a_word_file_that_unpacks_to_more_than_it_may_is_refused():
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (300 << 20))
    with pytest.raises(ParseError, match="too large when unpacked"):
        parse(out.getvalue(), "bomb.docx")


def test_memory_has_an_end_in_the_process_alone():
    nested = b"%PDF-1.4\n" + b"[" * (1 << 20)
    with pytest.raises(ParseError):
        parse(nested, "bomb.pdf")
    with pytest.raises(ParseError):
        parse(b"<p>" + b"&#x1F426;" * (60 << 20), "bomb.html")


def test_the_process_imports_no_framework():
    code = (
        "import sys, json; from archive.ingestion.parse import registry, limited;"
        "print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    loaded = json.loads(done.stdout)
    assert not {"django", "lxml", "docx", "pypdfium2", "numpy"} & set(loaded)


def test_a_process_that_does_not_end_is_ended_and_may_be_tried_again():
    with pytest.raises(ParserCrashedError, match="did not end in time"):
        parse(b"words", "a.txt", seconds=1e-6)


def confined(code: str) -> str:
    """What `code` says in a process that is confined as a parser is."""
    begin = "from archive.ingestion.parse.__main__ import confine; confine()\n"
    done = subprocess.run(
        [sys.executable, "-c", begin + code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout or done.stderr.strip().rpartition("\n")[2]


def test_the_process_writes_no_file(tmp_path):
    said = confined(f"open({str(tmp_path / 'a')!r}, 'w', buffering=1).write('words\\n')")
    assert "OSError: [Errno 27]" in said
    assert (tmp_path / "a").read_bytes() == b""


def test_the_process_reaches_no_network():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        said = confined(f"import socket; socket.create_connection(('127.0.0.1', {port}))")
        assert "a parser has no network" in said
        listening.setblocking(False)
        with pytest.raises(BlockingIOError):
            listening.accept()


def test_the_process_has_five_hundred_megabytes():
    assert confined("len(bytes(400 << 20)); print('had')").strip() == "had"
    assert "MemoryError" in confined("bytes(520 << 20)")


def test_the_process_knows_no_secret(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "a secret")
    with process("a.txt") as child:
        environment = Path(f"/proc/{child.pid}/environ").read_bytes()
    assert b"secret" not in environment
    assert set(environment.split(b"\0")) == {b"PATH=/bin:/usr/bin", b"LC_ALL=C.UTF-8", b""}


def test_nothing_of_the_process_is_left_running():
    with process("a.txt") as child:
        assert child.poll() is None
    assert child.returncode == -signal.SIGKILL
    with pytest.raises(ProcessLookupError):
        os.killpg(child.pid, 0)
