"""The files that a ZIP or a mail holds, one after another on standard output, within limits.

    python -m archive.ingestion.parse.members NAME < FILE

Each is a line of JSON, {"name", "size"} followed by that many bytes, or {"name", "refused"} with
a sentence, or {"name", "left_out"}; the last line is {"end": true}, or {"error": a sentence}.
"""

import json
import re
import stat
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO

from archive.ingestion.parse.blocks import ParseError

MOST_FILES = 5000
LARGEST = 100 << 20  # bytes of one file
LARGEST_IN_ALL = 500 << 20
RATIO = 250  # times its packed size that a file may unpack to,
FREE = 1 << 20  # if it is larger than this many bytes
DEEPEST = 2  # ZIPs inside a ZIP
ENCRYPTED, UTF8 = 0x1, 0x800  # of a member's flags
UNICODE_NAME = 0x7075  # Info-ZIP's extra field
JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff]{2}")
DRIVE = re.compile(r"[A-Za-z]:")
HIDDEN = {"__MACOSX", "thumbs.db", "desktop.ini", "ehthumbs.db"}

DAMAGED = "This file could not be unpacked: it is damaged."
MANY = f"This ZIP holds more than {MOST_FILES:,} files: bring it in in parts."
LARGE = f"This ZIP unpacks to more than {LARGEST_IN_ALL >> 20} MB: bring it in in parts."
HIDING = "hidden"
UNREAD = "files of this kind are not read"


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside; without `data` there is a reason."""

    name: str  # below the file that holds it, with "/" between folders
    data: bytes = b""
    refused: str = ""
    left_out: str = ""


@dataclass(slots=True)
class Room:
    """What may still be unpacked."""

    files: int = MOST_FILES
    size: int = LARGEST_IN_ALL

    def take(self, parts: list[zipfile.ZipInfo]) -> None:
        """Raises ParseError when `parts` are more."""
        self.files -= len(parts)
        self.size -= sum(part.file_size for part in parts)
        if self.files < 0:
            raise ParseError(MANY)
        if self.size < 0:
            raise ParseError(LARGE)


def of_zip(file: IO[bytes], room: Room, depth: int = 0) -> Iterator[Member]:
    try:
        package = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeError):
        raise ParseError(DAMAGED) from None
    parts = [part for part in package.infolist() if not part.filename.endswith(("/", "\\"))]
    room.take(parts)
    for part, name in zip(parts, names(parts), strict=True):
        if is_hidden(name):
            yield Member(name, left_out=HIDING)
        elif refused := refusal(part, name):
            yield Member(name, refused=refused)
        else:
            yield from opened(package, part, name, room, depth)


def opened(
    package: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, room: Room, depth: int
) -> Iterator[Member]:
    """A member, or the members of one that is a ZIP itself."""
    from archive.ingestion.parse import registry

    try:
        data = package.read(part)
    except NotImplementedError:
        yield Member(name, refused="It is packed in a way that is not read.")
        return
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
        yield Member(name, refused="It could not be unpacked: it is damaged.")
        return
    if not is_zip(data, name):
        known = registry.is_supported(name) or is_manifest(name)
        yield Member(name, data) if known else Member(name, left_out=UNREAD)
    elif depth >= DEEPEST:
        yield Member(name, refused="It is a ZIP too deep inside other ZIPs.")
    else:
        try:
            for inner in of_zip(BytesIO(data), room, depth + 1):
                yield Member(f"{name}/{inner.name}", inner.data, inner.refused, inner.left_out)
        except ParseError as error:
            if str(error) in {MANY, LARGE}:
                raise
            yield Member(name, refused=str(error))


def is_zip(data: bytes, name: str) -> bool:
    from archive.ingestion.parse import registry

    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    try:
        return registry.media_type(data, name) == registry.ZIP
    except ParseError:  # a damaged document is told of when it is read
        return False


def refusal(part: zipfile.ZipInfo, name: str) -> str:
    """Why a member does not come out, in a sentence; "" if it does."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or DRIVE.match(name) or not name.strip("/ "):
        return "Its name leads out of the ZIP."
    if any(ord(each) < 32 or 0xD800 <= ord(each) < 0xE000 for each in name):
        return "Its name holds characters that no file may have."
    if part.flag_bits & ENCRYPTED:
        return "It is protected by a password."
    if stat.S_ISLNK(part.external_attr >> 16):
        return "It is a link to another file, which is not followed."
    if part.file_size > LARGEST:
        return f"It is larger than {LARGEST >> 20} MB."
    if part.file_size > max(FREE, RATIO * part.compress_size):
        return "It unpacks to many times its size, as files made to do harm do."
    return ""


