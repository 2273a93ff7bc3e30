"""PowerPoint: one page a slide, its title a heading, the rest in the order of its places."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pptx
from lxml import etree
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.exc import InvalidXmlError, PackageNotFoundError
from pptx.oxml.ns import qn

from archive.ingestion.parse import titles, unzip
from archive.ingestion.parse.blocks import Block, Parsed, ParseError
from archive.ingestion.parse.reading_order import in_order

DAMAGED = "This PowerPoint file could not be read: it is damaged."
TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE}
FURNITURE = {
    PP_PLACEHOLDER.DATE,
    PP_PLACEHOLDER.FOOTER,
    PP_PLACEHOLDER.HEADER,
    PP_PLACEHOLDER.SLIDE_NUMBER,
}
OPENING, SECTION = "title", "secHead"  # layouts, by their type
# What the program writes of a picture or a deck when nobody has.
MACHINE = re.compile(
    r"^(?:powerpoint[ -]presentation|présentation powerpoint|presentazione.* powerpoint|slide 1)$"
    r"|description automatically generated|^[\w-]+\.(?:png|jpe?g|gif|tiff?|webp|emf|svg)$",
    re.I,
)
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@dataclass(frozen=True, slots=True)
class Placed:
    shape: Any
    left: float
    top: float
    right: float
    bottom: float


def parse(data: bytes, stem: str) -> Parsed:
    unzip.checked(data, "This PowerPoint file")
    try:
        deck = pptx.Presentation(BytesIO(data))
        return read(deck, stem)
    except (
        PackageNotFoundError,
        InvalidXmlError,
        zipfile.BadZipFile,
        etree.LxmlError,
        AttributeError,
        IndexError,
        KeyError,
        TypeError,
        ValueError,
    ):
        raise ParseError(DAMAGED) from None


def read(deck: Any, stem: str) -> Parsed:
    blocks: list[Block] = []
    hidden: list[int] = []
    levels = Levels(deck)
    for number, slide in enumerate(deck.slides, 1):
        if slide._element.get("show") == "0":
            hidden.append(number)
        else:
            blocks += Slide(slide, number, levels).blocks()
    named = " ".join((deck.core_properties.title or "").split())
    heading = next((block.text for block in blocks if block.level), "")
    title = (named if not MACHINE.search(named) else "") or heading or titles.from_name(stem)
    notes = [f"Hidden slides were left out: {', '.join(map(str, hidden))}."] if hidden else []
    return Parsed(blocks, title, date=titles.date_in_name(stem), notes=notes)


class Levels:
    """Of slides' titles: the deck's own is 1, a section's 2, a slide's in a section 3.

    A deck without a title slide, or without sections, has one level less.
    """

    def __init__(self, deck: Any) -> None:
        layouts = [layout(slide) for slide in deck.slides]
        self.top = 1 + (OPENING in layouts[:1])
        self.inside = False

    def of(self, slide: Any) -> int:
        kind = layout(slide)
        if kind == OPENING and self.top == 2:
            return 1
        if kind == SECTION:
            self.inside = True
            return self.top
        return self.top + self.inside


def layout(slide: Any) -> str:
    kind = slide.slide_layout._element.get("type") or ""
    # Some programs name no layout, but only a title slide has a place for a subtitle.
    subtitled = any(
        each.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE for each in slide.placeholders
    )
    return OPENING if subtitled and kind != SECTION else kind


class Slide:
    def __init__(self, slide: Any, number: int, levels: Levels) -> None:
        self.slide = slide
        self.number = number
        self.levels = levels

    def blocks(self) -> Iterator[Block]:
        shapes = [shape for shape in self.slide.shapes if not is_furniture(shape)]
        title = next((shape for shape in shapes if is_title(shape) and shape.has_text_frame), None)
        words = " ".join(title.text_frame.text.replace("\v", " ").split()) if title else ""
        if words:
            yield Block(words, self.levels.of(self.slide), page=self.number)
        for shape in ordered(each for each in shapes if each is not title):
            yield from self.shape(shape)
        if self.slide.has_notes_slide and self.slide.notes_slide.notes_text_frame is not None:
            yield from self.paragraphs(self.slide.notes_slide.notes_text_frame)

    def shape(self, shape: Any) -> Iterator[Block]:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            for each in ordered(shape.shapes):
                yield from self.shape(each)
        elif getattr(shape, "has_table", False):
            yield from self.table(shape.table)
        elif getattr(shape, "has_chart", False):
            yield from self.chart(shape.chart)
        elif shape.has_text_frame:
            yield from self.paragraphs(shape.text_frame)
        elif (found := shape._element.find(f".//{DIAGRAM}")) is not None:
            yield from self.diagram(found)
        else:
            yield from self.alternative(shape)

    def paragraphs(self, frame: Any) -> Iterator[Block]:
        close = False
        for paragraph in frame.paragraphs:
            for line in paragraph.text.split("\v"):
                if words := " ".join(line.split()):
                    yield Block(words, before="\n" if close else "\n\n", page=self.number)
                    close = True

    def rows(self, rows: list[list[str]]) -> Iterator[Block]:
        close = False
        for cells in rows:
            if any(cells):
                words = " | ".join(" ".join(cell.split()) for cell in cells)
                yield Block(words, before="\n" if close else "\n\n", page=self.number)
                close = True

    def table(self, table: Any) -> Iterator[Block]:
        yield from self.rows(
            [[cell.text for cell in row.cells if not cell.is_spanned] for row in table.rows]
        )

    def chart(self, chart: Any) -> Iterator[Block]:
        """Its title, then its numbers as a table, a category a row.

        Read from the XML: the library knows the series of the common kinds only.
        """
        if chart.has_title and chart.chart_title.has_text_frame:
            yield from self.paragraphs(chart.chart_title.text_frame)
        series = list(chart._chartSpace.iter(f"{CHART}ser"))
        names = [next(iter(points(each, "tx").values()), "") for each in series]
        values = [points(each, "val") or points(each, "yVal") for each in series]
        categories = (points(each, "cat") or points(each, "xVal") for each in series)
        named = next(filter(None, categories), {})
        places = sorted({*named, *(place for each in values for place in each)})
        rows = [[named.get(at, ""), *(each.get(at, "") for each in values)] for at in places]
        yield from self.rows([["", *names], *rows] if rows else [])

    def diagram(self, relations: Any) -> Iterator[Block]:
        """The words of SmartArt, which stand in a part of their own."""
        part = self.slide.part.related_part(relations.get(qn("r:dm")))
        root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False))
        close = False
        for paragraph in root.iter(qn("a:p")):
            said = " ".join("".join(each.text or "" for each in paragraph.iter(qn("a:t"))).split())
            if said:
                yield Block(said, before="\n" if close else "\n\n", page=self.number)
                close = True

    def alternative(self, shape: Any) -> Iterator[Block]:
        """What a picture shows, where a person has written it."""
        found = next(shape._element.iter(qn("p:cNvPr")), None)
        said = " ".join((found.get("descr") or "").split()) if found is not None else ""
        if said and not MACHINE.search(said):
            yield Block(said, page=self.number)


def points(series: Any, part: str) -> dict[int, str]:
    """What a chart keeps of a series' names or numbers, by their place."""
    found: dict[int, str] = {}
    for element in series.findall(f"{CHART}{part}"):
        for value in element.iter(f"{CHART}v"):
            holder = value.getparent()
            place = int(holder.get("idx") or 0) if holder is not None else 0
            found.setdefault(place, shown(value.text or ""))
    return found


def shown(value: str) -> str:
    """A number without the machine's rounding."""
    try:
        return f"{float(value):.12g}"
    except ValueError:
        return value


def is_title(shape: Any) -> bool:
    return shape.is_placeholder and shape.placeholder_format.type in TITLES


def is_furniture(shape: Any) -> bool:
    return shape.is_placeholder and shape.placeholder_format.type in FURNITURE


def ordered(shapes: Any) -> list[Any]:
    placed = []
    for shape in shapes:
        left, top = shape.left or 0, shape.top or 0
        placed.append(
            Placed(shape, left, top, left + (shape.width or 0), top + (shape.height or 0))
        )
    return [each.shape for each in in_order(placed)]
