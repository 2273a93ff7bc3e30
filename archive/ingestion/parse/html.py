"""HTML: the page's own words, without its frame."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import lxml.html
from lxml import etree

from archive.ingestion.parse import titles, wide
from archive.ingestion.parse.blocks import Block, Dropped, Parsed, ParseError
from archive.ingestion.parse.encoding import decoded
from archive.ingestion.parse.frame import SILENT, Sign, sign
from archive.ingestion.parse.grid import Grid, frames

Element = etree._Element

HEADINGS = {f"h{level}": level for level in range(1, 7)}
NAMES = (
    "address article aside blockquote body caption dd details div dl dt fieldset figcaption"
    " figure footer header hgroup hr li main nav ol p pre section summary table tbody td"
    " tfoot th thead tr ul"
)
BLOCKS = HEADINGS.keys() | set(NAMES.split())
CLOSE = frozenset({"li", "dt", "dd", "tr", "caption"})  # stand right under what came before
CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?\s*([\w-]+)", re.I)
SUBSET = re.compile(r"^\s*<!doctype[^>\[]*\[[^\]]*\]\s*>", re.I)  # entities, in XHTML
DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@name='date' or @name='DC.date' or @name='dcterms.created']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
    "//article//time/@datetime",
)


def parse(data: bytes, stem: str) -> Parsed:
    declared = CHARSET.search(data[:4096])
    page = document(decoded(data, declared.group(1).decode("ascii") if declared else ""))
    root, reader = content(page), Reader()
    blocks = list(reader.read(root))
    dropped = [*around(root, len(blocks)), *reader.dropped]
    heading = next((block.text for block in blocks if block.level == 1), "")
    title = heading or first(page, "//meta[@property='og:title']/@content", "//title/text()")
    language = first(page, "/html/@lang", "/html/@xml:lang").partition("-")[0].lower()
    date = titles.partial_date(first(page, *DATES)) or titles.date_in_name(stem)
    named = titles.readable(title) or titles.from_name(stem)
    dropped.sort(key=lambda each: each.place)
    return Parsed(blocks, named, language, date, dropped=dropped)


def fragment(text: str) -> list[Block]:
    """The blocks of a piece of HTML inside another document."""
    return list(Reader().read(document(f"<body>{text}</body>"))) if text.strip() else []


def document(text: str) -> Element:
    text = SUBSET.sub("", re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\x00", "")))
    # Without huge_tree, what stands deeper than 255 elements would be lost.
    parser = lxml.html.HTMLParser(huge_tree=True)
    try:
        found = lxml.html.document_fromstring(text, parser=parser)
    except etree.ParserError:
        raise ParseError("This file holds no text.") from None
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise ParseError("This page could not be read: it is nested too deeply.")
    return found


def content(page: Element) -> Element:
    """The element that holds the page's own words."""
    for path in ("//main", "//*[@role='main']", "//article"):
        found: list[Element] = matches(page, path)
        if len(found) == 1:
            return found[0]
    return next(iter(matches(page, "//body")), page)


def around(root: Element, blocks: int) -> Iterator[Dropped]:
    """What stands before and behind the element that holds the page's own words."""
    page = root.getroottree().getroot()
    for inner in (root, *root.iterancestors()):
        if inner.tag == "body":
            return
        for place, behind in ((0, False), (blocks, True)):
            beside = inner.itersiblings(preceding=not behind)
            for element in beside if behind else reversed(list(beside)):
                if isinstance(element.tag, str) and element.tag not in SILENT:
                    found = sign(element, page) or (
                        "outside",
                        "stands outside the page's main part",
                    )
                    yield from to_dropped(element, found, place)


def to_dropped(element: Element, found: Sign, place: int) -> Iterator[Dropped]:
    """All the words below `element`, if there are any."""
    lines = [block.text for block in Reader(whole=True).read(element)]
    if any(character.isalnum() for line in lines for character in line):
        yield Dropped("\n".join(lines), *found, place)


def first(page: Element, *paths: str) -> str:
    """The first words found at `paths`, in their order; "" where there are none."""
    found = (" ".join(str(each).split()) for path in paths for each in matches(page, path))
    return next(filter(None, found), "")


def matches(page: Element, path: str) -> list[Any]:
    found = page.xpath(path)
    return found if isinstance(found, list) else []