def is_hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(
        (part.startswith(".") and part not in {".", ".."})
        or part in HIDDEN
        or part.lower() in HIDDEN
        for part in parts
    )


def is_manifest(name: str) -> bool:
    path = PurePosixPath(name)
    return path.name.startswith("manifest") and path.suffix == ".json"


def names(parts: list[zipfile.ZipInfo]) -> list[str]:
    """The members' names as they were meant, whatever packed them; "/" between folders.

    A name that is not marked as UTF-8 is it all the same, as several programs write it, or the
    whole ZIP's names are Japanese (cp932), or of the first PC (cp437).
    """
    raw = {part: unmarked(part) for part in parts}
    japanese = is_japanese([each for each in raw.values() if each])
    return [meant(part, raw[part], japanese=japanese) for part in parts]


def unmarked(part: zipfile.ZipInfo) -> bytes:
    """The bytes of a name of which nothing says what they mean; b"" of a plain one."""
    if part.flag_bits & UTF8 or part.orig_filename.isascii():
        return b""
    try:
        return part.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return b""


def is_japanese(raw: list[bytes]) -> bool:
    try:
        return any(JAPANESE.search(each.decode("cp932")) for each in raw)
    except UnicodeDecodeError:
        return False


def meant(part: zipfile.ZipInfo, raw: bytes, *, japanese: bool) -> str:
    name = part.orig_filename
    if raw:
        try:
            name = raw.decode()
        except UnicodeDecodeError:
            name = raw.decode("cp932") if japanese else name
    name = (stated(part) or name).replace("\\", "/")
    return name.removeprefix("./") if name.startswith("./") else name


def stated(part: zipfile.ZipInfo) -> str:
    """The name in Info-ZIP's field for names in Unicode, or ""."""
    extra = part.extra
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if kind == UNICODE_NAME and size > 5:
            return extra[9 : 4 + size].decode("utf-8", "replace")
        extra = extra[4 + size :]
    return ""


def of_mail(data: bytes) -> Iterator[Member]:
    """Its attachments; two of one name are told apart by a number."""
    from archive.ingestion.parse import mail, registry

    seen: set[str] = set()
    for name, content in mail.attachments(mail.read(data)):
        path = PurePosixPath(name)
        unique, count = name, 1
        while unique in seen:
            count += 1
            unique = f"{path.stem} ({count}){path.suffix}"
        seen.add(unique)
        if len(seen) > MOST_FILES:
            raise ParseError("This mail holds too many attachments.")
        known = registry.is_supported(name)
        yield Member(unique, content) if known else Member(unique, left_out=UNREAD)


def written(members: Iterable[Member], out: IO[bytes]) -> None:
    for member in members:
        row: dict[str, object] = {"name": member.name}
        if member.refused:
            row["refused"] = member.refused
        elif member.left_out:
            row["left_out"] = member.left_out
        else:
            row["size"] = len(member.data)
        out.write(json.dumps(row).encode() + b"\n" + (member.data if "size" in row else b""))
    out.write(b'{"end": true}\n')


def main() -> None:
    from archive.ingestion.parse.__main__ import confine

    confine()
    data, out = sys.stdin.buffer.read(), sys.stdout.buffer
    from_zip = data.startswith((b"PK\x03\x04", b"PK\x05\x06"))
    try:
        written(of_zip(BytesIO(data), Room()) if from_zip else of_mail(data), out)
    except ParseError as error:
        out.write(json.dumps({"error": str(error)}).encode() + b"\n")
    except MemoryError:
        out.write(json.dumps({"error": "Unpacking this file takes too much memory."}).encode())


if __name__ == "__main__":
    main()
