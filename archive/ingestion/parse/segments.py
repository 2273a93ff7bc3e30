"""A picture's file in pieces, so that its words can be read and its places left out.

No pixel is ever decoded: what a picture says of itself stands beside them. The pieces follow
JPEG (ITU T.81) with its APP segments, PNG (ISO 15948), WebP (RFC 9649) and TIFF 6.0.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from archive.ingestion.parse.blocks import ParseError

DAMAGED = "This picture could not be read: it is damaged."
LARGEST = 8 * 1024 * 1024  # bytes that a compressed text may unpack to
JPEG, PNG, TIFF, WEBP = "image/jpeg", "image/png", "image/tiff", "image/webp"
EXIF, XMP, IPTC, COMMENT = "exif", "xmp", "iptc", "comment"  # kinds of piece that hold words
SIZE = "size"  # the piece that states width and height
OTHER = "other"  # whose meaning is not known: left out of a kept copy
PLAIN = ""  # pixels and how to show them

SIGNATURES = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
)
APP_EXIF, APP_XMP = b"Exif\x00\x00", b"http://ns.adobe.com/xap/1.0/\x00"
APP_IPTC = b"Photoshop 3.0\x00"
SHOWN_APPS = ((0xE0, b""), (0xE2, b"ICC_PROFILE\x00"), (0xEE, b"Adobe"))
MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")  # inside the pixels: the next segment
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # segments that state the size
PNG_XMP = b"XML:com.adobe.xmp"
PNG_WORDS = {b"Title", b"Author", b"Description", b"Copyright", b"Comment", b"Creation Time"}
PNG_SHOWN = {
    *(b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD"),
    *(b"hIST", b"pHYs", b"sPLT", b"tIME", b"cICP", b"mDCV", b"cLLI", b"acTL", b"fcTL", b"fdAT"),
}
WEBP_SHOWN = {b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the file; all `raw` in order are the file, or its part that is the picture."""

    raw: bytes
    kind: str = PLAIN
    payload: bytes = b""  # the words' own bytes: TIFF for EXIF, XML for XMP
    name: str = ""  # of a comment


def kind_of(head: bytes) -> str:
    """The picture's media type by its first 12 bytes, or ""."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    return next((kind for mark, kind in SIGNATURES if head.startswith(mark)), "")


def pieces(data: bytes) -> list[Piece]:
    """Raises ParseError where the file is not what it begins as."""
    walk = {JPEG: of_jpeg, PNG: of_png, WEBP: of_webp}.get(kind_of(data[:12]))
    if walk is None:
        return [Piece(data, EXIF, data)]  # a TIFF is its own EXIF
    try:
        return list(walk(data))
    except (struct.error, IndexError, ValueError, zlib.error):
        raise ParseError(DAMAGED) from None


def of_jpeg(data: bytes) -> Iterator[Piece]:
    """What follows the picture's end, a film or a second picture say, is no part of it."""
    yield Piece(data[:2])
    at = 2
    while True:
        found = MARKER.search(data, at)
        if found is None:  # cut off, as old files often are
            yield Piece(data[at:])
            return
        if found.start() > at:
            yield Piece(data[at : found.start()])
        marker = data[found.end() - 1]
        if marker == 0xD9:
            yield Piece(b"\xff\xd9")
            return
        (length,) = struct.unpack_from(">H", data, found.end())
        at = found.end() + length
        if length < 2 or at > len(data):
            raise ValueError("a segment beyond the end")
        yield of_segment(marker, data[found.end() - 2 : at])


def of_segment(marker: int, raw: bytes) -> Piece:
    payload = raw[4:]
    if marker in FRAMES:
        return Piece(raw, SIZE, payload[3:5] + payload[1:3])
    if marker == 0xFE:
        return Piece(raw, COMMENT, payload, "Comment")
    if not 0xE0 <= marker <= 0xEF:
        return Piece(raw)
    for app, mark, kind in (
        (0xE1, APP_EXIF, EXIF),
        (0xE1, APP_XMP, XMP),
        (0xED, APP_IPTC, IPTC),
    ):
        if marker == app and payload.startswith(mark):
            return Piece(raw, kind, payload[len(mark) :])
    shown = any(marker == app and payload.startswith(mark) for app, mark in SHOWN_APPS)
    return Piece(raw, PLAIN if shown else OTHER)


