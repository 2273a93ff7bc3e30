"""A folder on this machine, or one that is mounted on it."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from archive.ingestion.gather import GatherError, gather
from archive.models import Source
from archive.sources.kind import Brought, Entry, Known, SourceError

RELATIVE = "“{}” is no whole path: begin it with a /."
OWN = "“{}” holds the product's own files, which are not a source."
CLOSED = "“{}” is not below the folders that sources may read: the operator can add it."


class Folder:
    """Files below a folder, with the manifests that stand beside them."""

    delay = 0.0

    def __init__(self, source: Source) -> None:
        self.path = allowed(source.address.strip())
        self.notes: list[str] = []
        self.whole = True

    def entries(self) -> Iterator[Entry]:
        if not self.path.is_dir():
            raise SourceError(f"There is no folder {self.path}, or it cannot be opened.")
        try:
            gathered = gather([self.path])
        except GatherError as error:
            raise SourceError(str(error)) from error
        except OSError as error:
            raise SourceError(f"{error.filename}: {error.strerror}.") from error
        self.notes.extend(gathered.skipped)
        for file in gathered.files:
            try:
                found = file.path.stat()
            except OSError:  # it went while the folder was listed
                continue
            said = json.dumps(file.metadata, sort_keys=True, default=str) if file.metadata else ""
            beside = hashlib.sha256(said.encode()).hexdigest()[:16] if said else ""
            yield Entry(
                key=file.key,
                address=str(file.path),
                stamp=f"{found.st_mtime_ns} {found.st_size} {beside}".strip(),
                size=found.st_size,
                file_name=file.path.name,
                metadata=file.metadata,
            )

    def fetch(self, entry: Entry, known: Known, folder: Path) -> Brought | None:
        path = Path(entry.address)
        if not path.is_file():
            raise SourceError("The file went while the folder was being read.")
        return Brought(path, entry.file_name, entry.address)


def allowed(address: str) -> Path:
    """The folder, if sources may read it. Raises SourceError."""
    path = Path(address)
    if not path.is_absolute():
        raise SourceError(RELATIVE.format(address))
    path = path.resolve()
    own = Path(settings.DATA_DIR).resolve()
    code = Path(settings.BASE_DIR).resolve()
    if path.is_relative_to(own) or own.is_relative_to(path) or code.is_relative_to(path):
        raise SourceError(OWN.format(address))
    roots = [Path(root).resolve() for root in settings.SOURCE_FOLDERS]
    if roots and not any(path.is_relative_to(root) for root in roots):
        raise SourceError(CLOSED.format(address))
    return path
