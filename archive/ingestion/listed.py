"""The document that a source's entry became, for its place in the source's list."""

from archive.ingestion.index import Indexed
from archive.models import IngestionItem, Listing


def listed_as(item: IngestionItem, indexed: Indexed) -> None:
    if item.run.source_id:
        rows = Listing.objects.filter(source=item.run.source_id, key=item.key)
        rows.update(document=indexed.document)
