"""A picture without where it was taken; its pixels stay as they are, byte for byte.

Left out are the positions of satellites, the names of places in IPTC and XMP, the notes of the
camera's maker (which may hold both) and every part of a file whose meaning is not known. A
caption stays as it is written.
"""

import re
from typing import Any

from lxml import etree

from archive.ingestion.parse import exif, iptc, segments
from archive.ingestion.parse.blocks import ParseError

NAMES = re.compile(r"gps|latitude|longitude|altitude|location|^geo|^Thumbnails$", re.I)
PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"
CORE = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
NAMED = {
    *((PHOTOSHOP, name) for name in ("City", "State", "Country")),
    (CORE, "CountryCode"),
}


def without_places(data: bytes) -> bytes:
    """`data` as it is if it is no picture, or says nothing of a place.

    Raises ParseError for a picture that is damaged.
    """
    media_type = segments.kind_of(data[:12])
    if not media_type:
        return data
    kept = []
    for piece in segments.pieces(data):
        if piece.kind in CLEANED:
            left = cleaned(piece, strict=media_type == segments.TIFF)
            if left != piece.payload:
                kept.append(segments.remade(piece, left, media_type) if left else b"")
                continue
        if piece.kind != segments.OTHER:
            kept.append(piece.raw)
    found = b"".join(kept)
    if media_type == segments.WEBP:
        found = found[:4] + (len(found) - 8).to_bytes(4, "little") + found[8:]
    return found


def cleaned(piece: segments.Piece, *, strict: bool) -> bytes:
    """The words of a piece without places; none at all where they cannot be read."""
    try:
        return CLEANED[piece.kind](piece.payload)
    except ParseError:
        if strict:
            raise
        return b""


def of_exif(data: bytes) -> bytes:
    """The same number of bytes: what is taken out is zero, what is shortened is padded."""
    directories = exif.Directories(data)
    made = bytearray(data)
    for entries in list(directories.all()):
        kept = [entry for entry in entries if is_kept(directories, entry, made)]
        if len(kept) < len(entries):
            shorten(made, entries, kept, directories.order)
    return bytes(made)


def is_kept(directories: exif.Directories, entry: exif.Entry, made: bytearray) -> bool:
    """Whether the entry stays; clears its value in `made` if it does not."""
    value = directories.value(entry)
    if entry.tag in exif.PLACES:
        if entry.tag == exif.GPS:
            for at in directories.numbers(entry):
                inner, _ = directories.entries(at)
                for each in inner:
                    clear(made, each.start, each.size)
                clear(made, at, 2 + 12 * len(inner))
        clear(made, entry.start, entry.size)
        return False
    rewrite = INSIDE.get(entry.tag)
    if rewrite is None or entry.size <= 4:
        return True
    left = rewrite(value)
    if left == value:
        return True
    clear(made, entry.start, entry.size)
    if not left or len(left) > entry.size:
        return False
    padding = b" " if entry.tag == exif.XMP else b"\x00"
    made[entry.start : entry.start + len(value)] = left.ljust(len(value), padding)
    return True


def clear(made: bytearray, start: int, size: int) -> None:
    end = min(start + size, len(made))
    if start < end:
        made[start:end] = bytes(end - start)


def shorten(made: bytearray, entries: list[exif.Entry], kept: list[exif.Entry], order: str) -> None:
    """The directory of `entries` with those `kept` alone, in its place."""
    start, end = entries[0].at - 2, entries[-1].at + 12
    rows = b"".join(bytes(made[entry.at : entry.at + 12]) for entry in kept)
    count = len(kept).to_bytes(2, "little" if order == "<" else "big")
    after = bytes(made[end : end + 4]) or bytes(4)
    whole = count + rows + after
    made[start : start + len(whole)] = whole
    clear(made, start + len(whole), end + 4 - start - len(whole))


def of_xmp(data: bytes) -> bytes:
    """The packet without what names a place; nothing of one that cannot be read."""
    root = packet(data)
    if root is None or root.getroottree().docinfo.doctype:  # which no program writes
        return b""
    changed = False
    for element in list(root.iter(etree.Element)):
        for name in list(element.attrib):
            if is_place(name):
                del element.attrib[name]
                changed = True
        parent = element.getparent()
        if parent is not None and is_place(element.tag):
            parent.remove(element)
            changed = True
    return etree.tostring(root.getroottree(), encoding="utf-8") if changed else data


def packet(data: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data.strip(b"\x00 \r\n\t"), parser)
    except (etree.LxmlError, ValueError):
        return None


def is_place(name: Any) -> bool:
    found = etree.QName(name)
    return bool(NAMES.search(found.localname)) or (found.namespace, found.localname) in NAMED


CLEANED = {
    segments.EXIF: of_exif,
    segments.XMP: of_xmp,
    segments.IPTC: iptc.resources_without_places,
}
INSIDE = {
    exif.XMP: of_xmp,
    exif.IPTC: iptc.without_places,
    exif.PHOTOSHOP: iptc.resources_without_places,
}
