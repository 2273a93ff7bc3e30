"""Plain text: paragraphs, wrapped lines joined, headings guessed with care."""

import re
from itertools import pairwise

from archive.ingestion.parse import titles, wide
from archive.ingestion.parse.blocks import Block, Parsed
from archive.ingestion.parse.encoding import decoded

RULE = re.compile(r"\s*([-=_*~#.+])\1{2,}\s*$|\s*(?:[-=_*~] ){2,}[-=_*~]\s*$")
NUMBERED = re.compile(r"\d+(?:\.\d+)*[.)]?\s+[A-ZÀ-Þ]")
ITEM = re.compile(r"\s*(?:[•▪◦‣*–-]|\d{1,3}[.)]|[a-z][.)])\s+\S")
GAP = re.compile(r"(?<=\S)(?: {3,}| *\t\s*)(?=\S)")  # between columns
WRAPPED = (50, 100)  # columns of a full line, where an editor has wrapped the text
HEADING = 12  # words at most
# Kinds of headings, the higher first; their levels are counted from those that there are.
TITLE, CAPITAL, DOUBLE, SINGLE, NUMBER = range(1, 6)


def parse(data: bytes, stem: str) -> Parsed:
    blocks = list(to_blocks(decoded(data)))
    first = blocks[0] if blocks else Block("")
    title = first.text if first.level else titles.from_name(stem)
    return Parsed(blocks, title, date=titles.date_in_name(stem))


def to_blocks(text: str) -> list[Block]:
    blocks: list[Block] = []
    every = paragraphs(text)
    kinds = [heading(lines, rule, first=n == 0) for n, (lines, rule) in enumerate(every)]
    ranks = sorted(set(filter(None, kinds)))
    for kind, (lines, _) in zip(kinds, every, strict=True):
        if kind:
            blocks.append(Block(lines[0].strip(), ranks.index(kind) + 1))
            continue
        joined = unwrapped(lines)
        blocks.append(Block(joined[0]))
        blocks.extend(Block(line, before="\n") for line in joined[1:])
    return blocks


def paragraphs(text: str) -> list[tuple[list[str], str]]:
    """Lines that stand together, and the sign of the ruled line directly under them, or ""."""
    found: list[tuple[list[str], str]] = []
    lines: list[str] = []
    for line in [*text.splitlines(), ""]:
        ruled = bool(RULE.match(line))
        if line.strip() and not ruled:
            lines.append(line.rstrip())
        elif lines:
            found.append((lines, line.strip()[:1] if ruled else ""))
            lines = []
    return found


def heading(lines: list[str], rule: str, *, first: bool) -> int:
    """The kind of heading that a paragraph is, 0 for none."""
    line = lines[0].strip()
    if len(lines) > 1 or GAP.search(line) or line[-1] in ".,;:!?…。、！？":
        return 0
    short = wide.count(line) <= HEADING and any(letter.isalpha() for letter in line)
    if rule and short:
        return DOUBLE if rule == "=" else SINGLE
    if short and line.isupper() and len(line) > 3:
        return CAPITAL
    if first and len(line) <= 120:
        return TITLE
    return NUMBER if short and NUMBERED.match(line) else 0


def unwrapped(lines: list[str]) -> list[str]:
    """Lines joined where an editor broke them, kept where the writer did."""
    longest = max(map(wide.breadth, lines))
    wrapped = WRAPPED[0] <= longest <= WRAPPED[1]
    joined = [[lines[0].strip()]]  # the parts of each line to be
    for before, line in pairwise(lines):
        glue = wide.glue(before, line.strip())
        room = longest - wide.breadth(before) - len(glue)
        fits = wide.breadth(line.split(maxsplit=1)[0] if glue else line.strip()[:1]) <= room
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
        parts.append(wide.glue(parts[-1], line))
    parts.append(line)
