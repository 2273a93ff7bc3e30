"""A document comes in: fetch, parse, clean, split, embed, index, publish."""

import logging
from dataclasses import replace

from django.db import transaction

from archive.embedding import EmbeddingError, choice, current_embedder
from archive.ingestion.claim import Claim, ClaimLostError, State, claim
from archive.ingestion.clean import clean
from archive.ingestion.embed import embed
from archive.ingestion.fetch import fetch
from archive.ingestion.finish import close_run
from archive.ingestion.index import index
from archive.ingestion.metadata import MetadataError, known
from archive.ingestion.parse.blocks import ParseError
from archive.ingestion.parse.limited import parse
from archive.ingestion.publish import publish
from archive.ingestion.split import split
from archive.models import Document, IngestionItem

UNEXPECTED = "The work on this file stopped unexpectedly; the log of that time says why."

log = logging.getLogger(__name__)


def work(item_id: int) -> None:
    """Bring one item in, unless another worker has it or it is done."""
    claimed = claim(item_id)
    if claimed is None:
        return
    try:
        bring_in(claimed)
    except ClaimLostError:
        log.info("item taken over", extra={"item": item_id})
    except (ParseError, MetadataError) as error:
        claimed.end(State.FAILED, reason=str(error))
    except EmbeddingError as error:
        claimed.give_back(str(error))
    except Exception:  # the boundary of the worker: whatever happened, the item is given back
        log.exception("item failed", extra={"item": item_id, "attempt": claimed.attempt})
        claimed.give_back(UNEXPECTED)
    close_run(IngestionItem.objects.values_list("run_id", flat=True).get(pk=item_id))


def bring_in(claimed: Claim) -> None:
    """The whole journey of one item. Nothing is visible of it before its last line."""
    item = IngestionItem.objects.select_related("run__brand").get(pk=claimed.item_id)
    if keep_unchanged(claimed):
        return
    fetched = fetch(item)
    cleaned = clean(parse(fetched.data, fetched.file_name))
    claimed.renew()
    fields = known(item, cleaned)
    cleaned = replace(cleaned, title=fields["title"], language=fields["language"])
    embedded = embed(split(cleaned), current_embedder(), claimed.renew)
    with transaction.atomic():
        item = claimed.hold()
        indexed = index(item, fields, embedded)
        choice.adopt()
        if item.run.publish:
            publish(Document.objects.filter(pk=indexed.document.pk))
        claimed.end(indexed.state, document=indexed.document.pk, passages=indexed.passages)


def keep_unchanged(claimed: Claim) -> bool:
    """End the item here if its document already has these bytes and these fields."""
    with transaction.atomic():
        item = claimed.hold()
        document = Document.objects.filter(
            brand=item.run.brand, key=item.key, current__content_hash=item.content_hash
        ).first()
        if document is None or last_metadata(document) != item.metadata:
            return False
        if item.run.publish:
            publish(Document.objects.filter(pk=document.pk))
        claimed.end(State.UNCHANGED, document=document.pk, passages=document.passages.count())
    return True


def last_metadata(document: Document) -> object:
    """The fields that came with the file the last time it was brought in."""
    items = document.ingestion_items.filter(state__in=IngestionItem.ENDED)
    return items.order_by("-finished").values_list("metadata", flat=True).first()
