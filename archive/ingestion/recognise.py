"""Pages that gave the light parser no text, given to readers that look longer.

A house names a parser of its own for such pages (HEAVY_PARSER); text recognition is one too, where
tesseract is installed (OCR). Each reads a few pages at a time, in a process with the same limits
as any parser; what none can read is told, and the rest of the document comes in.
"""

import logging
import time
from dataclasses import dataclass, field, replace

from django.conf import settings

from archive.ingestion.parse import tesseract
from archive.ingestion.parse.blocks import Block, Parsed, ParseError
from archive.ingestion.parse.limited import read_pages
from archive.ingestion.parse.records import listed
from archive.ingestion.parse.registry import PDF
from archive.models import IngestionItem

OCR = "archive.ingestion.parse.ocr.read_pages"
AT_ONCE = 3  # pages a process
WRITTEN = 20  # words from which a picture is a page, rather than a thing with words on it
PATIENCE = 600.0  # seconds for the pages of one document
SILENT = {
    False: "This PDF holds pictures of pages and no text: let a text recognition read it first, or "
    "have tesseract installed on this machine.",
    True: "This PDF holds pictures of pages, and text recognition found no words on them.",
}
WORDLESS = (
    "This picture says nothing of itself: write a caption into its IPTC or XMP fields, or give it "
    "a title in a manifest.json beside it, and bring it in again."
)
RECOGNISED = "Read by text recognition, which makes mistakes: {}."
MISSING = "Without text, and not to be found by what they show: {}."

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Search:
    """The pages still unread, and what was found on the others."""

    left: list[int]
    found: list[Block] = field(default_factory=list)
    until: float = field(default_factory=lambda: time.monotonic() + PATIENCE)

    def give(self, data: bytes, reader: str, languages: list[str]) -> list[int]:
        """Let `reader` try the pages that are left; those it has read. What it meets is logged."""
        read: list[int] = []
        for at in range(0, len(self.left), AT_ONCE):
            if time.monotonic() > self.until:
                break
            try:
                blocks = read_pages(data, reader, self.left[at : at + AT_ONCE], languages)
            except ParseError as error:  # the document comes in without these pages
                log.warning("pages not read", extra={"reader": reader, "reason": str(error)})
                continue
            spoken = [block for block in blocks if any(map(str.isalpha, block.text))]
            pages = {block.page for block in spoken}
            self.found += [block for block in blocks if block.page in pages]
            read += [page for page in self.left[at : at + AT_ONCE] if page in pages]
        self.left = [page for page in self.left if page not in read]
        return read


def recognise(parsed: Parsed, data: bytes, item: IngestionItem) -> Parsed:
    """`parsed` with the words of its unread pages, as far as they can be read.

    Raises ParseError for a document that still has no words at all.
    """
    if not parsed.unread_pages:
        return parsed
    if parsed.media_type != PDF:
        return pictured(parsed, data, item)
    search = Search(parsed.unread_pages)
    languages = languages_of(parsed, item)
    notes = list(parsed.notes)
    if settings.HEAVY_PARSER:
        search.give(data, settings.HEAVY_PARSER, languages)
    able = is_able()
    if able and (read := search.give(data, OCR, languages)):
        notes.append(RECOGNISED.format(named(read)))
    if not parsed.blocks and not search.found:
        raise ParseError(SILENT[able])
    if search.left:
        notes.append(MISSING.format(named(search.left)))
    return replace(with_pages(parsed, search.found), notes=notes, unread_pages=search.left)


def is_able() -> bool:
    return settings.OCR != "off" and tesseract.program() is not None


def pictured(parsed: Parsed, data: bytes, item: IngestionItem) -> Parsed:
    """A picture that says nothing of itself: a scanned page by its words, else by its title.

    Raises ParseError for one that has neither.
    """
    if is_able():
        search = Search([1])
        search.give(data, OCR, languages_of(parsed, item))
        if sum(len(block.text.split()) for block in search.found) >= WRITTEN:
            blocks = [replace(block, page=None) for block in search.found]
            notes = [RECOGNISED.format("all of it")]
            return replace(parsed, blocks=blocks, notes=notes, unread_pages=[])
    title = str(item.metadata.get("title", ""))
    if not title:
        raise ParseError(WORDLESS)
    return replace(parsed, blocks=[Block(title, 1)], unread_pages=[])


def languages_of(parsed: Parsed, item: IngestionItem) -> list[str]:
    """Those the document may be in, in ISO 639-1, the likeliest first."""
    given = str(item.metadata.get("language", ""))
    found = (given[:2].lower(), parsed.language, item.run.brand.language[:2].lower(), "en")
    return list(dict.fromkeys(filter(None, found)))


def named(pages: list[int]) -> str:
    return f"{'page' if len(pages) == 1 else 'pages'} {listed(pages)}"


def with_pages(parsed: Parsed, found: list[Block]) -> Parsed:
    """The blocks of all pages in order, and what was dropped still in its place among them."""
    blocks = sorted([*parsed.blocks, *found], key=lambda block: block.page or 0)
    places = {id(block): place for place, block in enumerate(blocks)}
    moved = [
        replace(each, place=places[id(parsed.blocks[each.place])])
        if each.place < len(parsed.blocks)
        else replace(each, place=len(blocks))
        for each in parsed.dropped
    ]
    return replace(parsed, blocks=blocks, dropped=moved)
