"""An item's bytes, from where they were kept when the item came in."""

import hashlib
from dataclasses import dataclass

from archive.ingestion.parse.blocks import ParseError
from archive.models import IngestionItem

LARGEST = 100 * 1024 * 1024  # bytes
TOO_LARGE = f"This file is larger than {LARGEST >> 20} MB."
GONE = "The kept copy of this file is gone: bring the file in again."


@dataclass(frozen=True, slots=True)
class Fetched:
    data: bytes
    file_name: str
    content_hash: str  # SHA-256


def fetch(item: IngestionItem) -> Fetched:
    """Raises ParseError when the bytes are gone, changed or too many."""
    if not item.file:  # refused when what it came in was unpacked
        raise ParseError(item.reason or GONE)
    try:
        with item.file.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise ParseError(GONE) from None
    if len(data) > LARGEST:
        raise ParseError(TOO_LARGE)
    if hashlib.sha256(data).hexdigest() != item.content_hash:
        raise ParseError("The kept copy of this file was damaged: bring the file in again.")
    return Fetched(data, item.file_name, item.content_hash)
