"""A text into passages: along sections, pages, turns and paragraphs, never inside a sentence."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from archive.ingestion.clean import Cleaned, Heading
from archive.ingestion.parse.titles import readable
from archive.ingestion.parse.wide import CHARACTER, WIDE, count
from archive.sentences import sentences

# Word-pieces, as the local embedding model counts them: it reads 256 of title and passage.
LIMIT = 236
IDEAL = 180
SMALL = 60  # a section below this is joined by the next one beside it
TAIL = 30  # what is left of a section below this is joined to what came before
LONGEST_TITLE = 70
# A word, a number, a mark, or one character of a script without spaces.
PIECE = re.compile(rf"[{WIDE}]|[^\W\d_{WIDE}]+|\d+|[^\w\s]")
# What an enormous sentence may be cut between: words, or in Japanese the marks within a sentence.
STRETCH = re.compile(
    rf"[{WIDE}]{{0,30}}?[、，；：」』）]\s*|[{WIDE}]{{1,30}}\s*|[^\s{WIDE}]{{1,400}}\s*"
)
BETWEEN = " › "


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage to be: `text[start:end]` of the cleaned text."""

    start: int
    end: int
    text: str
    title: str  # document title and heading path
    page: int | None
    speaker: str  # who says most of it
    words: int


@dataclass(frozen=True, slots=True)
class Split:
    document: Cleaned
    pieces: list[Piece]  # by start, not overlapping


@dataclass(frozen=True, slots=True)
class Unit:
    """A line, or a sentence of one too long; never parted."""

    start: int
    end: int
    size: int  # word-pieces
    path: tuple[str, ...]  # the headings above it
    section: int  # number of the top-level section it is in
    line: int = 0  # word-pieces of the whole line that begins here; 0 inside a line
    page: bool = False  # whether it is the first of its page


def split(document: Cleaned) -> Split:
    pieces: list[Piece] = []
    # A document that says nothing but its title is found by that.
    found = list(units(document)) or [unit(document.text, 0, len(document.text), [], 0)]
    for _, section in groupby(found, key=lambda unit: unit.section):
        pieces.extend(piece(group, document) for group in groups(list(section), document))
    return Split(document, pieces)


def weight(text: str) -> int:
    """About how many word-pieces the local model makes of `text` (within a tenth)."""
    return sum(map(parts, PIECE.findall(text)))


def parts(word: str) -> int:
    if CHARACTER.match(word):
        return 1
    if word[0].isdigit():
        return 1 if len(word) == 4 else (len(word) + 1) // 2
    return 1 + (len(word) - 1) // 8 + (not word.isascii())


def units(document: Cleaned) -> Iterator[Unit]:
    """The text's units in order. A heading is one only if nothing stands under it."""
    text, own = document.text, own_title(document)
    top = top_level([heading for heading in document.headings if heading is not own])
    headings = {heading["start"]: heading for heading in document.headings}
    pages = {page["start"] for page in document.pages}
    stack: list[Heading] = []
    bare: Heading | None = None  # the heading just read
    section = 0
    for start, end in lines(text):
        heading = headings.get(start)
        if heading is None:
            bare = None
        if bare and heading and bare["level"] >= heading["level"]:
            yield unit(text, bare["start"], bare["end"], stack[:-1], section)
        if heading and heading is not own:
            section += heading["level"] <= top
            stack = [each for each in stack if each["level"] < heading["level"]] + [heading]
            bare = heading
        elif heading is None or readable(text[start:end]).casefold() != document.title.casefold():
            for number, each in enumerate(parted(text, start, end)):
                line = 0 if number else weight(text[start:end])
                found = unit(text, *each, stack, section)
                yield replace(found, line=line, page=each[0] in pages)
    if bare:
        yield unit(text, bare["start"], bare["end"], stack[:-1], section)


def own_title(document: Cleaned) -> Heading | None:
    """The heading that stands above the whole text: it is no section's."""
    first = next(iter(document.headings), None)
    if first is None or first["start"] > 0:
        return None
    levels = [heading["level"] for heading in document.headings]
    return first if levels.count(first["level"]) == 1 and first["level"] == min(levels) else None


