"""Web pages by a list of their addresses, one a line."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from archive.models import Source
from archive.sources.kind import MOST, Brought, Entry, Known, SourceError
from archive.sources.web import fetched, key_of
from archive.web import WebError
from archive.web.target import target


class Pages:
    """Each address is asked for in every run; its server may say that nothing has changed."""

    def __init__(self, source: Source) -> None:
        self.addresses = list(dict.fromkeys(source.address.split()))
        self.delay = settings.FETCH_DELAY
        self.notes: list[str] = []
        self.whole = True

    def entries(self) -> Iterator[Entry]:
        if len(self.addresses) > MOST:
            raise SourceError(f"These are more than {MOST:,} addresses.")
        seen: set[str] = set()
        for address in self.addresses:
            try:
                url = target(address).url
            except WebError as error:
                self.notes.append(str(error))
                self.whole = False  # a mistyped address is no page that went
                continue
            key = key_of(url)
            if key not in seen:
                seen.add(key)
                yield Entry(key, url)

    def fetch(self, entry: Entry, known: Known, folder: Path) -> Brought | None:
        return fetched(entry, known, folder)
