"""A feed opened: its form told apart, its rows brought together by product, whatever their order.

Rows of one product may stand far apart in a file of any size, so all rows are first laid down in
a temporary file, and only where each stands is held in memory. It follows that a file is read to
its end before its first product is seen, and that the caller knows all its keys beforehand.
"""

import gzip
import json
import tempfile
import zlib
from collections.abc import Callable, Iterator, KeysView
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from catalog.feeds import google, jsonld, shopify
from catalog.feeds.delimited import table
from catalog.feeds.opening import head
from catalog.feeds.product import FeedError, FeedProduct, Rejection, Row
from catalog.feeds.words import clean

Found = tuple[FeedProduct | None, list[Rejection]]


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of feed: rows of a file, and the product that the rows of one key make."""

    name: str
    rows: Callable[[Path], Iterator[Row]]
    product: Callable[[str, list[Row], str], Found]


FORMS = {
    module.NAME: Form(module.NAME, module.rows, module.product)
    for module in (shopify, google, jsonld)
}


class Feed:
    """The products of one file, by key, in the order of their first rows."""

    def __init__(self, form: Form, currency: str, spool: IO[bytes]) -> None:
        self.form = form
        self.currency = currency
        self.spool = spool
        self.places: dict[str, list[int]] = {}
        self.cut = False

    def lay_down(self, rows: Iterator[Row]) -> None:
        for row in rows:
            self.places.setdefault(row.key, []).append(self.spool.tell())
            self.cut = self.cut or row.cut
            laid = [row.line, row.key, row.values, row.reason, row.cut]
            self.spool.write(json.dumps(laid).encode() + b"\n")

    @property
    def keys(self) -> KeysView[str]:
        """Every key that a row names, those of rejected rows too."""
        return self.places.keys()

    def products(self) -> Iterator[FeedProduct | Rejection]:
        """Each product once, each after the rejections of its rows."""
        for key in self.places:
            good: list[Row] = []
            whole = True
            for row in self.rows_of(key):
                if row.reason or not key:
                    whole = False
                    yield printable(Rejection(row.line, key, row.reason))
                else:
                    good.append(row)
            if good:
                product, rejected = self.form.product(key, good, self.currency)
                yield from map(printable, rejected)
                if product:
                    yield replace(product, whole=whole and not rejected)

    def rows_of(self, key: str) -> Iterator[Row]:
        for place in self.places[key]:
            self.spool.seek(place)
            yield Row(*json.loads(self.spool.readline()))


def printable(rejection: Rejection) -> Rejection:
    """A rejection quotes the file, which may hold what no column and no terminal can."""
    return Rejection(rejection.line, clean(rejection.key), clean(rejection.reason))


@contextmanager
def opened(path: Path, form: str, currency: str) -> Iterator[Feed]:
    """The feed in `path`, read to its end; `form` is a name in FORMS or "auto".

    `currency` is that of prices which name none. Raises FeedError when the file is not a feed,
    cannot be read or is damaged.
    """
    with tempfile.TemporaryFile() as spool:
        try:
            named = form_of(path) if form == "auto" else form
            feed = Feed(FORMS[named], currency, spool)
            feed.lay_down(FORMS[named].rows(path))
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise FeedError(
                f"{path.name} is cut short or damaged: it cannot be unpacked."
            ) from None
        except OSError as error:
            reason = error.strerror or str(error)
            raise FeedError(f"{path.name} cannot be read: {reason}.") from None
        yield feed


def form_of(path: Path) -> str:
    """The form of a file, told from its beginning. Raises FeedError when it is none of ours."""
    start = head(path)
    text = start.decode("utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
    text = text.lstrip("\ufeff\x00 \t\r\n")
    if not text:
        raise FeedError(f"{path.name} is empty.")
    if text.startswith(("{", "[")):
        return "jsonld"
    if text.startswith("<"):
        opening = text[:2000].casefold()
        page = "<!doctype html" in opening or "<html" in opening
        return "jsonld" if page or "application/ld+json" in text else "google"
    columns = {name.casefold() for name in table(path)[0]}
    if columns & {"handle", "url handle"}:
        return "shopify"
    if {name.removeprefix("g:") for name in columns} >= {"id", "title"}:
        return "google"
    raise FeedError(
        f"{path.name} is none of the feeds that can be read: its first line names neither a "
        "Handle, as Shopify's does, nor an id and a title, as a Google feed's does."
    )
