"""What a kind of source must do, and which there are.

A kind lists what is there and fetches one thing of it. Everything else (what is new, what changed,
what is gone, what a person has to be asked) is the same for all of them and stands in `gather`.

    SourceError               the source, or one entry of it, cannot be read
      GoneError               the entry is listed, and its place says that it is no more
      LeaveAloneError         the place wants no further request for now
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, Protocol, runtime_checkable

from django.conf import settings
from django.utils.module_loading import import_string

from archive.models import IngestionItem, Source
from archive.web.door import Door
from archive.web.errors import WebError
from archive.web.target import target

WEB = (Source.Kind.SITE, Source.Kind.PAGES, Source.Kind.FEED, Source.Kind.SHOP)

MOST = 100_000  # entries of one source


class SourceError(Exception):
    """The text is one plain sentence for a curator."""


class GoneError(SourceError):
    """The entry itself is no more."""


class LeaveAloneError(SourceError):
    """The place asks not to be asked again before `until`."""

    def __init__(self, sentence: str, until: datetime) -> None:
        super().__init__(sentence)
        self.until = until


@dataclass(frozen=True, slots=True)
class Entry:
    """One file or page as the list names it.

    `key` becomes the document's. `stamp` changes whenever the entry does, as far as the list can
    tell; without one the entry has to be asked for. `data` is the entry itself where the list
    already holds it.
    """

    key: str
    address: str
    stamp: str = ""
    size: int | None = None  # bytes
    file_name: str = ""
    metadata: dict[str, Any] = field(default_factory=dict)  # fields of the document
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What a server said of an entry the last time; it may answer that nothing has changed."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """An entry's bytes, in a file that the caller may keep or leave."""

    path: Path
    file_name: str
    address: str  # where they really came from, after redirects
    etag: str = ""
    last_modified: str = ""


class Kind(Protocol):
    """A place that can be listed. Made anew for each run from the source's row."""

    notes: list[str]  # sentences on what was left out; complete once the list is
    whole: bool  # whether what is not listed is gone; false once a part could not be read
    delay: float  # seconds that a fetch has to wait for the one before it

    def __init__(self, source: Source) -> None: ...

    def entries(self) -> Iterator[Entry]:
        """What is there, each key once. Raises SourceError when nothing can be listed."""
        ...

    def fetch(self, entry: Entry, known: Known, folder: Path) -> Brought | None:
        """The entry's bytes in a file of `folder`, or None if it is as `known` says.

        Raises SourceError, GoneError and LeaveAloneError.
        """
        ...


@runtime_checkable
class Taker(Protocol):
    """A kind whose entries are no documents: it brings them in itself."""

    def take(self, item: IngestionItem, path: Path, alive: Callable[[], None]) -> tuple[str, str]:
        """Bring in what `fetch` gave; the item's state and a sentence on it.

        `alive` is called now and then, and raises when the work is no longer this worker's.
        Raises SourceError.
        """
        ...

    def foresee(self, path: Path) -> str:
        """A sentence on what `take` would do. Raises SourceError."""
        ...


def made(source: Source) -> Kind:
    """The source's kind, ready to list. Raises SourceError."""
    path = settings.SOURCE_KINDS.get(source.kind)
    if path is None:
        raise SourceError(f"Sources of the kind “{source.kind}” are not read here.")
    kind: Kind = import_string(path)(source)
    return kind


def vet(source: Source) -> None:
    """Refuse a source that could never be read, as far as its address tells: before it is saved.

    Raises SourceError, with the sentence that a run would give.
    """
    made(source)
    for address in source.address.split() if source.kind in WEB else ():
        try:
            Door.of_settings().admits(target(address))
        except WebError as error:
            raise SourceError(str(error)) from error


def place(folder: Path, file_name: str) -> Path:
    """Where a fetch may write, with the ending of `file_name`."""
    return folder / f"fetched{PurePosixPath(file_name).suffix.lower()[:12]}"
