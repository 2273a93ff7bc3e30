"""Reading a file in a process of its own."""

import json
import subprocess
import sys

import pytest

from archive.ingestion.parse.blocks import Block, ParseError
from archive.ingestion.parse.limited import ROOT, parse

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
