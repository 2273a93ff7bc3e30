"""XML from the web, with no entities, no document type and nothing fetched."""

import re
import zlib

from lxml import etree

from archive.sources.kind import SourceError
from archive.web import Page

LARGEST = 50 << 20  # bytes unpacked, the most a sitemap may have
ENTITY = re.compile(rb"<!\s*ENTITY", re.I)
DECLARED = re.compile(rb"<\?xml[^>]+encoding", re.I)
BROKEN = "The file at {} is no XML that can be read: {}."

Element = etree._Element


def root_of(page: Page, *, lenient: bool = False) -> Element:
    """The root of what the page holds, gunzipped if need be; `lenient` mends what it can.

    Raises SourceError.
    """
    data = unpacked(page)
    if ENTITY.search(data):
        raise SourceError(f"The file at {page.url} declares entities of its own, which are unsafe.")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=lenient,
        encoding=encoding_of(page, data),
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", None) or 1
        raise SourceError(BROKEN.format(page.url, f"it goes wrong in line {line}")) from error
    if root is None:
        raise SourceError(BROKEN.format(page.url, "nothing in it is XML"))
    return root


def encoding_of(page: Page, data: bytes) -> str | None:
    """What the server says it is written in, where the file itself says nothing."""
    if DECLARED.search(data[:200]) or data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return None
    return page.encoding or None


def unpacked(page: Page) -> bytes:
    """The body, gunzipped if it is a gzip. Raises SourceError beyond LARGEST bytes."""
    if not page.body.startswith(b"\x1f\x8b"):
        return page.body.lstrip()
    machine = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        data = machine.decompress(page.body, LARGEST + 1)
    except zlib.error as error:
        raise SourceError(f"The packed file at {page.url} is damaged.") from error
    if len(data) > LARGEST:
        raise SourceError(f"The file at {page.url} unpacks to more than {LARGEST >> 20} MB.")
    if not machine.eof:
        raise SourceError(f"The packed file at {page.url} is damaged.")
    return data.lstrip()


def name(element: Element) -> str:
    """The element's name without its namespace, in small letters; "" for what is no element."""
    tag = element.tag
    return etree.QName(tag).localname.lower() if isinstance(tag, str) else ""


def child(element: Element, *names: str) -> Element | None:
    """The first child of the first of `names` that there is."""
    for wanted in names:
        for each in element:
            if name(each) == wanted:
                return each
    return None


def text(element: Element | None) -> str:
    """All words in the element, on one line."""
    return " ".join("".join(map(str, element.itertext())).split()) if element is not None else ""
