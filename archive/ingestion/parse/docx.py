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

# Templates and files with macros are read for their words; nothing in them is run.
for kind in ("ms-word.document.macroEnabled", "ms-word.template.macroEnabledTemplate"):
    PartFactory.part_type_for[f"application/vnd.{kind}.main+xml"] = DocumentPart
LARGEST = 200 * 1024 * 1024  # bytes a document may unpack to
HEADING = re.compile(r"(?:heading|titre|titolo|überschrift|título) ?(\d)", re.I)
TITLES = ("title", "titre", "titel", "titolo")
PARAGRAPH, TABLE, ROW, CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
# Found inside a paragraph but not its words: boxes are read after it, fallbacks repeat them.
APART = {
    qn("w:txbxContent"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
WRAPPERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml"), qn("w:smartTag")}
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
        self.names = {style.style_id: style.name or "" for style in package.styles}
        self.title = ""  # of the paragraph with the title's style
        self.after_item = False

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
        style = self.style(element)
        level = self.level(style)
        item = "list" in style.lower() or element.find(f".//{qn('w:numPr')}") is not None
        if lines and level:
            yield Block(" ".join(lines), level)
        elif lines:
            mark = "• " if item and not re.match(r"[•–-]", lines[0]) else ""
            yield Block(mark + lines[0], before="\n" if item and self.after_item else "\n\n")
            yield from (Block(line, before="\n") for line in lines[1:])
        self.after_item = item and not level
        for box in element.iter(qn("w:txbxContent")):
            if not any(each.tag in APART for each in box.iterancestors()):
                yield from self.blocks(box)

    def style(self, element: Any) -> str:
        found = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self.names.get(found.get(qn("w:val")), "") if found is not None else ""

    def level(self, style: str) -> int:
        """Of a heading: the title and the first heading are both 1."""
        if style.lower() in TITLES:
            return 1
        found = HEADING.match(style)
        return min(int(found.group(1)) or 1, 6) if found else 0

    def table(self, element: Any) -> Iterator[Block]:
        for number, row in enumerate(element.iter(ROW)):
            if next(row.iterancestors(TABLE)) is not element:
                continue  # of a table inside a cell, whose words the cell has
            cells = [" ".join(words(cell).split()) for cell in row.iter(CELL)]
            if any(cells):
                yield Block(" | ".join(cells), before="\n" if number else "\n\n")

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
        if each.tag not in APART or each is element:
            todo.extend(reversed(each))
    return "".join(found)
