"""What a feed no longer holds: whether it may go, and how it goes.

A house may have several feeds. Each import remembers the products its feed answers for; a file
that shares products with an earlier import is a newer version of that feed, and one that shares
none is a further feed, beside which the others stand.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from archive.models import Brand
from catalog.feeds.feed import Feed
from catalog.models import CatalogImport, Product, Variant

BATCH = 256  # products a transaction
FEW = 10  # products that may go at once, whatever their share


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The keys of the products that are gone from a feed, and why they stay nevertheless."""

    keys: frozenset[str]
    notice: str
    replaced: tuple[int, ...]  # the imports that this version of the feed takes over from


def due(brand: Brand, feed: Feed, *, partial: bool, allowed: bool) -> Withdrawal:
    """What `feed` calls for. A `partial` one calls for nothing; `allowed` overrides the guards."""
    if partial:
        return Withdrawal(frozenset(), "", ())
    earlier = CatalogImport.objects.filter(brand=brand, finished__isnull=False).exclude(keys=[])
    seen: set[str] = set()
    answered: set[str] = set()
    replaced = []
    for pk, keys in earlier.order_by("-pk").values_list("pk", "keys"):
        if allowed or not feed.keys.isdisjoint(keys):
            answered |= set(keys) - seen
            replaced.append(pk)
        seen |= set(keys)
    offered = Product.objects.filter(brand=brand).from_a_feed()
    standing = set(offered.values_list("key", flat=True)) & (seen if allowed else answered)
    gone = frozenset(standing - feed.keys)
    notice = ""
    if feed.cut and gone:
        notice = (
            "The file ends in the middle of a row or has parts that cannot be read: "
            f"{len(gone):,} products it does not name stay as they are."
        )
    elif not allowed and len(gone) > FEW and len(gone) * 2 > len(standing):
        notice = (
            f"{len(gone):,} of the {len(standing):,} products of this feed are no longer in it. "
            "As that is more than half, they stay as they are; --allow-withdrawals takes them out."
        )
    elif seen and not replaced:
        notice = "The file shares no product with those before it: it counts as a further feed."
    return Withdrawal(gone, notice, tuple(replaced))


def withdraw(brand: Brand, keys: frozenset[str]) -> int:
    """Mark the products no longer available, with all their variants; how many there were.

    They stay published, so that who asks for one by name is told what became of it.
    """
    gone = sorted(keys)
    for start in range(0, len(gone), BATCH):
        chunk = Product.objects.filter(brand=brand, key__in=gone[start : start + BATCH])
        with transaction.atomic():
            Variant.objects.filter(product__in=chunk).update(
                availability=Variant.Availability.UNAVAILABLE, quantity=None
            )
            # Without a hash a product no longer counts as a feed's, and is written anew if one
            # brings it back.
            chunk.update(content_hash="", updated=timezone.now())
    return len(gone)