def of_png(data: bytes) -> Iterator[Piece]:
    yield Piece(data[:8])
    at, name = 8, b""
    while name != b"IEND":
        (length,) = struct.unpack_from(">I", data, at)
        name = data[at + 4 : at + 8]
        end = at + 12 + length
        if end > len(data):
            raise ValueError("a chunk beyond the end")
        yield of_chunk(name, data[at:end])
        at = end


def of_chunk(name: bytes, raw: bytes) -> Piece:
    payload = raw[8:-4]
    if name == b"IHDR":
        return Piece(raw, SIZE, payload[2:4] + payload[6:8] if is_small(payload) else b"\xff" * 4)
    if name == b"eXIf":
        return Piece(raw, EXIF, payload)
    if name in {b"tEXt", b"zTXt", b"iTXt"}:
        key, words = written(name, payload)
        if key == PNG_XMP:
            return Piece(raw, XMP, words)
        if key in PNG_WORDS:
            return Piece(raw, COMMENT, words, key.decode("latin-1"))
    return Piece(raw, PLAIN if name in PNG_SHOWN else OTHER)


def is_small(header: bytes) -> bool:
    """Whether width and height fit 16 bits each; a larger picture is refused anyway."""
    return header[:2] == header[4:6] == b"\x00\x00"


def written(name: bytes, payload: bytes) -> tuple[bytes, bytes]:
    """Keyword and words of a PNG's text, in UTF-8."""
    key, _, rest = payload.partition(b"\x00")
    if name == b"tEXt":
        return key, rest.decode("latin-1").encode()
    if name == b"zTXt":
        return key, unpacked(rest[1:]).decode("latin-1").encode()
    packed, rest = rest[:1] == b"\x01", rest[2:]
    words = rest.partition(b"\x00")[2].partition(b"\x00")[2]
    return key, unpacked(words) if packed else words


def unpacked(data: bytes) -> bytes:
    """Raises ValueError for more than a text of a picture may be."""
    stream = zlib.decompressobj()
    found = stream.decompress(data, LARGEST)
    if stream.unconsumed_tail:
        raise ValueError("too long")
    return found


def of_webp(data: bytes) -> Iterator[Piece]:
    (size,) = struct.unpack_from("<I", data, 4)
    end = min(8 + size, len(data))
    yield Piece(data[:12])
    at = 12
    while at + 8 <= end:
        name = data[at : at + 4]
        (length,) = struct.unpack_from("<I", data, at + 4)
        after = at + 8 + length + length % 2
        if at + 8 + length > end:
            raise ValueError("a chunk beyond the end")
        yield of_riff(name, data[at:after], data[at + 8 : at + 8 + length])
        at = after


def of_riff(name: bytes, raw: bytes, payload: bytes) -> Piece:
    if name == b"EXIF":
        return Piece(raw, EXIF, payload.removeprefix(APP_EXIF))
    if name == b"XMP ":
        return Piece(raw, XMP, payload)
    if name == b"VP8X":
        width, height = (int.from_bytes(payload[at : at + 3], "little") + 1 for at in (4, 7))
        return Piece(raw, SIZE, struct.pack(">HH", min(width, 65535), min(height, 65535)))
    if name == b"VP8 ":
        width, height = (each & 0x3FFF for each in struct.unpack_from("<HH", payload, 6))
        return Piece(raw, SIZE, struct.pack(">HH", width, height))
    if name == b"VP8L":
        bits = int.from_bytes(payload[1:5], "little")
        return Piece(raw, SIZE, struct.pack(">HH", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
    return Piece(raw, PLAIN if name in WEBP_SHOWN else OTHER)


def remade(piece: Piece, payload: bytes, media_type: str) -> bytes:
    """`piece` with other words of the same kind, none where they do not fit any more."""
    if media_type == TIFF:
        return payload
    if media_type == JPEG:
        mark = {EXIF: APP_EXIF, XMP: APP_XMP, IPTC: APP_IPTC}[piece.kind]
        body = mark + payload
        return piece.raw[:2] + struct.pack(">H", len(body) + 2) + body if len(body) < 65534 else b""
    if media_type == WEBP:
        return (
            piece.raw[:4] + struct.pack("<I", len(payload)) + payload + b"\0" * (len(payload) % 2)
        )
    name = b"eXIf" if piece.kind == EXIF else b"iTXt"
    body = payload if piece.kind == EXIF else PNG_XMP + b"\x00\x00\x00\x00\x00" + payload
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
