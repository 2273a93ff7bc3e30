"""What every parser makes of a file: blocks of text in reading order."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

MOST = 5_000_000  # characters of a document, some 1,500 pages: minutes of one worker


class ParseError(Exception):
    """A file that cannot be read; the text is one plain sentence for a curator."""


def too_long() -> ParseError:
    return ParseError(
        f"This file holds more than {MOST // 1_000_000} million characters of text: "
        "bring it in in parts."
    )


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, row, list item or spoken turn."""

    text: str
    level: int = 0  # of a heading, 1 the highest; 0 is no heading
    before: str = "\n\n"  # what parts it from the block before: "\n\n", "\n", " " or ""
    page: int | None = None
    speaker: str = ""
    seconds: float | None = None  # into the recording


@dataclass(frozen=True, slots=True)
class Dropped:
    """A stretch of the file that is not among its blocks, and why."""

    text: str  # its lines are parted by "\n"
    rule: str  # running_head, navigation, ...
    value: str  # what the rule saw or measured, in words
    place: int  # how many blocks stand before it
    page: int | None = None
    likened: str = ""  # by what it is known again, in another version say; "" for its text


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file's blocks, and what can be learnt of it from the file."""

    blocks: list[Block]
    title: str = ""
    language: str = ""  # ISO 639-1, if the file says
    date: str = ""  # ISO 8601 to the year, month or day
    metadata: dict[str, str] = field(default_factory=dict)  # stated by the file, as in Document
    media_type: str = ""
    notes: list[str] = field(default_factory=list)  # sentences on what is amiss in the file
    unread_pages: list[int] = field(default_factory=list)  # their numbers: no text, but a picture
    dropped: list[Dropped] = field(default_factory=list)  # by place

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Parsed":
        fields: dict[str, Any] = json.loads(text)
        blocks = [Block(**block) for block in fields.pop("blocks")]
        dropped = [Dropped(**each) for each in fields.pop("dropped", ())]
        return cls(blocks=blocks, dropped=dropped, **fields)
