"""A website by its sitemaps: https://www.sitemaps.org/protocol.html, as XML or plain lines.

The address is a sitemap, or a page of the site whose robots.txt names its sitemaps; without any,
/sitemap.xml is tried.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from archive.models import Source
from archive.sources import markup
from archive.sources.kind import MOST, Brought, Entry, Known, LeaveAloneError, SourceError
from archive.sources.web import asked, fetched, key_of
from archive.web import Page, WebError, polite
from archive.web.target import target

DEPTH = 3  # of sitemaps that name sitemaps
SITEMAPS = 500
SPAN = 50 << 20  # bytes of one sitemap
ENDINGS = (".xml", ".gz", ".txt")


class Site:
    """The pages that a site's sitemaps name, of that site alone."""

    def __init__(self, source: Source) -> None:
        try:
            self.start = target(source.address.strip())
        except WebError as error:
            raise SourceError(str(error)) from error
        self.delay = settings.FETCH_DELAY
        self.notes: list[str] = []
        self.whole = True
        self.read: set[str] = set()
        self.elsewhere = 0

    def entries(self) -> Iterator[Entry]:
        seen: set[str] = set()
        for sitemap in self.sitemaps():
            for url, changed in self.pages(sitemap, DEPTH, first=not self.read):
                entry = self.entry(url, changed)
                if entry is None or entry.key in seen:
                    continue
                if len(seen) == MOST:
                    self.notes.append(f"Only the first {MOST:,} pages are read.")
                    self.whole = False
                    return
                seen.add(entry.key)
                yield entry
        if self.elsewhere:
            self.notes.append(f"{self.elsewhere:,} addresses of other sites are left out")

    def sitemaps(self) -> list[str]:
        if self.start.path.partition("?")[0].lower().endswith(ENDINGS):
            return [self.start.url]
        try:
            named = polite.sitemaps(self.start.url)
        except WebError as error:
            raise SourceError(str(error)) from error
        return [urljoin(self.start.url, each) for each in named] or [
            urljoin(self.start.url, "/sitemap.xml")
        ]

    def pages(self, url: str, depth: int, *, first: bool = False) -> Iterator[tuple[str, str]]:
        """(address, when it changed) of every page that the sitemap at `url` leads to."""
        if url in self.read:
            return
        if len(self.read) >= SITEMAPS or depth == 0:
            self.notes.append(f"{url}: too many sitemaps, or too deep")
            self.whole = False
            return
        self.read.add(url)
        try:
            page = asked(url, most=SPAN)
            inner, found = contents(page)
        except LeaveAloneError:
            raise
        except SourceError as error:
            if first:
                raise
            self.notes.append(f"{url}: {error}")
            self.whole = False
            return
        yield from found
        for each in inner:
            yield from self.pages(urljoin(page.url, each), depth - 1)

    def entry(self, url: str, changed: str) -> Entry | None:
        try:
            found = target(urljoin(self.start.url, url))
        except WebError as error:
            self.notes.append(str(error))
            self.whole = False
            return None
        if bare(found.host) != bare(self.start.host) or found.port != self.start.port:
            self.elsewhere += 1
            return None
        return Entry(key_of(found.url), found.url, changed[:200])

    def fetch(self, entry: Entry, known: Known, folder: Path) -> Brought | None:
        return fetched(entry, known, folder)


def bare(host: str) -> str:
    return host.removeprefix("www.")


def contents(page: Page) -> tuple[list[str], list[tuple[str, str]]]:
    """The sitemaps and the (address, when it changed) that a sitemap names. Raises SourceError."""
    data = markup.unpacked(page)
    if not data.lstrip(b"\xef\xbb\xbf").startswith(b"<"):
        return [], [(line, "") for line in lines(page, data)]
    inner, found = [], []
    root = markup.root_of(page)
    if markup.name(root) not in {"urlset", "sitemapindex"}:
        raise SourceError(f"The file at {page.url} is no sitemap.")
    for each in root:
        url = markup.text(markup.child(each, "loc"))
        changed = markup.text(markup.child(each, "lastmod"))
        if url and markup.name(each) == "sitemap":
            inner.append(url)
        elif url and markup.name(each) == "url":
            found.append((url, changed))
    return inner, found


def lines(page: Page, data: bytes) -> list[str]:
    said = [line.strip() for line in data.decode("utf-8-sig", "replace").splitlines()]
    found = [line for line in said if urlsplit(line).scheme in {"http", "https"}]
    if not found:
        raise SourceError(f"The file at {page.url} is no sitemap.")
    return found
