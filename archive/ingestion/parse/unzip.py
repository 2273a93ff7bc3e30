"""What office files and books are packed in, looked at before it is unpacked."""

import zipfile
from io import BytesIO

from archive.ingestion.parse.blocks import ParseError

LARGEST = 200 * 1024 * 1024  # bytes a document may unpack to
MOST = 20_000  # parts of a document


def checked(data: bytes, what: str) -> zipfile.ZipFile:
    """The package, if all of it may be read; `what` it is begins the sentence of ParseError.

    The sizes are those that the package states of itself: more than stated is never unpacked.
    """
    try:
        package = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise ParseError(f"{what} could not be read: it is damaged.") from None
    parts = package.infolist()
    if len(parts) > MOST or sum(part.file_size for part in parts) > LARGEST:
        raise ParseError(f"{what} is too large when unpacked.")
    if any(part.flag_bits & 1 for part in parts):
        raise ParseError(f"{what} is protected: save it without password.")
    return package
