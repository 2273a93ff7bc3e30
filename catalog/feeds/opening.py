"""A feed file as bytes and as lines of text, whatever it is packed and written in."""

import codecs
import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

HEAD = 1 << 16  # bytes, enough to tell packing, encoding and form
RECORD_LIMIT = 1_000_000  # characters of one row, its quoted line ends included
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line as the file has it, numbered from 1; `fault` says why it cannot be used."""

    number: int
    text: str
    fault: str = ""


@contextmanager
def unpacked(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of `path`, gunzipped when they are a gzip's. Raises OSError, EOFError, zlib.error.

    The name does not matter: exports arrive with and without their ending.
    """
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        if not packed:
            yield file
            return
        with gzip.open(file) as inner:
            yield io.BufferedReader(inner, 1 << 20)


def head(path: Path) -> bytes:
    with unpacked(path) as file:
        return file.read(HEAD)


def encoding_of(path: Path) -> str:
    """The Python name of the encoding the whole file is in.

    By its mark; else UTF-16 by its zero bytes; else UTF-8, if it is that throughout or more
    often than not; else cp1252, what spreadsheets write.
    """
    start = head(path)
    for mark, name in MARKS:
        if start.startswith(mark):
            return name
    # A header's letters are every other byte of UTF-16; a stray zero byte means nothing.
    if start[:200].count(0) > len(start[:200]) // 4:
        return "utf-16-be" if start[0] == 0 else "utf-16-le"
    with unpacked(path) as file:
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while chunk := file.read(1 << 20):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return most_lines(path)
    return "utf-8"


def most_lines(path: Path) -> str:
    """ "utf-8" if most lines beyond ASCII are UTF-8 (the others are damaged), else "cp1252"."""
    good = bad = 0
    with unpacked(path) as file:
        while line := file.readline(1 << 20):
            if line.isascii():
                continue
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                bad += 1
            else:
                good += 1
    return "utf-8" if good >= bad else "cp1252"


def lines(path: Path) -> Iterator[Line]:
    """The lines of a text file with their ends, from 1, at most RECORD_LIMIT characters held.

    A longer line comes as its beginning, with a fault; so does one that is not in the encoding
    of the rest.
    """
    encoding = encoding_of(path)
    start = head(path).decode(encoding, "replace")
    ending = "\r" if "\r" in start and "\n" not in start else "\n"
    errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    with (
        unpacked(path) as file,
        io.TextIOWrapper(file, encoding, errors=errors, newline=ending) as text,
    ):
        number = 0
        while found := text.readline(RECORD_LIMIT + 1):
            number += 1
            fault = "" if found.isascii() or is_text(found) else f"line {number} is not UTF-8"
            if len(found) > RECORD_LIMIT and not found.endswith(ending):
                fault = f"the line is longer than {RECORD_LIMIT:,} characters"
                while rest := text.readline(RECORD_LIMIT):
                    if rest.endswith(ending):
                        break
            yield Line(number, found, fault)


def is_text(line: str) -> bool:
    """Whether every byte of `line` was read; those that were not are lone surrogates in it."""
    try:
        line.encode()
    except UnicodeEncodeError:
        return False
    return True
