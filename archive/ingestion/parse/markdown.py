"""Markdown into the words a reader sees, its marks removed."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from archive.ingestion.parse import html, titles
from archive.ingestion.parse.blocks import Block, Parsed, ParseError
from archive.ingestion.parse.encoding import decoded

DEEPEST = 40  # lists and quotes inside one another; what stands deeper the reader leaves out
READER = MarkdownIt("commonmark", {"html": True, "maxNesting": DEEPEST}).enable(
    ["table", "strikethrough"]
)
FRONT = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.S)
FIELD = re.compile(r"(\w[\w-]*)[ \t]*:[ \t]*(.*)")
QUOTES = "\"'"
FIELDS = ("kind", "date", "season", "collection", "people", "rights", "audience", "embargo_until")
# Notes as footnotes, or in the square tags some publishing systems leave behind.
NOTE = re.compile(r"^\[\^([^\]\s]+)\]:[ \t]+(.*(?:\n(?:[ \t]+\S.*))*)\n?", re.M)
CALL = re.compile(r"\[\^[^\[\]\s]+\]")
# Neither part of a note's tags may hold another's: a page of open tags takes no longer than others.
TAGGED = re.compile(
    r"(?<!\s)\s*\[(ref|footnote|fn)\]((?:[^\[]|\[(?!/?(?:ref|footnote|fn)\]))*)\[/\1\]", re.S | re.I
)
APART = re.compile(r"(?<=\S)(?: {3,}|\u00a0{2,} *)(?=\S)")  # what is left of a paragraph's end
WORDY = 300  # characters of a line above which wide gaps part paragraphs, not columns


def parse(data: bytes, stem: str) -> Parsed:
    text = decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    given, text = front_matter(text)
    text, notes = without_notes(text)
    blocks = [*to_blocks(read(parted(text))), *note_blocks(notes)]
    heading = next((block.text for block in blocks[:3] if block.level == 1), "")
    title = given.get("title") or titles.readable(heading) or titles.from_name(stem)
    stated = {name: given[name] for name in FIELDS if given.get(name)}
    language = given.get("language") or given.get("lang", "")
    return Parsed(blocks, title, language, titles.date_in_name(stem), stated)


def read(text: str) -> list[Token]:
    """Raises ParseError where something would be left out."""
    tokens = READER.parse(text)
    if any(token.level >= DEEPEST - 1 for token in tokens):
        raise ParseError(
            "This file is nested too deeply: its lists or quotes stand in one another."
        )
    return tokens


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The `key: value` lines between rules at the start, lists joined by ", ", and the rest."""
    found = FRONT.match(text)
    if not found:
        return {}, text
    fields: dict[str, str] = {}
    name = ""
    for line in found.group(1).splitlines():
        item = line.strip()
        if item.startswith("- ") and name:
            fields[name] = ", ".join(filter(None, [fields[name], item[2:].strip(QUOTES)]))
        elif match := FIELD.fullmatch(item):
            name, value = match.group(1).lower(), match.group(2).strip()
            parts = value[1:-1].split(",") if re.fullmatch(r"\[.*\]", value) else [value]
            fields[name] = ", ".join(part.strip().strip(QUOTES) for part in parts)
    return fields, text[found.end() :]


def without_notes(text: str) -> tuple[str, list[str]]:
    """The text without its notes, and the notes, which follow it at the end."""
    written = {match.group(1): match.group(2) for match in NOTE.finditer(text)}
    text = CALL.sub("", NOTE.sub("", text)) if written else text
    tagged = [match.group(2) for match in TAGGED.finditer(text)]
    return TAGGED.sub("", text), [*written.values(), *tagged]


def note_blocks(notes: list[str]) -> Iterator[Block]:
    for number, note in enumerate(notes, start=1):
        words = " ".join(block.text for block in to_blocks(read(note)))
        yield Block(f"Note {number}. {words}", before="\n\n" if number == 1 else "\n")


def parted(text: str) -> str:
    """Paragraphs that were run together with wide gaps, parted again."""
    return "\n".join(
        APART.sub("\n\n", line) if len(line) > WORDY and not line.startswith("|") else line
        for line in text.split("\n")
    )


def to_blocks(tokens: list[Token]) -> list[Block]:
    """One block for each heading, paragraph, item, row or line of code."""
    blocks: list[Block] = []
    place = Place()
    for number, token in enumerate(tokens):
        place.meet(token)
        if token.type == "inline":
            if token.content and not place.in_row:
                lines = inline(token).split("\n")
                blocks.append(Block(place.mark + lines[0], place.level, place.before()))
                blocks.extend(Block(line, before="\n") for line in lines[1:])
            place.mark = ""
        elif token.type == "tr_open":
            cells = [inline(cell) for cell in row_of(tokens, number)]
            blocks.append(Block(" | ".join(cells), before=place.before()))
        elif token.type in {"code_block", "fence"}:
            lines = token.content.strip("\n").split("\n")
            blocks.extend(Block(line, before="\n" if n else "\n\n") for n, line in enumerate(lines))
        elif token.type == "html_block":
            blocks.extend(html.fragment(token.content))
    return blocks


class Place:
    """Where in lists and tables the reading has come to."""

    def __init__(self) -> None:
        self.level = 0
        self.mark = ""  # of the list item that the next words begin
        self.in_row = False
        self.close = False  # whether the next block stands right under the last
        self.counts: list[int | None] = []  # of each open list, None where it has no numbers

    def before(self) -> str:
        before = "\n" if self.close else "\n\n"
        self.close = bool(self.counts) or self.in_row
        return before

    def meet(self, token: Token) -> None:
        kind = token.type
        if kind == "heading_open":
            self.level = int(token.tag[1])
        elif kind == "heading_close":
            self.level = 0
        elif kind in {"bullet_list_open", "ordered_list_open"}:
            first = int(token.attrs.get("start", 1)) if kind.startswith("ordered") else None
            self.counts.append(first)
        elif kind in {"bullet_list_close", "ordered_list_close"}:
            self.counts.pop()
            self.close = bool(self.counts)
        elif kind == "list_item_open":
            self.mark = self.item()
        elif kind in {"tr_open", "tr_close"}:
            self.in_row = kind == "tr_open"
        elif kind == "table_close":
            self.close = False

    def item(self) -> str:
        count = self.counts[-1]
        if count is None:
            return "• "
        self.counts[-1] = count + 1
        return f"{count}. "


def row_of(tokens: list[Token], start: int) -> Iterator[Token]:
    """The cells' words of the row that opens at `start`."""
    for number in range(start + 1, len(tokens)):  # no slice: it would copy the rest for each row
        token = tokens[number]
        if token.type == "tr_close":
            return
        if token.type == "inline":
            yield token


def inline(token: Token) -> str:
    """The words of a run of text; a forced line end is "\\n"."""
    words: list[str] = []
    for child in token.children or []:
        if child.type in {"text", "code_inline"}:
            words.append(child.content)
        elif child.type == "softbreak":
            words.append(" ")
        elif child.type == "hardbreak" or (
            child.type == "html_inline" and child.content.lower().startswith("<br")
        ):
            words.append("\n")
        elif child.type == "image":
            words.append(inline(child))
    return "".join(words)
