"""Bytes into characters, whatever wrote them."""

import codecs
import re
from contextlib import suppress

from archive.ingestion.parse.blocks import ParseError

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# UTF-8 that somebody read as cp1252 and saved again: "cafÃ©", "itâ€™s".
TWICE = re.compile("[Ã][\u0080-\u00bf\u0152\u0160\u0178]|â€[™œ\u009d“”¦˜]|Â[\u00a0«»°]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Not of files but of Python: some take as long as the square of a text, some always fail.
PYTHONS_OWN = {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7"}
ESCAPES = (b"\x1b$B", b"\x1b$@")  # into the Japanese of the oldest mails and pages
JAPANESE = ("cp932", "euc_jp")
JAPANESE_NAMES = {"shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932"}
KANA = re.compile("[\u3041-\u3096\u30a1-\u30fc]")
LEAST_KANA = 0.2  # of the characters beyond ASCII: wrongly read, French has none
TOLERATED = 0.01  # share of control characters above which this is no text


def decoded(data: bytes, declared: str = "") -> str:
    """`data` as text; `declared` is the encoding the file names. Raises ParseError if binary."""
    text = repaired(characters(data, declared))
    if len(CONTROL.findall(text)) > 4 + TOLERATED * len(text):
        raise ParseError("This file could not be read: it holds no text.")
    return text


def characters(data: bytes, declared: str) -> str:
    for mark, name in MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace").lstrip("\ufeff")
    if any(mark in data for mark in ESCAPES):  # all ASCII, and so UTF-8 too
        with suppress(UnicodeDecodeError):
            return data.decode("iso2022_jp")
    if wide := without_mark(data):
        return data.decode(wide, "replace")
    declared = JAPANESE_NAMES.get(declared.lower().replace("_", "-"), declared)
    for name in filter(None, ("utf-8", written(declared), japanese(data), "cp1252")):
        try:
            return data.decode(name)
        except (UnicodeError, LookupError):
            continue
    return data.decode("latin-1")


def written(declared: str) -> str:
    """`declared` if it is an encoding that files are written in, else ""."""
    try:
        "a".encode(declared)  # which rot13, for one, cannot
        name = codecs.lookup(declared).name
    except (LookupError, ValueError):
        return ""
    return "" if name.replace("_", "-") in PYTHONS_OWN else name


def japanese(data: bytes) -> str:
    """The Japanese encoding in which `data` is full of kana, or ""."""
    head = data[: 1 << 16]
    best, most = "", LEAST_KANA
    for name in JAPANESE:
        try:
            text = codecs.getincrementaldecoder(name)().decode(head, len(head) == len(data))
        except UnicodeDecodeError:
            continue
        beyond = sum(not character.isascii() for character in text)
        share = len(KANA.findall(text)) / beyond if beyond else 0.0
        if share > most:
            best, most = name, share
    return best


def without_mark(data: bytes) -> str:
    """The UTF-16 of most letters has a zero in every second byte."""
    head = data[:2000]
    if len(head) < 4:
        return ""
    for first, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if head[first::2].count(0) > 0.4 * len(head) / 2 and not head[1 - first :: 2].count(0):
            return name
    return ""


def repaired(text: str) -> str:
    """`text` with one wrong reading undone, if it bears the marks of one throughout."""
    if not TWICE.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
