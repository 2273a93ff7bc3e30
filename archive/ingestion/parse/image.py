"""Pictures by what they say of themselves: captions, names and words from XMP, IPTC and EXIF."""

import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from archive.ingestion.parse import exif, iptc, places, segments, titles
from archive.ingestion.parse.blocks import Block, Parsed, ParseError
from archive.ingestion.parse.segments import DAMAGED

LONGEST_SIDE = 30_000  # pixels
MOST_PIXELS = 400_000_000
LONGEST_RIGHTS = 300  # characters
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
EXT = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
BASIC = "{http://ns.adobe.com/xap/1.0/}"
TERMS = "{http://ns.adobe.com/xap/1.0/rights/}"
# What a camera or a program writes where nobody has written anything.
MACHINE = re.compile(
    r"^(?:olympus|sony|minolta|konica|digital|kodak|samsung|default|\s*camera)[\w ]*$"
    r"|^(?:dsc|img|dcim|p\d|image|screenshot|untitled)[\w ./-]*$"
    r"|digital camera$|^<.*>$|^[0-9a-f]{32,}$|^comment in gimp"
    r"|gd-jpeg|created with|file written by|^lead technologies|^intel\(r\)|^processed by|^ascii",
    re.I,
)


@dataclass(slots=True)
class Said:
    """What a picture says, the surest first, nothing twice."""

    titles: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    makers: list[str] = field(default_factory=list)
    rights: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)  # ISO 8601 to the year, month or day

    def add(self, name: str, values: Iterable[str]) -> None:
        known: list[str] = getattr(self, name)
        for value in values:
            words = " ".join(value.split())
            if words and not MACHINE.search(words) and words not in known:
                known.append(words)

    def blocks(self) -> list[Block]:
        """The title, its captions, then who and what is in the picture, and who made it."""
        heading, captions = self.titles[:1], [*self.titles[1:], *self.captions]
        found = [Block(words, 1) for words in heading]
        found += [Block(words) for words in dict.fromkeys(captions) if words not in heading]
        rows = [
            f"{label}: {', '.join(values)}"
            for label, values in (("People", self.people), ("Keywords", self.keywords))
            if values
        ]
        if self.makers and (found or rows):
            rows.append(f"Picture: {', '.join(self.makers)}")
        return found + [
            Block(row, before="\n" if place else "\n\n") for place, row in enumerate(rows)
        ]


def parse(data: bytes, stem: str) -> Parsed:
    """A picture without words has no blocks, and its one page is unread."""
    media_type = segments.kind_of(data[:12])
    found = segments.pieces(data)
    check_size(size(found, media_type))
    said = Said()
    pieces = sorted(
        (piece for piece in found if piece.kind in READERS), key=lambda each: ORDER[each.kind]
    )
    for piece in pieces:
        try:
            READERS[piece.kind](piece.payload, said)
        except ParseError:
            if media_type == segments.TIFF:
                raise
    blocks = said.blocks()
    metadata = {
        "people": ", ".join(name.replace(",", " ") for name in said.people),
        "rights": next(iter(said.rights), "")[:LONGEST_RIGHTS],
    }
    return Parsed(
        blocks,
        (said.titles or [titles.from_name(stem)])[0],
        date=next(iter(said.dates), "") or titles.date_in_name(stem),
        metadata={name: value for name, value in metadata.items() if value},
        unread_pages=[] if blocks else [1],
    )


def size(found: list[segments.Piece], media_type: str) -> tuple[int, int]:
    """Width and height in pixels, as the file states them."""
    if media_type != segments.TIFF:
        stated = next((each.payload for each in found if each.kind == segments.SIZE), b"")
        if len(stated) != 4:
            raise ParseError(DAMAGED)
        width, height = struct.unpack(">HH", stated)
        return width, height
    directories = exif.Directories(found[0].payload)
    first = next(iter(directories.all()), [])
    stated_as = {each.tag: directories.numbers(each) for each in first}
    width, height = (max(stated_as.get(tag, [0]), default=0) for tag in (exif.WIDTH, exif.HEIGHT))
    return width, height


