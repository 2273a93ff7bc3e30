"""A feed into the catalogue: what is new, what changed, what stayed, and what is gone.

Each batch is read and embedded first and written in one short transaction, so that an import
killed at any moment leaves whole products behind and, repeated, ends as if it had run once.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from archive.models import Brand
from catalog.feeds.feed import Feed, opened
from catalog.feeds.product import FeedError
from catalog.feeds.words import clean
from catalog.models import CatalogImport
from catalog.search import refresh
from catalog.withdrawal import Withdrawal, due, withdraw
from catalog.writing import Writer

BATCH = 256  # products a transaction
LOCK = 0x0CA7A106  # the first half of the advisory lock's number; the second is the brand
Progress = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """For imports nobody watches."""


def import_feed(
    brand: Brand,
    path: Path,
    form: str = "auto",
    progress: Progress = silent,
    *,
    partial: bool = False,
    allow_withdrawals: bool = False,
) -> CatalogImport:
    """Bring the brand's catalogue to what the feed in `path` says, and record what became of it.

    `progress` is told (products done, products in the file). Products that the feed no longer
    holds become unavailable, unless the file is `partial`, was cut short, or more than half would
    go and `allow_withdrawals` is false: the record's notice then says so. Raises FeedError when the
    file cannot be read or holds no row, and when another import of the brand is running;
    EmbeddingError when the model fails, what was written until then being whole.
    """
    with alone(brand), opened(path, form, brand.currency) as feed:
        if not feed.keys:
            raise FeedError(f"{path.name} holds no products.")
        record = CatalogImport.objects.create(
            brand=brand, file_name=clean(path.name)[:300], form=feed.form.name
        )
        withdrawal = due(brand, feed, partial=partial, allowed=allow_withdrawals)
        writer = Writer(brand, record)
        done, products = 0, feed.products()
        while batch := list(islice(products, BATCH)):
            writer.write(batch)
            done = min(len(feed.keys), done + len(batch))
            progress(done, len(feed.keys))
        if record.read_count and not withdrawal.notice:
            record.withdrawn_count = withdraw(brand, withdrawal.keys)
        refresh(brand.pk)
        conclude(record, feed, withdrawal, partial=partial)
        return record


@contextmanager
def alone(brand: Brand) -> Iterator[None]:
    """Hold the brand's catalogue against other imports. Raises FeedError when one is running.

    The lock is the connection's, so that it ends with a killed process.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, brand.pk])
        if not cursor.fetchone()[0]:
            raise FeedError(f"Another import for {brand.name} is running: wait until it has ended.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, brand.pk])


def conclude(record: CatalogImport, feed: Feed, withdrawal: Withdrawal, *, partial: bool) -> None:
    """Close the record and, if it read anything, let it answer for its feed from now on."""
    record.finished = timezone.now()
    record.notice = withdrawal.notice if record.read_count else ""
    with transaction.atomic():
        if record.read_count and not partial:
            # What stays though the file does not name it remains this feed's to withdraw.
            stays = withdrawal.keys if withdrawal.notice else frozenset[str]()
            record.keys = sorted((feed.keys | stays) - {""})
            CatalogImport.objects.filter(pk__in=withdrawal.replaced).update(keys=[])
        record.save()
