"""ZIP: bombs, names that lead elsewhere, members that lie."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from .office import packed, zero_parts
from .shelf import OWN, file


@file("bomb.zip")
def _(url):
    return zero_parts("a.txt", 200)


@file("bomb-in-bombs.zip")
def _(url):
    data = zero_parts("a.txt", 50)
    for depth in range(5):
        data = packed({f"{depth}-{number}.zip": data for number in range(16)})
    return data


@file("holds-itself.zip")
def _(url):
    data = packed({"a.txt": OWN})
    for _ in range(300):
        data = packed({"a.zip": data}, ZIP_STORED)
    return data


@file("overlapping.zip")
def _(url):
    """One packed megabyte under a thousand names."""
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed_zeros = body.compress(bytes(1 << 20)) + body.flush()
    fields = (0, 8, 0, 0x21, zlib.crc32(bytes(1 << 20)), len(packed_zeros), 1 << 20)
    names = [b"a%04d.txt" % number for number in range(1000)]
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, *fields, len(names[0]), 0) + names[0]
    start = local + packed_zeros
    central = b"".join(
        struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, *fields, len(name), 0, 0, 0, 0, 0, 0)
        + name
        for name in names
    )
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 1000, 1000, len(central), len(start), 0)
    return start + central + end


@file("too-many-members.zip")
def _(url):
    return packed({f"{number}.txt": "" for number in range(20_001)}, ZIP_STORED)


@file("leads-elsewhere.zip")
def _(url):
    names = ["../../escaped.txt", "/tmp/escaped.txt", "C:\\escaped.txt", "..\\..\\escaped.txt",
             "a/../../escaped.txt", "\\\\server\\share\\escaped.txt", "CON", "NUL.txt", "aux.md",
             "./.", "..", "~/escaped.txt", "file:///etc/escaped.txt"]  # fmt: skip
    return packed(dict.fromkeys(names, OWN))


@file("odd-names.zip")
def _(url):
    names = ["a" * 10_000 + ".txt", "gpj.\u202etxt.exe", "line\nend.txt", "bell\x07.txt",
             "\u200b.txt", " .txt", ".hidden.txt", "e\u0301te\u0301.txt", "<b>.txt", "'; --.txt",
             "%2e%2e%2fescaped.txt", "{{ 7 }}.txt", "-rf.txt"]  # fmt: skip
    return packed(dict.fromkeys(names, OWN))


@file("same-name-twice.zip")
def _(url):
    texts = {"a.txt": OWN, "b.txt": OWN[::-1], "c.txt": OWN.upper()}
    return packed(texts).replace(b"b.txt", b"a.txt").replace(b"c.txt", b"a.txt")


@file("links.zip")
def _(url):
    link = ZipInfo("passwd.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    out = BytesIO()
    with ZipFile(out, "w") as package:
        package.writestr(link, "/etc/passwd")
        package.writestr("folder/", "")
        package.writestr("a.txt", OWN)
    return out.getvalue()


@file("protected.zip")
def _(url):
    data = bytearray(packed({"a.txt": OWN}, ZIP_STORED))
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


@file("damaged.zip")
def _(url):
    data = bytearray(packed({"a.txt": OWN * 50, "b.txt": OWN}))
    data[50:60] = b"\xff" * 10
    return bytes(data)


@file("unknown-packing.zip")
def _(url):
    data = bytearray(packed({"a.txt": OWN}))
    for mark, place in ((b"PK\3\4", 8), (b"PK\1\2", 10)):
        at = data.index(mark) + place
        data[at : at + 2] = struct.pack("<H", 97)
    return bytes(data)


@file("empty.zip")
def _(url):
    return packed({})


@file("packed.gz", "Files of this kind are not read; these are")
def _(url):
    import gzip

    return gzip.compress(bytes(50 << 20))


@file("gzip-named-text.txt", "This file could not be read")
def _(url):
    import gzip

    return gzip.compress(OWN.encode() * 1000)
