"""RSS 2.0 and Atom (RFC 4287): an entry's own words where the feed has them, else its page."""

import html
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from lxml import etree

from archive.models import Source
from archive.sources import markup
from archive.sources.kind import Brought, Entry, Known, SourceError, place
from archive.sources.markup import Element, child, text
from archive.sources.web import asked, fetched, key_of

ENOUGH = 400  # characters of a description that are taken for the whole text
BASE = "{http://www.w3.org/XML/1998/namespace}base"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class Feed:
    """What leaves a feed has only grown old: nothing is gone because a feed ends before it."""

    def __init__(self, source: Source) -> None:
        self.address = source.address.strip()
        self.delay = settings.FETCH_DELAY
        self.notes: list[str] = []
        self.whole = False

    def entries(self) -> Iterator[Entry]:
        page = asked(self.address)
        root = markup.root_of(page, lenient=True)
        items = [each for each in root.iter() if markup.name(each) in {"item", "entry"}]
        if markup.name(root) not in {"rss", "feed", "rdf"}:
            raise SourceError(f"What stands at {page.url} is no RSS or Atom feed.")
        channel = child(root, "channel")
        language = text(child(channel, "language")) if channel is not None else ""
        language = language or str(root.get(LANGUAGE, ""))
        seen: set[str] = set()
        unnamed = 0
        for item in items:
            entry = entry_of(item, page.url, language)
            if entry is None:
                unnamed += 1
            elif entry.key not in seen:
                seen.add(entry.key)
                yield entry
        if unnamed:
            self.notes.append(f"{unnamed:,} entries have neither an address nor any text")

    def fetch(self, entry: Entry, known: Known, folder: Path) -> Brought | None:
        if entry.data is None:
            return fetched(entry, known, folder)
        path = place(folder, entry.file_name)
        path.write_bytes(entry.data)
        return Brought(path, entry.file_name, entry.address)


def entry_of(item: Element, base: str, language: str) -> Entry | None:
    """The entry, or None where it has neither an address of the web nor any text."""
    base = based(item, base)
    link = link_of(item, base)
    title = text(child(item, "title"))
    title = " ".join(plain(title).split())[:300]
    content = content_of(item, linked=bool(link))
    name = link or text(child(item, "guid", "id"))
    if not name and content:
        name = f"{base}#{sha256((title + content).encode()).hexdigest()[:16]}"
    if not name or not (link or content):
        return None
    metadata = fields(item, title)
    moment = text(child(item, "updated", "modified", "pubdate", "date", "published"))
    if not content:
        return Entry(key_of(name), link, moment[:200], metadata=metadata)
    data = document(title, content, language).encode()
    # Feeds seldom say when an entry was mended; its words do.
    stamp = sha256(data + repr(metadata).encode()).hexdigest()
    return Entry(
        key_of(name), link or base, stamp, len(data), "entry.html", metadata=metadata, data=data
    )


def based(item: Element, base: str) -> str:
    """What relative addresses in the item are relative to."""
    chain = [str(each.get(BASE)) for each in [*item.iterancestors()][::-1] if each.get(BASE)]
    for each in [*chain, *([str(item.get(BASE))] if item.get(BASE) else [])]:
        base = urljoin(base, each)
    return base


def link_of(item: Element, base: str) -> str:
    """The address of the entry's page; "" if it has none on the web."""
    found = ""
    for each in item:
        if markup.name(each) != "link":
            continue
        address = str(each.get("href") or "") or text(each)
        if address and (each.get("rel") or "alternate") == "alternate":
            found = address
            break
    guid = child(item, "guid")
    if not found and guid is not None and guid.get("isPermaLink", "true") == "true":
        found = text(guid)
    url = urljoin(base, found) if found else ""
    return url if urlsplit(url).scheme in {"http", "https"} else ""


def content_of(item: Element, *, linked: bool) -> str:
    """The entry's text as HTML; of a mere summary, only if there is no page to read instead."""
    for each in item:
        if markup.name(each) == "encoded":  # content:encoded of RSS
            return "".join(map(str, each.itertext())).strip()
    content = child(item, "content")
    if content is not None and not content.get("src"):
        return inner(content)
    summary = child(item, "description", "summary")
    said = inner(summary) if summary is not None else ""
    if linked and len(plain(said)) < ENOUGH:
        return ""
    return said


def inner(element: Element) -> str:
    """What stands in an element of text, HTML or XHTML, as HTML."""
    kind = str(element.get("type") or "html")
    if kind == "xhtml" or len(element):
        parts = [html.escape(element.text or "")]
        parts += [etree.tostring(each, encoding="unicode", method="html") for each in element]
        return "".join(parts).strip()
    said = "".join(map(str, element.itertext())).strip()
    return f"<p>{html.escape(said)}</p>" if kind == "text" and said else said


def plain(markup_text: str) -> str:
    """The words of a piece of HTML, as a title may be."""
    if "<" not in markup_text and "&" not in markup_text:
        return markup_text
    parser = etree.HTMLParser(no_network=True, encoding="utf-8")
    root = etree.fromstring(f"<div>{markup_text}</div>".encode(), parser)
    return "".join(map(str, root.itertext())) if root is not None else ""


def fields(item: Element, title: str) -> dict[str, object]:
    """What the feed says of the document: title, day and people."""
    author = child(item, "creator", "author")
    named = child(author, "name") if author is not None else None
    who = text(named if named is not None else author)
    found: dict[str, object] = {
        "title": title,
        "date": day(text(child(item, "published", "pubdate", "date", "issued", "updated"))),
        "people": [who[:120]] if who and "@" not in who else [],
    }
    return {name: value for name, value in found.items() if value}


def day(moment: str) -> str:
    """The day of an RFC 822 or ISO 8601 moment, "" for what is none."""
    try:
        return datetime.fromisoformat(moment).date().isoformat()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(moment).date().isoformat()
    except ValueError:
        return ""


def document(title: str, content: str, language: str) -> str:
    """An entry as a page of its own."""
    short = language.partition("-")[0].lower()[:8]
    lang = f' lang="{html.escape(short)}"' if short.isalpha() else ""
    head = html.escape(title)
    return (
        f'<!doctype html><html{lang}><head><meta charset="utf-8"><title>{head}</title></head>'
        f"<body><article><h1>{head}</h1>{content}</article></body></html>"
    )