def check_size(size: tuple[int, int]) -> None:
    width, height = size
    if not width or not height:
        raise ParseError(DAMAGED)
    if max(size) > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise ParseError(
            f"This picture is larger than {LONGEST_SIDE:,} pixels a side or "
            f"{MOST_PIXELS // 1_000_000} million in all: bring in a smaller copy."
        )


def of_xmp(data: bytes, said: Said) -> None:
    root = places.packet(data)
    if root is None:
        return
    for name, fields in XMP_FIELDS.items():
        for each in fields:
            said.add(name, values(root, each))
    for each in (f"{PHOTOSHOP}DateCreated", f"{EXT}CircaDateCreated", f"{BASIC}CreateDate"):
        said.add("dates", map(titles.partial_date, values(root, each)))


XMP_FIELDS = {
    "titles": (f"{DC}title", f"{PHOTOSHOP}Headline"),
    "captions": (
        f"{DC}description",
        f"{CORE}AltTextAccessibility",
        f"{CORE}ExtDescrAccessibility",
    ),
    "people": (f"{EXT}PersonInImage",),
    "keywords": (f"{DC}subject",),
    "makers": (f"{DC}creator",),
    "rights": (f"{DC}rights", f"{TERMS}UsageTerms", f"{PHOTOSHOP}Credit"),
}


def values(root: Any, name: str) -> list[str]:
    """Of one property, written as an attribute, as an element or as a list of them."""
    found = [element.get(name) for element in root.iter() if element.get(name)]
    for element in root.iter(name):
        items = list(element.iter(f"{RDF}li"))
        found += ["".join(item.itertext()) for item in items or [element]]
    return found


def of_iptc(data: bytes, said: Said) -> None:
    from_captions(iptc.captions(data), said)


def from_captions(data: bytes, said: Said) -> None:
    found = iptc.fields(data)
    for name, numbers in IPTC_FIELDS.items():
        for number in numbers:
            said.add(name, found.get(number, []))
    said.add("dates", (iso_date(each) for each in found.get(iptc.DATE, [])))


IPTC_FIELDS = {
    "titles": (iptc.TITLE, iptc.HEADLINE),
    "captions": (iptc.CAPTION,),
    "keywords": (iptc.KEYWORD,),
    "makers": (iptc.WRITER,),
    "rights": (iptc.RIGHTS, iptc.CREDIT),
}


def of_exif(data: bytes, said: Said) -> None:
    directories = exif.Directories(data)
    for entries in directories.all():
        for entry in entries:
            value = directories.value(entry)
            if entry.tag in INSIDE:
                INSIDE[entry.tag](value, said)
            elif entry.tag in {exif.TAKEN, exif.CHANGED}:
                said.add("dates", [iso_date(exif.words(value, entry.tag))])
            elif entry.tag in EXIF_FIELDS:
                words = exif.words(value, entry.tag)
                listed = words.split(";") if entry.tag == exif.XP_KEYWORDS else [words]
                said.add(EXIF_FIELDS[entry.tag], listed)


EXIF_FIELDS = {
    exif.XP_TITLE: "titles",
    exif.DESCRIPTION: "captions",
    exif.XP_SUBJECT: "captions",
    exif.XP_COMMENT: "captions",
    exif.COMMENT: "captions",
    exif.XP_KEYWORDS: "keywords",
    exif.ARTIST: "makers",
    exif.COPYRIGHT: "rights",
}
INSIDE = {exif.XMP: of_xmp, exif.IPTC: from_captions, exif.PHOTOSHOP: of_iptc}


def iso_date(written: str) -> str:
    """ "20240502" and "2024:05:02 10:00:00" in ISO 8601, "" for what is no day."""
    found = re.match(r"(\d{4})[:-]?(\d\d)?[:-]?(\d\d)?", written.strip())
    if not found or found.group(1) < "1000":
        return ""
    year, month, day = found.groups()
    if not month or not "01" <= month <= "12":
        return year
    return f"{year}-{month}-{day}" if day and "01" <= day <= "31" else f"{year}-{month}"


def of_comment(data: bytes, said: Said) -> None:
    said.add("captions", [data.decode("utf-8", "replace").strip("\x00")])


READERS = {
    segments.XMP: of_xmp,
    segments.IPTC: of_iptc,
    segments.EXIF: of_exif,
    segments.COMMENT: of_comment,
}
ORDER = {kind: place for place, kind in enumerate(READERS)}
