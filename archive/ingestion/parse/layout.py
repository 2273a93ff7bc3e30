"""Lines on pages into headings, paragraphs and rows."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from archive.ingestion.parse import wide
from archive.ingestion.parse.blocks import Block
from archive.ingestion.parse.stream import in_reading_order

LETTER = 0.5  # line heights that a script without spaces keeps from another at most
RAISED, SMALL = 0.15, 0.85  # of a line's height: a number set higher and smaller calls a note
CALLER = re.compile(r"(?:[^\W\d_]{3}|[.,;:!?»”’)\]])$")  # what such a number follows
WORD = 0.12  # line heights between letters that belong to different words
GAP = 1.2  # line heights between words that belong to different columns
ITEM = re.compile(r"(?:[•▪◦‣●○■∙·*–—-]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\([ivx]+\))\s+\S")
BULLETS = "•▪◦‣●○■∙·"
ENDS = (".", "!", "?", ":", ";", "…", "”", '"', "»", ".)", "。", "！", "？", "」", "』")
PRICE = re.compile(
    r"[€$£¥]\s?\d|\d[\d.,’ ]*\s?(?:[€$£¥]|(?:euros?|EUR|USD|GBP|CHF|JPY|yen)\b)", re.I
)
LARGER = 1.15  # a heading's size over the body's
SHORT = 20  # characters: lines below it are kept as they are, an address or a signature say
HEADING = 16  # words at most
EDGE = 2  # lines at the top and at the foot of a page that may belong to every page
LONGEST = 150  # characters of such a line
APART = 1.5  # heights of white between such a line and the text, where it has only its place
LEVEL = 3.0  # points by which its place may differ from page to page
NUMBERED = re.compile(r"[^\d.!?。]{0,24}?(\d{1,5})(?: ?(?:/|of|sur|di) ?\d+)?\W*")
SHARE, FEWEST = 0.4, 3  # of the pages, and pages, on which a line recurs that is no text


@dataclass(slots=True)
class Line:
    """Characters on one baseline; measures in points, the page's origin at its lower left."""

    page: int
    words: str = ""
    left: float = 0.0
    right: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    sizes: Counter[float] = field(default_factory=Counter)  # of its letters, how many
    bold: bool = True
    gaps: list[float] = field(default_factory=list)  # wide ones between its words, in heights
    pending: bool = False  # a space is due

    def space(self) -> None:
        self.pending = bool(self.words)

    def is_left(self, box: Any) -> bool:
        """Whether a character at `box` stands wholly above or below this line."""
        return bool(self.words) and (box.top < self.bottom or box.bottom > self.top)

    def continues(self, box: Any) -> bool:
        """Whether a character at `box` stands on this baseline, to the right of what is there."""
        height = max(box.top - box.bottom, 1)
        gap = (box.left - self.right) / height
        if abs(box.bottom - self.bottom) > 0.2 * height or gap < -0.3:
            return False
        if gap > WORD:
            self.space()
        return True

    def add(self, character: str, box: Any, *, bold: bool) -> None:
        height = box.top - box.bottom
        if not self.words:
            self.left, self.top, self.bottom = box.left, box.top, box.bottom
        elif self.calls_note(character, box):
            self.right = max(self.right, box.right)
            return
        elif (gap := (box.left - self.right) / max(height, 1)) > GAP and len(self.words) > 3:
            self.gaps.append(gap)
            self.pending = True
        elif gap < LETTER and not wide.glue(self.words, character):
            self.pending = False
        self.words += f" {character}" if self.pending else character
        self.pending = False
        self.right = max(self.right, box.right)
        self.top, self.bottom = max(self.top, box.top), min(self.bottom, box.bottom)
        self.sizes[round(height, 1)] += 1
        self.bold = self.bold and bold

    def calls_note(self, character: str, box: Any) -> bool:
        """Whether a character is the raised number of a footnote, which is no part of the words."""
        if not character.isdigit() or not CALLER.search(self.words):
            return False
        small: bool = box.top - box.bottom < SMALL * self.size
        return small and bool(box.bottom > self.bottom + RAISED * self.size)

    @property
    def size(self) -> float:
        """Height of the type that most of it is set in."""
        return max(self.sizes, key=lambda size: self.sizes[size], default=0.0)

    @property
    def is_row(self) -> bool:
        """Whether it is a table's row rather than running text."""
        return len(self.gaps) > 1 or any(gap > 2 * GAP for gap in self.gaps)


def to_blocks(pages: list[list[Line]]) -> list[Block]:
    """The pages' blocks in reading order, without what stands on every page."""
    furniture = recurring(pages)
    kept = [[line for line in page if id(line) not in furniture] for page in pages]
    lines = [line for page in kept for line in in_reading_order(page)]
    if not lines:  # a few pages alike, a form say
        lines = [line for page in pages for line in page]
    return list(grouped(lines, headings(lines)))


