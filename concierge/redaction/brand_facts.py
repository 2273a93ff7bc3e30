"""A house's facts, read from its catalogue and its archive, and kept until these change."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic

from django.db.models import Count, Max

from archive.models import Brand, Document, DocumentVersion
from archive.wall.scope import everything
from catalog.models import Product, Variant
from concierge.redaction.facts import NONE, Facts, host_of
from concierge.redaction.recognise import identifiers
from concierge.redaction.said import titled

EVERY = 30.0  # seconds between two looks whether a house's rows have changed
SCANNED = 1_000_000  # characters of documents, the newest ones, looked through for addresses
BLOCK = 2_000  # characters looked through at once
OVERLAP = 100  # of them again with those that follow

Version = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    version: Version
    facts: Facts
    looked: float  # when its version was last compared, on the monotonic clock


_kept: dict[int, Kept] = {}
_reading = threading.Lock()


def facts_of(brand_id: int) -> Facts:
    """The house's facts of today, at most EVERY seconds old. Three queries then, more if changed.

    While one thread reads them anew, others use those of before.
    """
    kept = _kept.get(brand_id)
    if kept and monotonic() - kept.looked < EVERY:
        return kept.facts
    if not _reading.acquire(blocking=kept is None):
        return kept.facts if kept else Facts()
    try:
        kept = _kept.get(brand_id)
        if kept and monotonic() - kept.looked < EVERY:
            return kept.facts
        with everything():
            version = version_of(brand_id)
            same = kept is not None and kept.version == version
            facts = kept.facts if kept and same else read(brand_id)
        _kept[brand_id] = Kept(version, facts, monotonic())
        return facts
    finally:
        _reading.release()


def forget() -> None:
    """Let the next turn read anew."""
    _kept.clear()


def version_of(brand_id: int) -> Version:
    brand = Brand.objects.filter(pk=brand_id).values_list("name", "contact").first() or ()
    pieces = Product.objects.filter(brand=brand_id).aggregate(n=Count("pk"), at=Max("updated"))
    papers = Document.objects.filter(brand=brand_id).aggregate(n=Count("pk"), at=Max("updated"))
    return (*brand, *pieces.values(), *papers.values())


def read(brand_id: int) -> Facts:
    """All audiences': what is a fact for one reader is nobody's personal data for another."""
    brand = Brand.objects.filter(pk=brand_id).first()
    if brand is None:  # a house that has gone has no facts
        return NONE
    documents = Document.objects.filter(brand=brand_id)
    people = {name for names in documents.values_list("people", flat=True) for name in names}
    products = Product.objects.filter(brand=brand_id)
    reached, mentioned = told(brand_id)
    links = set(products.exclude(url="").values_list("url", flat=True))
    return Facts.of(
        codes=codes(brand_id),
        reached=[*written_in(brand.contact), brand.contact, *reached],
        titles=[*titles(brand_id), brand.name],
        people=people,
        hosts={host_of(each) for each in (*links, brand.contact)},
        mentioned=mentioned,
    )


def codes(brand_id: int) -> Iterator[str]:
    rows = Variant.objects.filter(product__brand=brand_id)
    for row in rows.values_list("sku", "gtin", "mpn", "key").iterator():
        yield from filter(None, row)
    yield from Product.objects.filter(brand=brand_id).values_list("key", flat=True).iterator()


def titles(brand_id: int) -> Iterator[str]:
    for row in Product.objects.filter(brand=brand_id).values_list("title", "vendor").iterator():
        yield from filter(None, row)
    papers = Document.objects.filter(brand=brand_id)
    for told in papers.values_list("title", "season", "collection").iterator():
        yield from filter(None, told)


def told(brand_id: int) -> tuple[set[str], set[str]]:
    """What the documents tell: how the house is reached and whatever else has a form, and names.

    Of names those with a title before them, who are asked for as they are written there.
    """
    reached: set[str] = set()
    mentioned: set[str] = set()
    for text in newest(brand_id):
        reached.update(written_in(text))
        mentioned.update(text[each.start : each.end] for each in titled(text))
    return reached, mentioned


def newest(brand_id: int) -> Iterator[str]:
    """The documents of now, the newest first, a piece at a time, as far as SCANNED characters."""
    left = SCANNED
    versions = DocumentVersion.objects.filter(
        document__brand=brand_id, document__current__pk__isnull=False
    )
    current = versions.filter(pk__in=Document.objects.filter(brand=brand_id).values("current"))
    for text in current.order_by("-pk").values_list("text", flat=True).iterator(chunk_size=50):
        for start in range(0, min(len(text), left), BLOCK):
            yield text[start : start + BLOCK + OVERLAP]
        left -= len(text)
        if left <= 0:
            return


def written_in(text: str) -> Iterator[str]:
    for each in identifiers(text):
        yield text[each.start : each.end]
