"""Plain text: paragraphs, wrapped lines joined, headings guessed with care."""

import re
from itertools import pairwise

from archive.ingestion.parse import titles
from archive.ingestion.parse.blocks import Block, Parsed
from archive.ingestion.parse.encoding import decoded

RULE = re.compile(r"\s*([-=_*~#.+])\1{2,}\s*$|\s*(?:[-=_*~] ){2,}[-=_*~]\s*$")
NUMBERED = re.compile(r"\d+(?:\.\d+)*[.)]?\s+[A-ZÀ-Þ]")
ITEM = re.compile(r"\s*(?:[•▪◦‣*–-]|\d{1,3}[.)]|[a-z][.)])\s+\S")
GAP = re.compile(r"(?<=\S)(?: {3,}| *\t\s*)(?=\S)")  # between columns
WRAPPED = (50, 100)  # characters of a full line, where an editor has wrapped the text
HEADING = 12  # words at most


def parse(data: bytes, stem: str) -> Parsed:
    blocks = list(to_blocks(decoded(data)))
    first = blocks[0] if blocks else Block("")
    title = first.text if first.level else titles.from_name(stem)
    return Parsed(blocks, title, date=titles.date_in_name(stem))


def to_blocks(text: str) -> list[Block]:
    blocks: list[Block] = []
    for number, (lines, ruled) in enumerate(paragraphs(text)):
        if level := heading_level(lines, ruled, first=number == 0):
            blocks.append(Block(" ".join(lines), level))
            continue
        joined = unwrapped(lines)
        blocks.append(Block(joined[0]))
        blocks.extend(Block(line, before="\n") for line in joined[1:])
    return blocks


def paragraphs(text: str) -> list[tuple[list[str], bool]]:
    """Lines that stand together, and whether a ruled line follows them directly."""
    found: list[tuple[list[str], bool]] = []
    lines: list[str] = []
    for line in [*text.splitlines(), ""]:
        ruled = bool(RULE.match(line))
        if line.strip() and not ruled:
            lines.append(line.rstrip())
        elif lines:
            found.append((lines, ruled))
            lines = []
    return found


def heading_level(lines: list[str], ruled: bool, *, first: bool) -> int:
    """1 for a title, a ruled or a capital line, 2 for a numbered one, 0 for no heading."""
    line = lines[0].strip()
    if len(lines) > 1 or GAP.search(line) or line[-1] in ".,;:!?…":
        return 0
    if first and len(line) <= 120:
        return 1
    if len(line.split()) > HEADING or not any(letter.isalpha() for letter in line):
        return 0
    if ruled or (line.isupper() and len(line) > 3):
        return 1
    return 2 if NUMBERED.match(line) else 0


def unwrapped(lines: list[str]) -> list[str]:
    """Lines joined where an editor broke them, kept where the writer did."""
    longest = max(map(len, lines))
    wrapped = WRAPPED[0] <= longest <= WRAPPED[1]
    joined = [[lines[0].strip()]]  # the parts of each line to be
    for before, line in pairwise(lines):
        room = longest - len(before) - 1
        fits = len(line.split(maxsplit=1)[0]) <= room
        own = ITEM.match(line) or GAP.search(line) or GAP.search(before)
        if wrapped and not fits and not own:
            add(joined[-1], line.strip())
        else:
            joined.append([line.strip()])
    return [GAP.sub(" | ", "".join(parts)) for parts in joined]


def add(parts: list[str], line: str) -> None:
    """Continue a paragraph with `line`, a word broken by a hyphen made whole."""
    if re.search(r"\w-$", parts[-1]) and line[:1].islower():
        parts[-1] = parts[-1][:-1]
    else:
        parts.append(" ")
    parts.append(line)
