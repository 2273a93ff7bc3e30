"""One page of the web into a file, as a good guest asks for it."""

import codecs
import hashlib
import re
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urldefrag, urlsplit

from archive.ingestion.gather import LONGEST_KEY
from archive.sources.kind import (
    Brought,
    Entry,
    GoneError,
    Known,
    LeaveAloneError,
    SourceError,
    place,
)
from archive.web import ComeBackLaterError, Page, WebError, polite

LARGEST = 50 << 20  # bytes of a page or file
GONE = {404, 410}
SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/vtt": ".vtt",
}
TEXTS = ("text/", "application/xhtml+xml")
DECLARED = re.compile(rb"<meta[^>]+charset|<\?xml[^>]+encoding", re.I)
HEAD = 4096  # bytes in which a page says what it is written in


def asked(url: str, known: Known = Known(), most: int = LARGEST) -> Page:  # noqa: B008 - frozen
    """The page at `url`, status 200 or 304. Raises SourceError, GoneError and LeaveAloneError."""
    try:
        page = polite.get(url, etag=known.etag, last_modified=known.last_modified, most=most)
    except ComeBackLaterError as error:
        raise LeaveAloneError(str(error), error.until) from error
    except WebError as error:
        raise SourceError(str(error)) from error
    if page.status in GONE:
        raise GoneError(f"The site has no page at this address ({page.status}).")
    if not page.ok and not page.not_modified:
        raise SourceError(f"The site answered with an error ({page.status}).")
    return page


def fetched(entry: Entry, known: Known, folder: Path) -> Brought | None:
    """The page of `entry` in a file of `folder`; None if it is as `known` says."""
    page = asked(entry.address, known)
    if page.not_modified:
        return None
    name = name_of(page)
    path = place(folder, name)
    path.write_bytes(readable(page))
    return Brought(path, name, page.url, page.etag[:300], page.last_modified[:100])


def readable(page: Page) -> bytes:
    """The page's bytes; in UTF-8 where only the server knows what they are written in."""
    marked = page.body.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not page.encoding or not page.media_type.startswith(TEXTS) or marked:
        return page.body
    if DECLARED.search(page.body[:HEAD]):
        return page.body
    try:
        return codecs.BOM_UTF8 + page.body.decode(page.encoding).encode()
    except (UnicodeError, LookupError):
        return page.body


def name_of(page: Page) -> str:
    """A file name for the page, with the ending of what it is."""
    last = PurePosixPath(unquote(urlsplit(page.url).path)).name or "index"
    suffix = SUFFIXES.get(page.media_type, "")
    stem, dot, ending = last.rpartition(".")
    if suffix and not (dot and f".{ending.lower()}" == suffix):
        known = dot and 2 <= len(ending) <= 5 and ending.isalnum()
        last = f"{stem if known else last}{suffix}"
    return last[-200:]


def key_of(url: str) -> str:
    """The document's key for a page: its address, shortened by a hash where it is too long."""
    bare = urldefrag(url)[0]
    if len(bare) <= LONGEST_KEY:
        return bare
    return bare[: LONGEST_KEY - 41] + "#" + hashlib.sha256(bare.encode()).hexdigest()[:40]
