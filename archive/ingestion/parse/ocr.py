"""The words on pictures of pages, by the tesseract that the machine has installed."""

import subprocess
from collections.abc import Iterator
from itertools import groupby

import pypdfium2

from archive.ingestion.parse import tesseract
from archive.ingestion.parse.blocks import Block, ParseError
from archive.ingestion.parse.segments import kind_of
from archive.ingestion.parse.text import unwrapped

SECONDS = 18  # a page: three of them in the time of one process
DPI = 300  # what tesseract's models were trained on
LARGEST = 25_000_000  # pixels of a page; a larger one is read at less
SURE = 50  # of 100: below it on average, what was read on a page is not believed
# Columns of its table of words.
LEVEL, BLOCK, PARAGRAPH, LINE, SURENESS, WORD = 0, 2, 3, 4, 10, 11
OF_WORDS = "5"  # the level


def read_pages(data: bytes, numbers: list[int], languages: list[str]) -> list[Block]:
    """The blocks of some pages of a PDF, by their numbers from 1; none of a page without words.

    A picture is one page. `languages` are those it may be in, in ISO 639-1. Raises ParseError.
    """
    program = tesseract.program()
    if program is None:
        raise ParseError("There is no tesseract on this machine.")
    command = [program, "stdin", "stdout", "-l", tesseract.languages(program, languages)]
    if kind_of(data[:12]):
        return list(page(data, 1, [*command, "tsv"]))
    command += ["--dpi", str(DPI), "tsv"]
    try:
        with pypdfium2.PdfDocument(data) as document:
            return [
                block
                for number in numbers
                for block in page(picture(document[number - 1]), number, command)
            ]
    except pypdfium2.PdfiumError:
        raise ParseError("This PDF could not be read: it is damaged.") from None


def picture(page: pypdfium2.PdfPage) -> bytes:
    """The page in grey, as a portable grey map."""
    width, height = page.get_size()  # in points
    scale = min(DPI / 72, (LARGEST / max(width * height, 1)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    rows = bytes(bitmap.buffer)
    lines = (rows[at : at + bitmap.width] for at in range(0, len(rows), bitmap.stride))
    return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(lines)


def page(picture: bytes, number: int, command: list[str]) -> Iterator[Block]:
    try:
        done = subprocess.run(  # noqa: S603 - its arguments are ours
            command,
            input=picture,
            env={"OMP_THREAD_LIMIT": "1"},  # of several, each wants memory of its own
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError):
        return
    if done.returncode:
        return
    words = list(table(done.stdout.decode("utf-8", "replace")))
    sure = sum(float(row[SURENESS]) for row in words) / max(len(words), 1)
    if sure < SURE:
        return
    for _, paragraph in groupby(words, key=lambda row: (row[BLOCK], row[PARAGRAPH])):
        lines = [
            " ".join(row[WORD] for row in line)
            for _, line in groupby(paragraph, key=lambda row: row[LINE])
        ]
        for place, line in enumerate(unwrapped(lines)):
            yield Block(line, before="\n" if place else "\n\n", page=number)


def table(text: str) -> Iterator[list[str]]:
    """Its rows of words."""
    for line in text.splitlines():
        row = line.split("\t")
        if len(row) > WORD and row[LEVEL] == OF_WORDS and row[WORD].strip():
            yield row