class Reader:
    """Walks a tree once, without recursion, however deep a page is nested."""

    def __init__(self, *, whole: bool = False) -> None:
        self.whole = whole  # with the site's frame
        self.dropped: list[Dropped] = []
        self.blocks = 0
        self.words: list[str] = []
        self.frames: set[Element] = set()  # tables that only lay out the page
        self.tables: list[tuple[bool, Grid]] = []  # open ones, and whether they are such
        self.rows: list[list[str]] = []  # the words before each open row
        self.counts: list[int | None] = []  # of each open list, None where it has no numbers
        self.mark = ""  # of the list item that the next words begin
        self.skipped: Element | None = None

    def read(self, root: Element) -> Iterator[Block]:
        for block in self.walk(root):
            self.blocks += 1
            yield block

    def walk(self, root: Element) -> Iterator[Block]:
        self.frames = frames(root)
        for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if event in {"comment", "pi"}:
                self.add(element.tail)
            elif event == "start":
                yield from self.open(element, root)
            else:
                yield from self.close(element, root)

    def open(self, element: Element, root: Element) -> Iterator[Block]:
        if self.skipped is not None:
            return
        found = None if self.whole else sign(element, root)
        if found or element.tag in SILENT:
            self.skipped = element
            if found:
                begun = any(each.strip() for each in self.words)  # a block not yet ended
                self.dropped += to_dropped(element, found, self.blocks + begun)
            return
        tag = element.tag
        if tag in BLOCKS and not self.rows:
            yield from self.flush()
        if tag == "br":
            self.words.append("\n")
        elif tag == "img":
            self.add(element.get("alt"))
        else:
            self.begin(element, tag)
        self.add(element.text)

    def begin(self, element: Element, tag: str) -> None:
        """A table or list, or a row or item of one."""
        if tag == "table":
            self.tables.append((element in self.frames, Grid()))
        elif tag == "tr" and self.tables and (self.rows or not self.tables[-1][0]):
            self.rows.append(self.words)
            self.words = []
        elif tag in {"ul", "ol"}:
            start = element.get("start", "1")
            self.counts.append((int(start) if start.isdigit() else 1) if tag == "ol" else None)
        elif tag == "li":
            self.mark = self.item()

    def close(self, element: Element, root: Element) -> Iterator[Block]:
        if self.skipped is not None:
            if element is not self.skipped:
                return
            self.skipped = None
        elif element.tag == "tr" and self.rows:
            yield from self.row()
        elif element.tag in {"td", "th"} and self.rows:
            said = " ".join("".join(self.words).split())
            self.tables[-1][1].add(said, element.get("rowspan"), element.get("colspan"))
            self.words = []
        elif element.tag in BLOCKS and not self.rows:
            yield from self.flush(HEADINGS.get(element.tag, 0), close=element.tag in CLOSE)
        elif element.tag in BLOCKS:
            self.words.append(" ")
        if element.tag == "table" and self.tables and self.skipped is None:
            self.tables.pop()
        if element.tag in {"ul", "ol"} and self.counts:
            self.counts.pop()
            self.mark = ""
        if element is not root:
            self.add(element.tail)

    def add(self, text: str | None) -> None:
        if text and self.skipped is None:
            self.words.append(re.sub(r"[ \t\r\n\f]+", " ", wide.unbroken(text)))

    def item(self) -> str:
        count = self.counts[-1] if self.counts else None
        if count is None:
            return "• "
        self.counts[-1] = count + 1
        return f"{count}. "

    def row(self) -> Iterator[Block]:
        """The row just closed; one inside a cell is part of that cell's words."""
        self.words = self.rows.pop()
        cells = self.tables[-1][1].row()
        if self.rows:
            self.words.append(f" {' '.join(filter(None, cells))} ")
        elif any(cells):
            yield Block(" | ".join(cells), before="\n")

    def flush(self, level: int = 0, *, close: bool = False) -> Iterator[Block]:
        lines = [" ".join(line.split()) for line in "".join(self.words).split("\n")]
        self.words = []
        lines = [line for line in lines if line]
        if not lines:
            return
        if level:
            yield Block(" ".join(lines), level)
            return
        block = Block(self.mark + lines[0], before="\n" if close or self.mark else "\n\n")
        self.mark = ""
        yield block
        for line in lines[1:]:
            yield replace(block, text=line, before="\n")
