"""Pages of a PDF that show words to the eye and give none to a program."""

from typing import Any

import pypdfium2.raw as pdfium

from archive.ingestion.parse.layout import Line

DRAWN = 60  # paths on a page without letters, from which they may be letters drawn
DEEP = 3  # forms inside forms
STRANGE = 0.3  # share of characters without a place in Unicode, above which all are unbelievable


def is_silent(page: Any, lines: list[Line]) -> bool:
    """Whether a page is a picture, or letters drawn, and its own text holds no words."""
    return not is_legible(lines) and has_picture(page)


def is_legible(lines: list[Line]) -> bool:
    """Whether there are words, of characters that a program can name; a number is no word."""
    characters = [each for line in lines for each in line.words if not each.isspace()]
    strange = sum(map(is_strange, characters))
    return any(map(str.isalpha, characters)) and strange <= STRANGE * len(characters)


def is_strange(character: str) -> bool:
    return character == "\ufffd" or "\ue000" <= character <= "\uf8ff" or character < " "


def has_picture(page: Any) -> bool:
    paths = 0
    for each in page.get_objects(max_depth=DEEP):
        if each.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            return True
        paths += each.type in {pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_TEXT}
        if paths > DRAWN:
            return True
    return False
