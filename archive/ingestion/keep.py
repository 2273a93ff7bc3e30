"""The bytes of a file that comes in, kept under the name of their content.

A picture is kept without where it was taken (see `parse.places`): its place is never written.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from shutil import copyfileobj
from tempfile import NamedTemporaryFile
from typing import IO

from django.conf import settings

from archive.ingestion.fetch import LARGEST
from archive.ingestion.parse.blocks import ParseError
from archive.ingestion.parse.places import without_places
from archive.ingestion.parse.segments import kind_of

HEAD = 12  # bytes by which a picture is known


def keep(path: Path, folder: Path) -> tuple[str, str]:
    """Copy a file below MEDIA_ROOT; the SHA-256 of what is kept, and its name there."""
    with path.open("rb") as source:
        picture = kind_of(source.read(HEAD)) and path.stat().st_size <= LARGEST
        source.seek(0)
        return (
            keep_bytes(source.read(), path.suffix, folder)
            if picture
            else kept(source, path.suffix, folder)
        )


def keep_bytes(data: bytes, suffix: str, folder: Path) -> tuple[str, str]:
    """Likewise for a file that is in memory."""
    with suppress(ParseError):  # a damaged picture never becomes a document
        data = without_places(data)
    return kept(BytesIO(data), suffix, folder)


def kept(source: IO[bytes], suffix: str, folder: Path) -> tuple[str, str]:
    root = Path(settings.MEDIA_ROOT)
    (root / folder).mkdir(parents=True, exist_ok=True)
    digest = digest_of(source)
    name = folder / digest[:2] / f"{digest}{suffix.lower()[:12]}"
    if not (root / name).exists():
        (root / name).parent.mkdir(exist_ok=True)
        with whole(root / folder, root / name) as copy:
            copyfileobj(source, copy)
    return digest, name.as_posix()


def digest_of(source: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while part := source.read(1 << 20):
        digest.update(part)
    source.seek(0)
    return digest.hexdigest()


@contextmanager
def whole(folder: Path, path: Path) -> Iterator[IO[bytes]]:
    """A file that is at `path` once it is written and safe on the disk, or not at all."""
    with NamedTemporaryFile(dir=folder, delete=False) as copy:
        made = Path(copy.name)
        try:
            yield copy
            copy.flush()
            os.fsync(copy.fileno())
            made.replace(path)
        except BaseException:
            made.unlink(missing_ok=True)
            raise
