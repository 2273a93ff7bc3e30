"""PDF pages into lines of text with their place, size and weight."""

import ctypes
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from archive.ingestion.parse import layout, titles
from archive.ingestion.parse.blocks import Parsed, ParseError
from archive.ingestion.parse.layout import Line

UNREADABLE = "This PDF could not be read: it is damaged or protected by a password."
NO_TEXT = "This PDF holds pictures of pages but no text: let a text recognition read it first."
HEAVY = re.compile(r"bold|black|heavy|semibold|demi", re.I)
WEIGHT = 600  # of a typeface, above which it is bold
HYPHENS = "\x02\ufffe\u00ad"  # what pdfium makes of a hyphen at a line's end
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}
# Titles that a program has written, not a person.
MACHINE = re.compile(r"\.(?:docx?|indd|pdf|qxd|pptx?|xlsx?)$|^microsoft |^untitled|^\W*$", re.I)


def parse(data: bytes, stem: str) -> Parsed:
    try:
        with pypdfium2.PdfDocument(data) as document:
            pages = [list(Glyphs(page).lines(number)) for number, page in enumerate(document, 1)]
            named = " ".join(document.get_metadata_value("Title").split())
    except pypdfium2.PdfiumError:
        raise ParseError(UNREADABLE) from None
    if not any(pages):
        raise ParseError(NO_TEXT)
    blocks = layout.to_blocks(pages)
    title = named if is_written(named) else shown_title(layout.title(blocks), stem)
    return Parsed(blocks, title, date=titles.date_in_name(stem))


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
        self.bold: dict[int, bool] = {}  # by the text object a character belongs to

    def lines(self, page: int) -> Iterator[Line]:
        line = Line(page)
        broken = False  # whether pdfium sees a line's end; it also does between some letters
        box, object_at = pdfium.FS_RECTF(), pdfium.FPDFText_GetTextObject
        for place in range(self.text.count_chars()):
            code = pdfium.FPDFText_GetUnicode(self.text, place)
            broken = broken or code in (0x0A, 0x0D)
            character = LIGATURES.get(code) or (chr(code) if code else "")
            if not character.strip() or not pdfium.FPDFText_GetLooseCharBox(self.text, place, box):
                if not broken:
                    line.space()
                continue
            broken = broken or line.is_left(box)
            if broken and line.words and not line.continues(box):
                yield line
                line = Line(page)
            broken = False
            bold = self.is_bold(object_at(self.text, place))
            line.add(character.translate(HYPHEN), box, bold=bold)
        if line.words:
            yield line

    def is_bold(self, found: Any) -> bool:
        if not found:
            return False
        key = ctypes.addressof(found.contents)
        if key not in self.bold:
            self.bold[key] = is_heavy(pdfium.FPDFTextObj_GetFont(found))
        return self.bold[key]


HYPHEN = dict.fromkeys(map(ord, HYPHENS), "-")


def is_heavy(font: Any) -> bool:
    """By the typeface's name: the weight that a file states is often missing or wrong."""
    name = ctypes.create_string_buffer(200)
    pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
    return bool(HEAVY.search(name.value.decode("utf-8", "replace"))) or (
        pdfium.FPDFFont_GetWeight(font) >= WEIGHT
    )
