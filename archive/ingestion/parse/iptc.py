"""IPTC-IIM captions, as Photoshop keeps them inside pictures."""

import struct
from collections.abc import Iterator

BLOCK = b"8BIM"
RECORD = 0x0404  # the resource that holds the captions
REPEATED = {0x0422, 0x0423, 0x0424}  # EXIF and XMP once more
UTF8 = b"\x1b%G"
# Of the second record: what a picture says, and where it was taken.
TITLE, KEYWORD, DATE, WRITER, HEADLINE, CREDIT, RIGHTS, CAPTION = 5, 25, 55, 80, 105, 110, 116, 120
PLACES = {26, 27, 90, 92, 95, 100, 101}

Resource = tuple[int, bytes, bytes]  # its number, its data, all its bytes
DataSet = tuple[int, int, bytes, bytes]  # record, number, data, all its bytes


def resources(data: bytes) -> Iterator[Resource]:
    """Photoshop's resources; what stands after the last whole one is left out."""
    at = 0
    while data[at : at + 4] == BLOCK and at + 7 <= len(data):
        (number,) = struct.unpack_from(">H", data, at + 4)
        named = 1 + data[at + 6]
        start = at + 6 + named + named % 2
        if start + 4 > len(data):
            return
        (size,) = struct.unpack_from(">I", data, start)
        end = start + 4 + size + size % 2
        if start + 4 + size > len(data):
            return
        yield number, data[start + 4 : start + 4 + size], data[at:end]
        at = end


def data_sets(data: bytes) -> Iterator[DataSet]:
    at = 0
    while at + 5 <= len(data) and data[at] == 0x1C:
        record, number, size = data[at + 1], data[at + 2], data[at + 3] << 8 | data[at + 4]
        end = at + 5 + size
        if size > 0x7FFF or end > len(data):  # of a length that no caption has
            return
        yield record, number, data[at + 5 : end], data[at:end]
        at = end


def fields(data: bytes) -> dict[int, list[str]]:
    """The captions by number, from the data sets of a picture."""
    found: dict[int, list[str]] = {}
    wide = False
    for record, number, value, _ in data_sets(data):
        if record == 1 and number == 90:
            wide = value == UTF8
        elif record == 2:
            found.setdefault(number, []).append(words(value, wide=wide))
    return found


def words(value: bytes, *, wide: bool) -> str:
    """Many programs write UTF-8 without saying so."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("utf-8" if wide else "cp1252", "replace")


def captions(photoshop: bytes) -> bytes:
    """The data sets inside Photoshop's resources."""
    return b"".join(data for number, data, _ in resources(photoshop) if number == RECORD)


def without_places(data: bytes) -> bytes:
    """Data sets without those that say where."""
    return b"".join(
        raw for record, number, _, raw in data_sets(data) if not (record == 2 and number in PLACES)
    )


def resources_without_places(photoshop: bytes) -> bytes:
    kept = []
    for number, data, raw in resources(photoshop):
        if number == RECORD:
            left = without_places(data)
            if left != data:
                raw = BLOCK + struct.pack(">HHI", number, 0, len(left)) + left
                raw += b"\x00" * (len(left) % 2)
        if number not in REPEATED:
            kept.append(raw)
    return b"".join(kept)