def recurring(pages: list[list[Line]]) -> set[int]:
    """Identities of the lines at the edges of pages that recur: running heads, page numbers."""
    places: dict[tuple[str, str], list[Line]] = {}
    for page in pages:
        for edge, lines in (("top", page[:EDGE]), ("foot", page[-EDGE:])):
            for line in lines:
                if len(line.words) > LONGEST:
                    continue
                places.setdefault((edge, masked(line.words)), []).append(line)
    least = max(FEWEST, SHARE * len(pages))
    found = {
        id(line)
        for lines in places.values()
        if len({line.page for line in lines}) >= least
        for line in lines
    }
    return found | set(map(id, at_edges(pages)))


def at_edges(pages: list[list[Line]]) -> Iterator[Line]:
    """Small lines apart from all others, in one place on two pages, or with their page's number."""
    body = body_size([line for page in pages for line in page])
    places: dict[str, list[Line]] = {}
    for page in pages:
        for line, white in [*edge(page, 1), *edge(page, -1)]:
            if line.size > 1.05 * body or len(line.words) > LONGEST or white < APART:
                continue
            number = NUMBERED.fullmatch(line.words)
            if white > 2 * APART and number and int(number.group(1)) == line.page:
                yield line
            else:
                places.setdefault(masked(line.words), []).append(line)
    for lines in places.values():
        for line in lines:
            others = (each for each in lines if each.page != line.page)
            if any(abs(each.bottom - line.bottom) < LEVEL for each in others):
                yield line


def edge(page: list[Line], up: int) -> Iterator[tuple[Line, float]]:
    """The lines at the top (`up` 1) or foot (-1) of a page, and the white behind, in heights."""
    if not page:
        return
    outer = max(page, key=lambda line: up * (line.top + line.bottom))
    band = [line for line in page if line.bottom < outer.top and line.top > outer.bottom]
    taken = set(map(id, band))
    rest = [line for line in page if id(line) not in taken]
    if not rest or len(band) > EDGE:
        return
    near = max(line.top if up > 0 else -line.bottom for line in rest)
    far = min(line.bottom if up > 0 else -line.top for line in band)
    for line in band:
        yield line, (far - near) / max(line.size, 1)


def body_size(lines: list[Line]) -> float:
    """The size that most of the text is set in."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.words)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def masked(words: str) -> str:
    """A line's words without their figures, Roman ones too: page 4 is like page 5."""
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", words.lower())


def headings(lines: list[Line]) -> dict[int, int]:
    """Levels of the lines that are headings, by identity: larger type first, then bold."""
    body = body_size(lines)
    bold = sum(len(line.words) for line in lines if line.bold)
    bold_share = bold / sum(len(line.words) for line in lines)
    follows = plain_sizes(lines)
    found = [
        (line, step)
        for stack in stacks(lines, 0.6)
        if sum(wide.count(line.words) for line in stack) <= HEADING
        for line in stack
        if (step := prominence(line, body, follows[id(line)] if bold_share < 0.3 else None))
    ]
    places = {id(line): place for place, line in enumerate(lines)}
    found = [each for each in found if stands(lines, places[id(each[0])])]
    ranks = sorted({step for _, step in found}, reverse=True)
    return {id(line): min(ranks.index(step) + 1, 6) for line, step in found}


def stacks(lines: list[Line], most: float) -> Iterator[list[Line]]:
    """Lines under one another in one type, no more than `most` heights of white between them."""
    held = lines[:1]
    for last, line in pairwise(lines):
        alike = abs(last.size - line.size) < 0.1 * last.size and last.bold == line.bold
        near = last.page == line.page and -0.9 < gap(last, line) < most
        aligned = abs(last.left - line.left) < 2.5 * line.size or most < 1
        if not (alike and near and aligned) or last.is_row or line.is_row:
            yield held
            held = []
        held.append(line)
    yield held


def plain_sizes(lines: list[Line]) -> dict[int, float]:
    """The size of the next line that is not bold, by identity of each line."""
    sizes: dict[int, float] = {}
    size = 0.0
    for line in reversed(lines):
        size = size if line.bold else line.size
        sizes[id(line)] = size
    return sizes


def prominence(line: Line, body: float, plain: float | None) -> float:
    """How far a line stands out: its size over the body's, 1.0 if it is only bold, else 0.

    `plain` is the size of what follows, which a bold line stands out from; None where bold type
    is so common that it says nothing.
    """
    if line.is_row or wide.count(line.words) > HEADING or not re.search(r"[^\W\d_]{2}", line.words):
        return 0.0
    if line.words[0] in BULLETS or PRICE.match(line.words):
        return 0.0
    size = round(line.size / max(body, 1), 1)
    if size >= LARGER:
        return size
    if plain is None or not line.bold or line.words.endswith(ENDS):
        return 0.0
    return 1.0 if line.size > 0.9 * plain else 0.0


