"""Items of RSS and Atom feeds, one at a time: a broken one never takes the next with it.

The items are found by their tags and each is parsed on its own, with no document type, no
entities but XML's and HTML's own, and nothing fetched.
"""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5
from pathlib import Path

from lxml import etree

from catalog.feeds.opening import RECORD_LIMIT, encoding_of, head, unpacked
from catalog.feeds.product import FeedError, RowError

CHUNK = 1 << 18  # characters
NAMESPACES = {"g": "http://base.google.com/ns/1.0", "c": "http://base.google.com/cns/1.0"}
NAMESPACE = re.compile(r"""xmlns:([\w.-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')""")
ENCODING = re.compile(rb"""<\?xml[^>]{0,80}?encoding\s*=\s*["']([\w.-]{1,40})["']""")
TOKEN = re.compile(
    r"<!--|<!\[CDATA\[|<!DOCTYPE|<(?P<close>/?)(?:[\w.-]+:)?(?:item|entry)(?=[\s/>])[^<>]*>"
    r"|</(?:[\w.-]+:)?(?P<root>rss|feed|RDF)\s*>"
)
ENDS = {"<!--": "-->", "<![CDATA[": "]]>"}
OWN = frozenset(("amp;", "lt;", "gt;", "quot;", "apos;"))
ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30};)")


@dataclass(frozen=True, slots=True)
class Item:
    """One item as it stands in the file; `reason` says why it cannot be read."""

    line: int
    source: str
    reason: str = ""
    cut: bool = False


class Scanner:
    """Walks over the text of a feed, of which it holds no more than an item and a chunk."""

    def __init__(self, text: io.TextIOBase) -> None:
        self.input = text
        self.text = ""
        self.line = 1  # of the first character held
        self.at = 0  # how far it has been walked over
        self.inside = False  # whether the first character held begins an item
        self.closed = False
        self.overlong: list[Item] = []

    def items(self) -> Iterator[Item]:
        while token := self.token():
            yield from self.overlong
            self.overlong.clear()
            if token["root"]:
                self.closed = True
            elif token.group().startswith("<!D"):
                raise FeedError("The feed has a document type declaration, which is not read.")
            elif token["close"]:
                if self.inside:
                    yield Item(self.line, self.text[: token.end()])
                self.drop(token.end())
            else:
                if self.inside:
                    yield Item(self.line, self.text[: token.start()], "the item is never closed")
                self.drop(token.start())
                self.at = len(token.group())
                self.inside = not token.group().endswith("/>")
        yield from self.overlong
        if self.inside:
            yield Item(self.line, self.text, "the file ends within this item", cut=True)
        elif not self.closed:
            last = self.line + self.text.rstrip().count("\n")
            yield Item(last, "", "the file ends before the feed is closed", cut=True)

    def token(self) -> re.Match[str] | None:
        """The next tag of an item or of the end; None when the file is over."""
        while True:
            found = TOKEN.search(self.text, self.at)
            if found and found.group() not in ENDS:
                self.at = found.end()
                return found
            if found:
                end = self.text.find(ENDS[found.group()], found.end())
                if end >= 0:
                    self.at = end + 3
                    continue
                self.at = found.start()
            else:
                # A tag may have been read in part only; what stands before it is done with.
                last = self.text.rfind("<", self.at)
                in_part = last >= 0 and self.text.find(">", last) < 0
                self.at = last if in_part else len(self.text)
            if not self.more(found is not None):
                return None

    def more(self, unended: bool) -> bool:
        """Read on, within bounds: a comment that runs past them is walked over as if text."""
        if len(self.text) - self.at * (not self.inside) > 4 * RECORD_LIMIT:
            if self.inside:
                reason = f"the item is longer than {4 * RECORD_LIMIT:,} characters"
                self.overlong.append(Item(self.line, self.text[:RECORD_LIMIT], reason))
            self.drop(self.at + 1 if unended else len(self.text))
        elif not self.inside:
            self.drop(self.at)
        chunk = self.input.read(CHUNK)
        self.text += chunk
        return bool(chunk)

    def drop(self, end: int) -> None:
        """Forget the first `end` characters, and that an item is being read."""
        self.line += self.text.count("\n", 0, end)
        self.text, self.at, self.inside = self.text[end:], max(0, self.at - end), False


def items(path: Path) -> Iterator[Item]:
    """The items of an RSS or Atom file in order; the last is `cut` when the file is.

    Raises FeedError for a file with a document type.
    """
    with (
        unpacked(path) as file,
        io.TextIOWrapper(file, written_in(path), errors="replace", newline="") as text,
    ):
        yield from Scanner(text).items()


def written_in(path: Path) -> str:
    """The encoding the file declares, unless it is (or should be) UTF-8 or marked otherwise."""
    declared = ENCODING.match(head(path).lstrip())
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    if name in {"utf-8", "utf8"}:
        return encoding_of(path)
    try:
        return codecs.lookup(name).name
    except LookupError:
        raise FeedError(f'{path.name} says it is in "{name}", which is not known.') from None


def namespaces(path: Path) -> str:
    """The namespace declarations of the file's first tags, to read one item alone with."""
    start = head(path).decode(written_in(path), "replace")
    first = TOKEN.search(start)
    found = NAMESPACES | {
        prefix: one or other
        for prefix, one, other in NAMESPACE.findall(start[: first.start() if first else None])
    }
    return " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in found.items() if prefix != "xml")


def element(item: Item, declared: str) -> etree._Element:
    """The item as an element. Raises RowError when its XML is broken."""
    if item.reason:
        raise RowError(item.reason)
    if "\ufffd" in item.source:
        raise RowError("the item is not in the encoding that the file declares")
    # HTML's names for letters are common in feeds, and no part of XML.
    source = ENTITY.sub(
        lambda found: found[0] if found[1] in OWN else html5.get(found[1], found[0]), item.source
    )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(f"<items {declared}>{source}</items>".encode(), parser)[0]
    except (etree.XMLSyntaxError, ValueError) as error:
        told = str(error).split(", line")[0].strip() or "it cannot be read"
        raise RowError(f"the XML of the item is broken: {told}") from None
