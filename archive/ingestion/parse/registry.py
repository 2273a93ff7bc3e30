"""Which parser reads a file: its content decides, its name only helps."""

import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from io import BytesIO
from pathlib import PurePath

from archive.ingestion.parse.blocks import MOST, Parsed, ParseError, too_long
from archive.ingestion.parse.encoding import decoded
from archive.ingestion.parse.segments import JPEG, PNG, TIFF, WEBP, kind_of

OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = "application/pdf"
DOCX = f"{OFFICE}wordprocessingml.document"
PPTX = f"{OFFICE}presentationml.presentation"
XLSX = f"{OFFICE}spreadsheetml.sheet"
EPUB = "application/epub+zip"
ZIP = "application/zip"
EML = "message/rfc822"
HTML = "text/html"
MARKDOWN = "text/markdown"
TEXT = "text/plain"
CSV = "text/csv"
TSV = "text/tab-separated-values"
VTT = "text/vtt"
SRT = "application/x-subrip"

# Each module has `parse(data: bytes, stem: str) -> Parsed`, and is imported when it is needed.
PARSERS = {
    PDF: "pdf",
    DOCX: "docx",
    PPTX: "pptx",
    XLSX: "sheet",
    EPUB: "epub",
    EML: "mail",
    HTML: "html",
    MARKDOWN: "markdown",
    TEXT: "text",
    CSV: "delimited",
    TSV: "delimited",
    VTT: "transcript",
    SRT: "transcript",
    **dict.fromkeys((JPEG, PNG, TIFF, WEBP), "image"),
}
SUFFIXES = {
    ".pdf": PDF,
    ".docx": DOCX,
    ".docm": DOCX,
    ".pptx": PPTX,
    ".pptm": PPTX,
    ".xlsx": XLSX,
    ".xlsm": XLSX,
    ".csv": CSV,
    ".tsv": TSV,
    ".epub": EPUB,
    ".eml": EML,
    ".zip": ZIP,
    ".jpg": JPEG,
    ".jpeg": JPEG,
    ".png": PNG,
    ".tif": TIFF,
    ".tiff": TIFF,
    ".webp": WEBP,
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
# Other names of the same kinds, which no list need name.
LESS_KNOWN = {".xhtml", ".text", ".docm", ".pptm", ".xlsm", ".jpeg", ".tif"}
# Files that hold others, each of which becomes an item of its own.
HOLDERS = (ZIP, EML)
TYPES = "[Content_Types].xml"
# What an office file's main part is called.
MAIN_PARTS = {
    "word/document.xml": DOCX,
    "ppt/presentation.xml": PPTX,
    "xl/workbook.xml": XLSX,
}
# Read as what they are named, unless the content says otherwise.
NAMED = (MARKDOWN, TEXT, HTML, CSV, TSV, EML)
CUE = re.compile(r"\s*\d+[ \t\r]*\n\s*\d+:\d\d:\d\d[,.]\d+\s*-->")
PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.I)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLD_KINDS = {".xls": "Excel", ".xlsx": "Excel", ".ppt": "PowerPoint", ".pptx": "PowerPoint"}
NEW_SUFFIX = {"Word": ".docx", "Excel": ".xlsx", "PowerPoint": ".pptx"}
HEADER = re.compile(r"[A-Za-z][A-Za-z-]*:[ \t]")
MAIL = re.compile(r"^(?:message-id|mime-version|received|return-path):", re.I | re.M)


def is_supported(name: str) -> bool:
    """Whether files named like this are taken when a folder is read."""
    return PurePath(name).suffix.lower() in SUFFIXES


def kinds() -> str:
    return ", ".join(suffix for suffix in SUFFIXES if suffix not in LESS_KNOWN)


def media_type(data: bytes, name: str) -> str:
    """The media type of `data`. Raises ParseError for what is not read."""
    if not data.strip():
        raise ParseError("This file is empty.")
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(OLD_OFFICE):
        raise ParseError(old_office(name))
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return zipped(data, name)
    return kind_of(data[:12]) or written(data, name)


def written(data: bytes, name: str) -> str:
    """The kind of a file that is all characters."""
    suffix = PurePath(name).suffix
    named = SUFFIXES.get(suffix.lower())
    if named is None:
        raise ParseError(f"Files of this kind are not read; these are: {kinds()}.")
    head = decoded(data[: 1 << 16].rsplit(b"\n", 1)[0] or data)
    if head.startswith("WEBVTT"):
        return VTT
    if CUE.match(head):
        return SRT
    if PAGE.match(head):
        return HTML
    if HEADER.match(head) and MAIL.search(re.split(r"\r?\n\r?\n", head)[0]):
        return EML
    if named in NAMED:
        return named
    raise ParseError(f"This file is named {suffix} but its content is not of that kind.")


def old_office(name: str) -> str:
    suffix = PurePath(name).suffix.lower()
    if suffix == ".msg":
        return "This is a message in Outlook's own form: save it as .eml."
    kind = OLD_KINDS.get(suffix, "Word")
    return (
        f"This is an old or protected {kind} file: save it as {NEW_SUFFIX[kind]}, without password."
    )


def zipped(data: bytes, name: str) -> str:
    """What is packed in a ZIP: a file of an office, a book, or any files at all."""
    try:
        package = zipfile.ZipFile(BytesIO(data))
        names = package.namelist()
        stated = package.read("mimetype").strip() if "mimetype" in names[:1] else b""
        types = package.read(TYPES) if TYPES in names else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, zlib.error):
        raise ParseError(f"This {spoken(name)} file could not be read: it is damaged.") from None
    if stated == EPUB.encode() or "META-INF/container.xml" in names:
        return EPUB
    for part, kind in MAIN_PARTS.items():
        if part in names or f'{kind}.main+xml"'.encode() in types:
            return kind
    if stated or types or "META-INF/MANIFEST.MF" in names:
        raise ParseError(f"Files of this kind are not read; these are: {kinds()}.")
    return ZIP


def spoken(name: str) -> str:
    """The kind of a packed file, by its name."""
    suffix = PurePath(name).suffix.lower()
    named = {".docx": "Word", ".pptx": "PowerPoint", ".xlsx": "Excel", ".epub": "EPUB"}
    return named.get(suffix, "ZIP")


def read(data: bytes, name: str) -> Parsed:
    """What the parser for the content of `data` makes of it. Raises ParseError."""
    kind = media_type(data, name)
    if kind == ZIP:  # holds documents, is none
        return Parsed([], PurePath(name).stem, media_type=ZIP)
    module = import_module(f"archive.ingestion.parse.{PARSERS[kind]}")
    parser: Callable[[bytes, str], Parsed] = module.parse
    parsed = parser(data, PurePath(name).stem)
    if sum(len(block.text) for block in parsed.blocks) > MOST:
        raise too_long()
    wordless = not any(character.isalnum() for block in parsed.blocks for character in block.text)
    if wordless and not parsed.unread_pages:
        raise ParseError("This file holds no text.")
    return replace(parsed, media_type=kind)
