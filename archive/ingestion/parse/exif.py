"""The directories of a TIFF file, which EXIF is too: values read, and places taken out."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from archive.ingestion.parse.blocks import ParseError
from archive.ingestion.parse.segments import DAMAGED

# Bytes of each type of value, by its number.
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
WIDTH, HEIGHT, DESCRIPTION, CHANGED = 0x100, 0x101, 0x10E, 0x132
ARTIST, COPYRIGHT, TAKEN, COMMENT = 0x13B, 0x8298, 0x9003, 0x9286
XP_TITLE, XP_COMMENT, XP_KEYWORDS, XP_SUBJECT = 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F
XMP, IPTC, PHOTOSHOP = 0x2BC, 0x83BB, 0x8649
GPS, MAKER = 0x8825, 0x927C
# Directories inside directories: the camera's, and pictures inside the file.
INNER = {0x8769, 0xA005, 0x14A}
# Where a picture was taken, or where a map lies; a camera's own notes may say it too.
PLACES = {GPS, MAKER, 0x830E, 0x8480, 0x8482, 0x85D8, 0x87AF, 0x87B0, 0x87B1}
MOST_ENTRIES, MOST_DIRECTORIES = 1000, 1000


@dataclass(frozen=True, slots=True)
class Entry:
    at: int  # of its 12 bytes
    tag: int
    kind: int
    count: int
    start: int  # of its value
    size: int  # of its value in bytes


class Directories:
    """The directories of `data`, a TIFF; raises ParseError where they lead out of it."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.order = "<" if data[:2] == b"II" else ">"
        self.next = {"<": "<I", ">": ">I"}[self.order]

    def all(self) -> Iterator[list[Entry]]:
        """Each directory once, the first one first."""
        todo, seen = [self.long(4)], set[int]()
        while todo:
            at = todo.pop(0)
            if not at or at in seen:
                continue
            seen.add(at)
            if len(seen) > MOST_DIRECTORIES:
                raise ParseError(DAMAGED)
            entries, after = self.entries(at)
            yield entries
            todo.append(after)
            for entry in entries:
                if entry.tag in INNER:
                    todo += self.numbers(entry)

    def entries(self, at: int) -> tuple[list[Entry], int]:
        """The entries of the directory at `at`, and where the next one begins."""
        count = self.short(at)
        if count > MOST_ENTRIES:
            raise ParseError(DAMAGED)
        found = [self.entry(at + 2 + 12 * number) for number in range(count)]
        end = at + 2 + 12 * count
        return found, self.long(end) if end + 4 <= len(self.data) else 0

    def entry(self, at: int) -> Entry:
        tag, kind, count = self.short(at), self.short(at + 2), self.long(at + 4)
        size = SIZES.get(kind, 0) * count
        start = at + 8 if size <= 4 else self.long(at + 8)
        return Entry(at, tag, kind, count, start, size)

    def short(self, at: int) -> int:
        return int(self.number("H", at))

    def long(self, at: int) -> int:
        return int(self.number("I", at))

    def number(self, form: str, at: int) -> int:
        try:
            (found,) = struct.unpack_from(self.order + form, self.data, at)
        except struct.error:
            raise ParseError(DAMAGED) from None
        return int(found)

    def numbers(self, entry: Entry) -> list[int]:
        form = {3: "H", 4: "I", 13: "I"}.get(entry.kind)
        if form is None or entry.count > MOST_DIRECTORIES:
            return []
        step = SIZES[entry.kind]
        return [self.number(form, entry.start + step * place) for place in range(entry.count)]

    def value(self, entry: Entry) -> bytes:
        return self.data[entry.start : entry.start + entry.size]

    def is_within(self, entry: Entry) -> bool:
        return entry.start + entry.size <= len(self.data)


def words(value: bytes, tag: int) -> str:
    """A text value, whatever its program wrote it in."""
    if tag in {XP_TITLE, XP_COMMENT, XP_KEYWORDS, XP_SUBJECT}:
        return value.decode("utf-16-le", "replace").split("\x00")[0]
    if tag == COMMENT:
        mark, value = value[:8], value[8:]
        if mark.startswith(b"UNICODE"):
            wide = "utf-16-be" if value[:1] == b"\x00" else "utf-16-le"
            return value.decode(wide, "replace").split("\x00")[0]
    value = value.split(b"\x00")[0]
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")
