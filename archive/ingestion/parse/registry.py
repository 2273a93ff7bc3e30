"""Which parser reads a file: its content decides, its name only helps."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from io import BytesIO
from pathlib import PurePath

from archive.ingestion.parse.blocks import Parsed, ParseError
from archive.ingestion.parse.encoding import decoded

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html"
MARKDOWN = "text/markdown"
TEXT = "text/plain"
VTT = "text/vtt"
SRT = "application/x-subrip"

# Each module has `parse(data: bytes, stem: str) -> Parsed`, and is imported when it is needed.
PARSERS = {
    PDF: "pdf",
    DOCX: "docx",
    HTML: "html",
    MARKDOWN: "markdown",
    TEXT: "text",
    VTT: "transcript",
    SRT: "transcript",
}
SUFFIXES = {
    ".pdf": PDF,
    ".docx": DOCX,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".txt": TEXT,
    ".text": TEXT,
    ".vtt": VTT,
    ".srt": SRT,
}
# Read as what they are named, unless the content says otherwise.
NAMED = (MARKDOWN, TEXT, HTML)
CUE = re.compile(r"\s*\d+\s*\n\s*\d+:\d\d:\d\d[,.]\d+\s*-->")
PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.I)
MOST = 5_000_000  # characters of a document, some 1,500 pages: minutes of one worker
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_supported(name: str) -> bool:
    """Whether files named like this are taken when a folder is read."""
    return PurePath(name).suffix.lower() in SUFFIXES


def kinds() -> str:
    return ", ".join(suffix for suffix in SUFFIXES if suffix not in {".xhtml", ".text"})


def media_type(data: bytes, name: str) -> str:
    """The media type of `data`. Raises ParseError for what no parser reads."""
    if not data.strip():
        raise ParseError("This file is empty.")
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(OLD_WORD):
        raise ParseError(
            "This is an old or protected Word file: save it as .docx, without password."
        )
    if data.startswith(b"PK\x03\x04"):
        return zipped(data)
    named = SUFFIXES.get(PurePath(name).suffix.lower())
    if named is None:
        raise ParseError(f"Files of this kind are not read; these are: {kinds()}.")
    head = decoded(data[: 1 << 16].rsplit(b"\n", 1)[0] or data)
    if head.startswith("WEBVTT"):
        return VTT
    if CUE.match(head):
        return SRT
    if PAGE.match(head):
        return HTML
    if named in NAMED:
        return named
    raise ParseError(
        f"This file is named {PurePath(name).suffix} but its content is not of that kind."
    )


def zipped(data: bytes) -> str:
    try:
        names = zipfile.ZipFile(BytesIO(data)).namelist()
    except zipfile.BadZipFile:
        raise ParseError("This Word file could not be read: it is damaged.") from None
    if "word/document.xml" not in names:
        raise ParseError(f"Files of this kind are not read; these are: {kinds()}.")
    return DOCX


def read(data: bytes, name: str) -> Parsed:
    """What the parser for the content of `data` makes of it. Raises ParseError."""
    kind = media_type(data, name)
    module = import_module(f"archive.ingestion.parse.{PARSERS[kind]}")
    parser: Callable[[bytes, str], Parsed] = module.parse
    parsed = parser(data, PurePath(name).stem)
    if sum(len(block.text) for block in parsed.blocks) > MOST:
        raise ParseError(
            f"This file holds more than {MOST // 1_000_000} million characters of text: "
            "bring it in in parts."
        )
    if not any(character.isalnum() for block in parsed.blocks for character in block.text):
        raise ParseError("This file holds no text.")
    return replace(parsed, media_type=kind)
