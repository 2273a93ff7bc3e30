"""Blocks into one text, normalised before any offset is taken."""

from dataclasses import dataclass, field
from typing import TypedDict

from archive.ingestion.language import language_of
from archive.ingestion.leave_out import NO_CHOICES, Choices, LeftOut, arranged
from archive.ingestion.mend import mend
from archive.ingestion.parse.blocks import Block, Parsed
from archive.ingestion.plain import plain as plain

LONGEST_TITLE = 300  # characters


class Heading(TypedDict):
    level: int
    start: int
    end: int


class Page(TypedDict):
    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says, the name before it included."""

    speaker: str
    start: int
    end: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The text of a document for ever after: every span is `text[start:end]`, by start.

    Pages follow one another without a gap; headings and turns do not overlap.
    """

    text: str
    title: str
    headings: list[Heading] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    language: str = ""  # ISO 639-1; "" where it cannot be told
    date: str = ""  # ISO 8601 to the year, month or day
    metadata: dict[str, str] = field(default_factory=dict)  # stated by the file, as in Document
    media_type: str = ""
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # sentences on what is amiss in the file
    unread_pages: list[int] = field(default_factory=list)  # their numbers


def clean(parsed: Parsed, choices: Choices = NO_CHOICES) -> Cleaned:
    """The text of `parsed`, without what cleaning leaves out and a person has not restored."""
    blocks, left_out = arranged(parsed, choices)
    parts: list[str] = []
    length = 0
    headings: list[Heading] = []
    turns: list[Turn] = []
    starts: list[tuple[int, int]] = []  # (page, offset)
    for block in blocks:
        words = plain(block.text)
        if not words:
            continue
        before = block.before if parts else ""
        start = length + len(before)
        parts += [before, words]
        length = start + len(words)
        if block.page is not None and (not starts or starts[-1][0] != block.page):
            starts.append((block.page, start))
        if block.level:
            headings.append({"level": block.level, "start": start, "end": length})
        if block.speaker:
            turns.append(Turn(plain(block.speaker), start, length, block.seconds))
    text = "".join(parts)
    return Cleaned(
        text=text,
        title=plain(mend(parsed.title)[0])[:LONGEST_TITLE],
        headings=headings,
        pages=spans(starts, length),
        turns=turns,
        language=parsed.language[:2].lower() or language_of(text),
        date=parsed.date,
        metadata={name: plain(value) for name, value in parsed.metadata.items()},
        media_type=parsed.media_type,
        left_out=left_out,
        notes=parsed.notes,
        unread_pages=parsed.unread_pages,
    )


def spans(starts: list[tuple[int, int]], length: int) -> list[Page]:
    ends = [start for _, start in starts[1:]] + [length] * bool(starts)
    return [
        {"number": number, "start": start if place else 0, "end": end}
        for place, ((number, start), end) in enumerate(zip(starts, ends, strict=True))
    ]


def from_text(text: str, title: str = "", language: str = "") -> Cleaned:
    """A document that was never a file; its paragraphs are parted by empty lines."""
    lines = [
        (line, bool(at)) for part in text.split("\n\n") for at, line in enumerate(part.splitlines())
    ]
    blocks = [Block(line, before="\n" if close else "\n\n") for line, close in lines]
    return clean(Parsed(blocks, title, language))
