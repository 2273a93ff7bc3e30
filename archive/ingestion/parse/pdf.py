"""PDF pages into lines of text with their place, size and weight."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from archive.ingestion.parse import furniture, layout, silent, titles
from archive.ingestion.parse.blocks import MOST, Parsed, ParseError, too_long
from archive.ingestion.parse.layout import Line

UNREADABLE = "This PDF could not be read: it is damaged or protected by a password."
NO_TEXT = "This PDF holds no text: its pages are empty."
SPACED = 1.2  # characters that pdfium counts, over those that are left in the text
HEAVY = re.compile(r"bold|black|heavy|semibold|demi", re.I)
WEIGHT = 600  # of a typeface, above which it is bold
HYPHENS = "\x02\ufffe\u00ad"  # what pdfium makes of a hyphen at a line's end
# Bullets of the Symbol and Wingdings typefaces, which have no place among the characters.
PRIVATE = dict.fromkeys((0xF0B7, 0xF0A7, 0xF0A8, 0xF0D8, 0xF0FC, 0xF076), "•")
LIGATURES = PRIVATE | {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}
# Titles that a program has written, not a person.
ASCENT, DESCENT = 0.88, 0.22  # of a typeface's size, above and below its baseline
SANE = (0.5, 2.0)  # a size over the height of its characters, beyond which it is not believed
MACHINE = re.compile(r"\.(?:docx?|indd|pdf|qxd|pptx?|xlsx?)$|^microsoft |^untitled|^\W*$", re.I)


def parse(data: bytes, stem: str) -> Parsed:
    """A PDF of pictures alone has no blocks, and every page of it is unread."""
    pages: list[list[Line]] = []
    unread: list[int] = []
    try:
        with pypdfium2.PdfDocument(data) as document:
            check_length(document)
            for number, page in enumerate(document, 1):
                lines = list(Glyphs(page).lines(number))
                if silent.is_silent(page, lines):
                    unread.append(number)
                    lines = []
                pages.append(lines)
            named = " ".join(document.get_metadata_value("Title").split())
    except pypdfium2.PdfiumError:
        raise ParseError(UNREADABLE) from None
    if not any(pages) and not unread:
        raise ParseError(NO_TEXT)
    blocks = layout.to_blocks(pages) if any(pages) else []
    title = named if is_written(named) else shown_title(layout.title(blocks), stem)
    left_out = furniture.dropped(pages, blocks)
    date = titles.date_in_name(stem)
    return Parsed(blocks, title, date=date, dropped=left_out, unread_pages=unread)


def check_length(document: pypdfium2.PdfDocument) -> None:
    """Raises ParseError, within a second a thousand pages, for more text than is read."""
    size = 0
    for page in document:
        size += page.get_textpage().count_chars()
        if size > MOST * SPACED:
            raise too_long()


def is_written(title: str) -> bool:
    """Whether a person gave the PDF this title."""
    return len(re.findall(r"[^\W\d_]{2,}", title)) > 1 and not MACHINE.search(title)


def shown_title(heading: str, stem: str) -> str:
    """The first page's heading, unless it is only a name and the file's says more."""
    named = titles.from_name(stem)
    short = len(heading.split()) < 3 <= len(named.split())
    return named if short or not heading else titles.readable(heading)


class Glyphs:
    """One page's characters, in the order of its content."""

    def __init__(self, page: Any) -> None:
        self.text = page.get_textpage()
        self.types: dict[int, Type] = {}  # by the text object a character belongs to

    def lines(self, page: int) -> Iterator[Line]:
        line = Line(page)
        broken = False  # whether pdfium sees a line's end; it also does between some letters
        box = pdfium.FS_RECTF()
        for place in range(self.text.count_chars()):
            code = pdfium.FPDFText_GetUnicode(self.text, place)
            broken = broken or code in (0x0A, 0x0D)
            character = LIGATURES.get(code) or (chr(code) if code else "")
            if not character.strip() or not pdfium.FPDFText_GetLooseCharBox(self.text, place, box):
                if not broken:
                    line.space()
                continue
            face = self.type_of(place, box)
            if face.size:
                self.stand(place, box, face.size)
            broken = broken or line.is_left(box)
            if broken and line.words and not line.continues(box):
                yield line
                line = Line(page)
            broken = False
            line.add(character.translate(HYPHEN), box, bold=face.bold)
        if line.words:
            yield line

    def type_of(self, place: int, box: Any) -> "Type":
        found = pdfium.FPDFText_GetTextObject(self.text, place)
        if not found:
            return Type(0.0, bold=False)
        key = ctypes.addressof(found.contents)
        if key not in self.types:
            bold = is_heavy(pdfium.FPDFTextObj_GetFont(found))
            self.types[key] = Type(self.size(place, box), bold)
        return self.types[key]

    def size(self, place: int, box: Any) -> float:
        """Of the type at `place` in points; 0 where it is turned, or the file does not say."""
        matrix = pdfium.FS_MATRIX()
        if not pdfium.FPDFText_GetMatrix(self.text, place, matrix):
            return 0.0
        size: float = pdfium.FPDFText_GetFontSize(self.text, place) * matrix.d
        upright = matrix.d > 0 and abs(matrix.b) < 0.1 * matrix.d and size > 0
        low, high = SANE
        height = box.top - box.bottom
        return size if upright and low * height < size < high * height else 0.0

    def stand(self, place: int, box: Any, size: float) -> None:
        """Give `box` the height of its type: files state the heights of characters at random."""
        x, y = ctypes.c_double(), ctypes.c_double()
        if pdfium.FPDFText_GetCharOrigin(self.text, place, x, y):
            box.top, box.bottom = y.value + ASCENT * size, y.value - DESCENT * size


@dataclass(frozen=True, slots=True)
class Type:
    """What a run of characters is set in."""

    size: float  # points; 0 where unknown
    bold: bool


HYPHEN = dict.fromkeys(map(ord, HYPHENS), "-")


def is_heavy(font: Any) -> bool:
    """By the typeface's name: the weight that a file states is often missing or wrong."""
    name = ctypes.create_string_buffer(200)
    pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
    return bool(HEAVY.search(name.value.decode("utf-8", "replace"))) or (
        pdfium.FPDFFont_GetWeight(font) >= WEIGHT
    )