def stands(lines: list[Line], place: int) -> bool:
    """Whether a prominent line heads what follows, rather than being part of a table."""
    line = lines[place]
    before, after = lines[max(place - 1, 0)], lines[min(place + 1, len(lines) - 1)]
    if before.is_row and before.page == line.page and gap(before, line) < 0.6:
        return False
    if not after.is_row or after.page != line.page:
        return True
    inside = after.left + line.size < line.left < after.right  # over a column that is not the first
    if (line.gaps or inside) and gap(line, after) < 2:
        return False
    return not (gap(line, after) < 0.6 and re.search(r"\d", line.words))


def gap(above: Line, below: Line) -> float:
    """The white between two lines, in heights of the lower; below 0 where they overlap."""
    return (above.bottom - below.top) / max(below.size, 1)


def grouped(lines: list[Line], levels: dict[int, int]) -> Iterator[Block]:
    """Lines joined into blocks."""
    margins = right_margins(lines)
    compounds = set(re.findall(r"\w+-\w+", " ".join(line.words for line in lines).lower()))
    held = lines[:1]
    before = "\n\n"
    for last, line in pairwise(lines):
        if joins(held, line, levels, margins[id(last)]):
            held.append(line)
            continue
        yield block(held, levels, compounds, before)
        before = between(last, line, levels)
        held = [line]
    yield block(held, levels, compounds, before)


def right_margins(lines: list[Line]) -> dict[int, float]:
    """How far to the right the lines of each line's column reach, by identity."""
    return {
        id(line): max(each.right for each in stack)
        for stack in stacks(lines, 1.5)
        for line in stack
    }


def joins(held: list[Line], line: Line, levels: dict[int, int], margin: float) -> bool:
    """Whether `line` goes on with the block of the lines `held`, whose column ends at `margin`."""
    last = held[-1]
    if levels.get(id(last)) != levels.get(id(line)) or last.page != line.page:
        return False
    if last.is_row or line.is_row or ITEM.match(line.words):
        return False
    if abs(last.size - line.size) > 0.1 * last.size or last.bold != line.bold:
        return False
    if id(line) in levels:
        return -0.5 < gap(last, line) < 0.5
    goes_on = line.words[0].islower() and not last.words.endswith(ENDS)
    if not goes_on and max(wide.breadth(last.words), wide.breadth(line.words)) < SHORT:
        return False
    if gap(last, line) < -0.9:  # the next column
        return goes_on
    rhythm = gap(held[-2], last) if len(held) > 1 else 0.45
    if gap(last, line) > max(rhythm, 0.1) + 0.15:
        return False
    return goes_on or (fills(last, line, margin) and not indented(held, line))


def fills(last: Line, line: Line, margin: float) -> bool:
    """Whether the next line's first word had no room left on the last one."""
    width = (line.right - line.left) / max(len(line.words), 1)
    if wide.is_wide(line.words):
        first = 0 if last.words.endswith(ENDS) else 1
    else:
        first = len(line.words.split()[0])
    return last.right + width * (first + 1) > margin - 0.5 * width


def indented(held: list[Line], line: Line) -> bool:
    """Whether `line` is set in from the block, as a new paragraph's first line is."""
    hanging = len(held) == 1 and ITEM.match(held[0].words)
    left = min(each.left for each in held)
    return not hanging and line.left > left + 0.8 * line.size


def between(last: Line, line: Line, levels: dict[int, int]) -> str:
    """What parts two blocks: " " or "" inside a sentence, "\\n" in a table or list, or "\\n\\n"."""
    if id(last) in levels or id(line) in levels:
        return "\n\n"
    if last.page != line.page:
        running = not (last.is_row or line.is_row or last.words.endswith(ENDS))
        if running and wide.is_wide(line.words):
            return wide.glue(last.words, line.words)
        return " " if running and line.words[0].islower() else "\n\n"
    near = 1.2 if last.is_row and line.is_row else 0.6
    return "\n" if -0.9 < gap(last, line) < near else "\n\n"


def block(held: list[Line], levels: dict[int, int], compounds: set[str], before: str) -> Block:
    words = held[0].words
    for line in held[1:]:
        words = joined(words, line.words, compounds)
    return Block(words, levels.get(id(held[0]), 0), before, held[0].page)


def joined(above: str, below: str, compounds: set[str]) -> str:
    """Two lines as one; a hyphen between them goes unless the document writes it elsewhere."""
    broken = re.search(r"([^\W\d_]+)-$", above)
    if not broken or not below[0].islower():
        return f"{above}{wide.glue(above, below)}{below}"
    rest = re.match(r"\w+", below)
    whole = f"{broken.group(1)}-{rest.group() if rest else ''}".lower()
    return above + below if whole in compounds else above[:-1] + below


def title(blocks: list[Block]) -> str:
    """The highest heading of the first page that has one, or ""."""
    found = [block for block in blocks if block.level]
    first = [block for block in found if block.page == found[0].page]
    return min(first, key=lambda block: block.level).text if first else ""