def unit(text: str, start: int, end: int, stack: list[Heading], section: int) -> Unit:
    path = tuple(text[each["start"] : each["end"]] for each in stack)
    return Unit(start, end, weight(text[start:end]), path, section)


def top_level(headings: list[Heading]) -> int:
    """The highest level with more than one heading, or the highest."""
    levels = Counter(heading["level"] for heading in headings)
    return min([level for level, count in levels.items() if count > 1] or levels, default=1)


def lines(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n]+", text):
        yield match.span()


def parted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The line whole if a passage holds it, else its sentences, else stretches of words."""
    if weight(text[start:end]) <= IDEAL:
        yield start, end
        return
    bounds = sentences(text[start:end])
    starts = [start, *(start + first for first, _ in bounds[1:])]
    for first, last in zip(starts, [*starts[1:], end], strict=True):
        yield from stretches(text, first, last)


def stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """An enormous sentence in parts of at most IDEAL, cut between words (or inside, if it must)."""
    first, last, size = start, start, 0
    for match in STRETCH.finditer(text, start, end):
        more = weight(match.group())
        if size and size + more > IDEAL:
            yield first, last
            first, size = match.start(), 0
        size += more
        last = match.end()
    yield first, end


def groups(section: list[Unit], document: Cleaned) -> Iterator[list[Unit]]:
    """The units of one top-level section, put together into passages."""
    for part in joined(section):
        room = LIMIT - weight(title(part[0].path, document.title))
        found = packed(part, room)
        if len(found) > 1 and total(found[-1]) < TAIL and total(found[-2] + found[-1]) <= room:
            found[-2:] = [found[-2] + found[-1]]
        yield from found


def packed(part: list[Unit], room: int) -> list[list[Unit]]:
    """Passages of about the same size, none above `room`."""
    goal = total(part) / max(-(-total(part) // IDEAL), 1)
    found: list[list[Unit]] = []
    size = 0
    for each in part:
        if not found or ends(size, each, goal, room):
            found.append([])
            size = 0
        found[-1].append(each)
        size += each.size
    return found


def total(units: list[Unit]) -> int:
    return sum(each.size for each in units)


def ends(size: int, each: Unit, goal: float, room: int) -> bool:
    """Whether a passage of `size` is better ended before `each`."""
    if size + each.size / 2 > goal or size + each.size > room:
        return True
    # A page or a paragraph that would be parted begins a passage of its own.
    cut = each.page or (each.line > each.size and size + each.line > room)
    return cut and size > goal / 2


def joined(section: list[Unit]) -> Iterator[list[Unit]]:
    """Sections below the top one, the small ones joined with the next."""
    held: list[Unit] = []
    for _, group in groupby(section, key=lambda each: each.path):
        part = list(group)
        if total(held) >= SMALL:
            yield held
            held = []
        held = held + part
    yield held


def piece(group: list[Unit], document: Cleaned) -> Piece:
    start, end = group[0].start, group[-1].end
    text = document.text[start:end]
    start, text = start + len(text) - len(text.lstrip()), text.strip()
    return Piece(
        start=start,
        end=start + len(text),
        text=text,
        title=title(group[0].path, document.title),
        page=next((p["number"] for p in reversed(document.pages) if p["start"] <= start), None),
        speaker=speaker(document, start, start + len(text)),
        words=count(text),
    )


def title(path: tuple[str, ...], document: str) -> str:
    """The document's title and the headings, the outer ones left out if there are too many."""
    names = [name for name in path if name.casefold() != document.casefold()]
    while len(names) > 1 and weight(BETWEEN.join([document, *names])) > LONGEST_TITLE:
        names.pop(0)
    return BETWEEN.join(filter(None, [document, *names]))


def speaker(document: Cleaned, start: int, end: int) -> str:
    """Who says most of `text[start:end]`, "" where nobody is named."""
    said: dict[str, int] = {}
    first = bisect_right(document.turns, start, key=lambda turn: turn.end)
    for number in range(first, len(document.turns)):
        turn = document.turns[number]
        if turn.start >= end:
            break
        share = min(end, turn.end) - max(start, turn.start)
        said[turn.speaker] = said.get(turn.speaker, 0) + share
    return max(said, key=lambda name: said[name], default="")
