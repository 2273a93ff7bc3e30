"""Word documents: headings by style, tables by row, lists, notes."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import PartFactory
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.package import Package
from docx.parts.document import DocumentPart

from archive.ingestion.parse import titles
from archive.ingestion.parse.blocks import Block, Parsed, ParseError
from archive.ingestion.parse.numbering import Numbering, value
from archive.ingestion.parse.styles import Styles, by_type

# Templates and files with macros are read for their words; nothing in them is run.
for kind in ("ms-word.document.macroEnabled", "ms-word.template.macroEnabledTemplate"):
    PartFactory.part_type_for[f"application/vnd.{kind}.main+xml"] = DocumentPart
LARGEST = 200 * 1024 * 1024  # bytes a document may unpack to
WIDEST = 100  # columns that one cell may reach over
REPEATED = 80  # characters of a cell over several rows that each of them says again
BULLET = re.compile(r"[•–-]")
PARAGRAPH, TABLE, ROW, CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
# Found inside a paragraph but not its words: boxes are read after it, fallbacks repeat them.
APART = {
    qn("w:txbxContent"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
WRAPPERS = {
    qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
}
# What was moved away, and how a word is spoken, above it.
UNSAID = {qn("w:moveFrom"), qn("w:rt")}
BREAKS = {qn("w:br"), qn("w:cr")}


def parse(data: bytes, stem: str) -> Parsed:
    package = opened(data)
    reader = Reader(package)
    blocks = [*reader.blocks(package.element.body), *reader.notes()]
    named = package.core_properties.title or ""
    heading = next((block.text for block in blocks if block.level == 1), "")
    title = reader.title or heading or named.strip() or titles.from_name(stem)
    return Parsed(blocks, title, date=titles.date_in_name(stem))


def opened(data: bytes) -> Any:
    try:
        if sum(each.file_size for each in zipfile.ZipFile(BytesIO(data)).infolist()) > LARGEST:
            raise ParseError("This Word file is too large when unpacked.")
        return Package.open(BytesIO(data)).main_document_part.document
    except (
        PackageNotFoundError,
        zipfile.BadZipFile,
        AttributeError,  # of a main part that is no document
        KeyError,
        ValueError,
        SyntaxError,
    ):
        raise ParseError("This Word file could not be read: it is damaged.") from None


class Reader:
    """Reads the XML itself: the library's own paragraphs leave out insertions and boxes."""

    def __init__(self, package: Any) -> None:
        self.package = package
        self.styles = Styles(self.root("/styles"))
        self.numbering = Numbering(self.root("/numbering"))
        self.title = ""  # of the paragraph with the title's style
        self.after_item = False
        self.shown: dict[int, int] = {}  # levels of headings that only their type shows
        # Kept, since an element is the same object only for as long as something holds it.
        self.held = [each for each in package.element.body if each.tag == PARAGRAPH]
        if not any(map(self.styles.level, self.held)):
            plain = [(each, " ".join(words(each).split())) for each in self.held]
            plain = [(each, said) for each, said in plain if said and not self.styles.listed(each)]
            self.shown = by_type(plain, self.styles)

    def root(self, kind: str) -> Any:
        """The element of the part that the document refers to as `kind`, or None."""
        for relation in self.package.part.rels.values():
            if not relation.is_external and relation.reltype.endswith(kind):
                return parse_xml(relation.target_part.blob)
        return None

    def blocks(self, parent: Any) -> Iterator[Block]:
        for element in parent:
            if element.tag == PARAGRAPH:
                yield from self.paragraph(element)
            elif element.tag == TABLE:
                yield from self.table(element)
            elif element.tag in WRAPPERS:
                yield from self.blocks(element)

    def paragraph(self, element: Any) -> Iterator[Block]:
        lines = [" ".join(line.split()) for line in words(element).split("\n")]
        lines = [line for line in lines if line]
        level = self.styles.level(element) or self.shown.get(id(element), 0)
        mark = "" if level or not lines else self.mark(element)
        if lines and level:
            said = " ".join(lines)
            if not self.title and self.styles.is_title(element):
                self.title = said
            yield Block(said, level)
        elif lines:
            marked = f"{mark} {lines[0]}" if mark and not BULLET.match(lines[0]) else lines[0]
            yield Block(marked, before="\n" if mark and self.after_item else "\n\n")
            yield from (Block(line, before="\n") for line in lines[1:])
        self.after_item = bool(mark)
        for box in element.iter(qn("w:txbxContent")):
            if not any(each.tag in APART for each in box.iterancestors()):
                yield from self.blocks(box)

    def mark(self, element: Any) -> str:
        """The bullet or number of a list's item."""
        if found := self.styles.listed(element):
            return self.numbering.mark(*found)
        return "•" if any("list" in name.lower() for name in self.styles.names(element)) else ""

    def table(self, element: Any) -> Iterator[Block]:
        """A row a line; a table that holds headings, or one cell in a row, is only a frame."""
        rows = [list(children(row, CELL)) for row in children(element, ROW)]
        paragraphs = (each for row in rows for cell in row for each in children(cell, PARAGRAPH))
        if all(len(row) == 1 for row in rows) or any(map(self.styles.level, paragraphs)):
            for row in rows:
                for cell in row:
                    yield from self.blocks(cell)
            return
        above: dict[int, str] = {}  # what a cell says that goes on below, by column
        first = True
        for row in rows:
            cells = list(columns(row, above))
            if any(cells):
                yield Block(" | ".join(cells), before="\n\n" if first else "\n")
                first = False

    def notes(self) -> Iterator[Block]:
        """Foot- and endnotes, after the text they belong to."""
        count = 0
        for relation in self.package.part.rels.values():
            if relation.is_external or not relation.reltype.endswith(("/footnotes", "/endnotes")):
                continue
            for note in parse_xml(relation.target_part.blob):
                said = " ".join(words(note).split())
                if said:
                    count += 1
                    yield Block(f"Note {count}. {said}", before="\n" if count > 1 else "\n\n")


def children(element: Any, tag: str) -> Iterator[Any]:
    """Those below `element` that stand in it directly, or in what only wraps them."""
    for each in element:
        if each.tag == tag:
            yield each
        elif each.tag in WRAPPERS:
            yield from children(each, tag)


def columns(row: list[Any], above: dict[int, str]) -> Iterator[str]:
    """The words of each column; `above` holds, and is given, those of cells that go on below."""
    at = 0
    for cell in row:
        properties = cell.find(qn("w:tcPr"))
        merged = properties.find(qn("w:vMerge")) if properties is not None else None
        said = " ".join(words(cell).split())
        if merged is None:
            above.pop(at, None)
        elif merged.get(qn("w:val")) == "restart":
            above[at] = said if len(said) <= REPEATED else ""
        else:
            said = said or above.get(at, "")
        yield said
        span = value(properties, "w:gridSpan") if properties is not None else ""
        wide = int(span) if span.isdigit() else 1
        yield from [""] * (min(wide, WIDEST) - 1)
        at += wide


def words(element: Any) -> str:
    """What is written in `element`; line ends are "\\n", tabs and paragraphs spaces."""
    found: list[str] = []
    todo = [element]
    while todo:
        each = todo.pop()
        if each.tag == qn("w:t"):
            found.append(each.text or "")
        elif each.tag in BREAKS:
            found.append("\n")
        elif each.tag == qn("w:noBreakHyphen"):
            found.append("-")
        elif each.tag in {qn("w:tab"), PARAGRAPH}:
            found.append(" ")
        if (each.tag not in APART and each.tag not in UNSAID) or each is element:
            todo.extend(reversed(each))
    return "".join(found)
