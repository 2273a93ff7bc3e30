"""EPUB books: the chapters in the order of the spine, and what the book says of itself."""

import posixpath
import re
from typing import Any
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

from lxml import etree

from archive.ingestion.parse import html, titles, unzip
from archive.ingestion.parse.blocks import Block, Parsed, ParseError
from archive.ingestion.parse.encoding import decoded

DAMAGED = "This EPUB could not be read: it is damaged."
CONTAINER, ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
DC = "{http://purl.org/dc/elements/1.1/}"
OPF = "{http://www.idpf.org/2007/opf}"
PAGES = {"application/xhtml+xml", "text/html", "application/html+xml"}
FONTS = (b"http://www.idpf.org/2008/embedding", b"http://ns.adobe.com/pdf/enc#RC")
ALGORITHM = re.compile(rb"EncryptionMethod[^>]*Algorithm=[\"']([^\"']*)")
# In XHTML any element may end itself; to an HTML parser it would stay open.
ENDED = re.compile(r"<([a-zA-Z][\w:-]*)((?:\s[^<>]*?)?)/>")
VOID_NAMES = "area base br col embed hr img input link meta source track wbr"
VOID = frozenset(VOID_NAMES.split())


def parse(data: bytes, stem: str) -> Parsed:
    book = unzip.checked(data, "This EPUB")
    try:
        return read(book, stem)
    except (BadZipFile, etree.LxmlError, KeyError, EOFError, ValueError):
        raise ParseError(DAMAGED) from None


def read(book: ZipFile, stem: str) -> Parsed:
    if ENCRYPTION in book.namelist():
        used = ALGORITHM.findall(book.read(ENCRYPTION))
        if any(each not in FONTS for each in used):
            raise ParseError("This EPUB is protected against copying: its words cannot be read.")
    place = first(tree(book.read(CONTAINER)), "{*}rootfile", "full-path")
    package = tree(book.read(place))
    names = chapters(package, posixpath.dirname(place))
    there = [name for name in names if name in book.namelist()]
    blocks = [block for name in there for block in page(book, name)]
    gone = len(names) - len(there)
    notes = [f"{gone} of the {len(names)} parts of this book are missing."] if gone else []
    metadata = {
        "people": ", ".join(stated(package, "creator")),
        "rights": " ".join(stated(package, "rights"))[:300],
    }
    return Parsed(
        blocks,
        next(iter(stated(package, "title")), "") or titles.from_name(stem),
        language=next(iter(stated(package, "language")), "")[:2].lower(),
        date=titles.partial_date(next(iter(stated(package, "date")), "")),
        metadata={name: value for name, value in metadata.items() if value},
        notes=notes,
    )


def tree(data: bytes) -> Any:
    found = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    if found is None:
        raise ValueError("no XML")
    return found


def first(element: Any, name: str, attribute: str) -> str:
    found = next(element.iter(name), None)
    return (found.get(attribute) or "") if found is not None else ""


def stated(package: Any, name: str) -> list[str]:
    """What the book states of itself, in Dublin Core; an author as "First Last"."""
    found = (" ".join("".join(each.itertext()).split()) for each in package.iter(f"{DC}{name}"))
    return [each for each in found if each]


def chapters(package: Any, folder: str) -> list[str]:
    """Names of the pages in reading order, each once, without the table of contents."""
    seen: list[str] = []
    manifest = {item.get("id"): item for item in package.iter(f"{OPF}item")}
    for entry in package.iter(f"{OPF}itemref"):
        item = manifest.get(entry.get("idref"))
        if item is None or entry.get("linear") == "no":
            continue
        if item.get("media-type") in PAGES and "nav" not in (item.get("properties") or "").split():
            name = unquote((item.get("href") or "").partition("#")[0])
            seen.append(posixpath.normpath(posixpath.join(folder, name)))
    return list(dict.fromkeys(seen))


def page(book: ZipFile, name: str) -> list[Block]:
    text = ENDED.sub(ended, decoded(book.read(name)))
    document = html.document(text)
    body = next(document.iter("body"), document)
    body.tag = "article"  # a book's asides and headers are its own words, not a site's frame
    return list(html.Reader().read(body))


def ended(found: re.Match[str]) -> str:
    name, rest = found.groups()
    return found.group() if name.lower() in VOID else f"<{name}{rest}></{name}>"
