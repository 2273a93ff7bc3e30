"""What a source lists beside what it listed the last time: what has to be asked for at all."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from archive.ingestion.claim import ATTEMPTS
from archive.models import IngestionItem, IngestionRun, Listing, Source
from archive.sources.kind import Entry, Kind, Known

TRUST = timedelta(days=7)  # that a website's word on a page is believed without asking for it

State = IngestionItem.State


class Comparison:
    """The listings of a source, by key, as they stood when it was made."""

    def __init__(self, source: Source, run: IngestionRun | None = None) -> None:
        self.source = source
        self.run = run
        self.listings = {each.key: each for each in source.listings.all()}
        self.again = failed_keys(source, everything=bool(run and run.started_by_id))

    def is_done(self, entry: Entry) -> bool:
        """Whether the run has dealt with the entry already, before its worker died say."""
        listing = self.listings.get(entry.key)
        return listing is not None and self.run is not None and listing.seen == self.run.created

    def is_new(self, entry: Entry) -> bool:
        listing = self.listings.get(entry.key)
        return listing is None or not listing.content_hash

    def is_untouched(self, entry: Entry, kind: Kind) -> bool:
        """Whether the list alone says that the entry is as it was."""
        listing = self.listings.get(entry.key)
        if listing is None or not listing.content_hash or entry.key in self.again:
            return False
        if not entry.stamp or entry.stamp != listing.stamp:
            return False
        lately = listing.asked is not None and listing.asked > timezone.now() - TRUST
        return lately or not kind.delay or entry.data is not None

    def known(self, entry: Entry) -> Known:
        """What its server may be asked to compare with."""
        listing = self.listings.get(entry.key)
        if listing is None or not listing.content_hash or entry.key in self.again:
            return Known()
        return Known(listing.etag, listing.last_modified)

    def is_same(self, entry: Entry, content_hash: str) -> bool:
        listing = self.listings.get(entry.key)
        same = listing is not None and listing.content_hash == content_hash
        return same and entry.key not in self.again

    def owner(self, entry: Entry) -> str:
        """The name of another source that brings in what has this key; "" if none does."""
        if entry.key in self.listings:
            return ""
        others = Listing.objects.filter(source__brand=self.source.brand, key=entry.key)
        found = others.exclude(source=self.source).exclude(content_hash="")
        return found.values_list("source__name", flat=True).first() or ""


def failed_keys(source: Source, *, everything: bool) -> set[str]:
    """Keys whose bytes came and whose last item failed for want of trying; all, if asked for.

    What a parser has refused it would refuse again, so only a person's run tries it anew.
    """
    failed = Q(state=State.FAILED) & ~Q(content_hash="")
    items = IngestionItem.objects.filter(run__source=source)
    lately = items.order_by("key", "-pk").distinct("key").values("pk")
    found = IngestionItem.objects.filter(failed, pk__in=lately)
    if not everything:
        found = found.filter(attempts__gte=ATTEMPTS)
    return set(found.values_list("key", flat=True))
