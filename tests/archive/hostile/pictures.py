"""Pictures that claim to be enormous, or are something else."""

import struct
import zlib

from .shelf import OWN, file


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, *more: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IEND", b"")


def caption(url: str, before: str = "") -> bytes:
    return (
        f"<?xpacket begin=''?>{before}<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
        "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:description><rdf:Alt><rdf:li "
        f"xml:lang='x-default'>{OWN} &a; &b; &i;</rdf:li></rdf:Alt></dc:description>"
        "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    ).encode()


def jpeg(width: int, height: int, *segments: bytes) -> bytes:
    frame = struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return b"\xff\xd8" + b"".join(segments) + b"\xff\xc0" + frame + b"\xff\xda\x00\x02\xff\xd9"


def segment(mark: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, mark, len(body) + 2) + body


def xmp(body: bytes) -> bytes:
    return segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + body)


@file("fifty-thousand-wide.png", "This picture is larger than 30,000 pixels")
def _(url):
    return png(50_000, 50_000, chunk(b"IDAT", zlib.compress(bytes(1 << 20))))


@file("as-wide-as-can-be.png", "This picture is larger than 30,000 pixels")
def _(url):
    return png(0x7FFFFFFF, 0x7FFFFFFF)


@file("text-bomb.png", "This picture could not be read")
def _(url):
    packed = zlib.compress(b"a" * (200 << 20), 9)
    return png(9, 9, chunk(b"zTXt", b"Comment\0\0" + packed),
               chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + packed))  # fmt: skip


@file("chunk-longer-than-the-file.png", "This picture could not be read")
def _(url):
    return png(9, 9)[:33] + struct.pack(">I", 0x7FFFFFFF) + b"iTXtabc"


@file("fifty-thousand-wide.jpg", "This picture is larger than 30,000 pixels")
def _(url):
    return jpeg(50_000, 50_000)


@file("caption-entities.jpg")
def _(url):
    from .office import outer

    return jpeg(9, 9, xmp(caption(url, outer(url))))


@file("caption-laughs.jpg")
def _(url):
    from .office import LAUGHS

    return jpeg(9, 9, xmp(caption(url, LAUGHS)))


@file("segment-longer-than-the-file.jpg", "This picture could not be read")
def _(url):
    return b"\xff\xd8\xff\xe1\xff\xffExif\0\0II*\0"


@file("exif-of-itself.jpg")
def _(url):
    # A directory whose next directory, and whose every entry, is itself.
    entry = struct.pack("<HHII", 0x8769, 4, 1, 8)
    body = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 65535) + entry * 5000
    return jpeg(9, 9, segment(0xE1, b"Exif\0\0" + body[:65000]))


@file("exif-of-four-billion.jpg")
def _(url):
    entry = struct.pack("<HHII", 0x010E, 2, 0xFFFFFFFF, 0xFFFFFFF0)
    body = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 1) + entry
    return jpeg(9, 9, segment(0xE1, b"Exif\0\0" + body))


@file("fifty-thousand-wide.tiff", "This picture is larger than 30,000 pixels")
def _(url):
    entries = [(256, 4, 1, 50_000), (257, 4, 1, 50_000), (270, 2, 0x7FFFFFFF, 8)]
    body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 3) + body + struct.pack("<I", 8)


@file("fifty-thousand-wide.webp", "This picture is larger than 30,000 pixels")
def _(url):
    frame = b"VP8X" + struct.pack("<I", 10) + bytes(4) + b"\x4f\xc3\x00\x4f\xc3\x00"
    return b"RIFF" + struct.pack("<I", 0xFFFFFFFF) + b"WEBP" + frame


@file("gif-and-script.html", "This file could not be read")
def _(url):
    return b"GIF89a/*\x00\x00*/=1;alert('" + url.encode() + b"');<html><script>" + bytes(500)


@file("gif-named-picture.jpg", "This file could not be read")
def _(url):
    return b"GIF89a\xff\xff\xff\xff\xf7\0\0" + bytes(100)


@file("page-named-picture.png")
def _(url):
    return f"<html><body><p>{OWN}</p></body></html>".encode()


@file("program-named-picture.png", "This file could not be read")
def _(url):
    return b"\x7fELF\x02\x01\x01" + bytes(2000)
