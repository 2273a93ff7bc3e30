"""A document comes in: fetch, parse, clean, split, embed, index, publish."""

import logging
from dataclasses import replace
from typing import Any

from django.db import connection, transaction

from archive.embedding import EmbeddingError, choice, current_embedder
from archive.ingestion import drops
from archive.ingestion.claim import Claim, State, claim
from archive.ingestion.clean import Cleaned, clean
from archive.ingestion.embed import Embedded, embed
from archive.ingestion.fetch import fetch
from archive.ingestion.finish import close_run
from archive.ingestion.hold import overtake, waits
from archive.ingestion.index import index
from archive.ingestion.keep_alive import ClaimLostError, kept_alive
from archive.ingestion.listed import listed_as
from archive.ingestion.metadata import MetadataError, known
from archive.ingestion.parse.blocks import ParseError
from archive.ingestion.parse.limited import ParserCrashedError, parse
from archive.ingestion.parse.registry import HOLDERS
from archive.ingestion.publish import publish
from archive.ingestion.recognise import recognise
from archive.ingestion.split import split
from archive.ingestion.step import Step, reached
from archive.ingestion.unpack import holds_others, unpack
from archive.models import Document, IngestionItem
from archive.review import notices

UNEXPECTED = "The work on this file stopped unexpectedly; the log of that time says why."
OVERTAKEN = "A later upload of this file has come in before it."
ALONE = "SELECT pg_advisory_xact_lock(hashtext('archive.ingestion'), hashtext(%s))"
UNREAD = "unread_pages"
TAKEN = (State.CREATED, State.UPDATED, State.UNCHANGED)  # the document is as the item asked

log = logging.getLogger(__name__)


def work(item_id: int) -> None:
    """Bring one item in, unless another worker has it, it is done or it is gone."""
    claimed = claim(item_id)
    if claimed is None:
        return
    try:
        with kept_alive(claimed.renew):
            attempt(claimed)
    except ClaimLostError:
        log.info("item taken over", extra={"item": item_id})
        return
    reached(Step.ENDED, claimed.attempt)
    close_run(IngestionItem.objects.values_list("run_id", flat=True).get(pk=item_id))


def attempt(claimed: Claim) -> None:
    """Bring the item in, or give it back with the reason. Raises ClaimLostError."""
    try:
        bring_in(claimed)
    except ClaimLostError:
        raise
    except (ParserCrashedError, EmbeddingError) as error:
        claimed.give_back(str(error))
    except (ParseError, MetadataError) as error:
        claimed.end(State.FAILED, reason=str(error))
    except Exception:  # the boundary of the worker: whatever happened, the item is given back
        log.exception("item failed", extra={"item": claimed.item_id, "attempt": claimed.attempt})
        claimed.give_back(UNEXPECTED)


def bring_in(claimed: Claim) -> None:
    """The whole journey of one item. Nothing is visible of it before `swap`."""
    item = IngestionItem.objects.select_related("run__brand").get(pk=claimed.item_id)
    known_before = Document.objects.filter(brand=item.run.brand, key=item.key).exists()
    if known_before and not holds_others(item) and keep_unchanged(claimed):
        return
    claimed.reached(Step.FETCH)
    fetched = fetch(item)
    claimed.reached(Step.PARSE)
    parsed = parse(fetched.data, fetched.file_name)
    if unpack(claimed, item, fetched, parsed.media_type):
        return
    if parsed.media_type in HOLDERS and keep_unchanged(claimed):
        return
    parsed = recognise(parsed, fetched.data, item)
    claimed.reached(Step.CLEAN)
    cleaned = clean(parsed, drops.choices(item))
    if known_before and wait_for_a_person(claimed, cleaned):
        return
    fields = known(item, cleaned)
    cleaned = replace(cleaned, title=fields["title"], language=fields["language"])
    claimed.reached(Step.SPLIT)
    parts = split(cleaned)
    claimed.reached(Step.EMBED)
    embedded = embed(parts, current_embedder(), lambda: claimed.reached(Step.BATCH))
    claimed.reached(Step.INDEX)
    swap(claimed, fields, embedded)


def keep_unchanged(claimed: Claim) -> bool:
    """End the item here if its document already has these bytes and these fields."""
    with transaction.atomic():
        return stands(claimed, claimed.hold())


def wait_for_a_person(claimed: Claim, cleaned: Cleaned) -> bool:
    """End the item here if its text is to be seen by a person first."""
    with transaction.atomic():
        return waits(claimed, claimed.hold(), cleaned)


def swap(claimed: Claim, fields: dict[str, Any], embedded: Embedded) -> None:
    """The document with its new passages, seen by all, and the end of the item: one commit."""
    with transaction.atomic():
        item = claimed.hold()
        if stands(claimed, item):  # the same upload twice, and the other was faster
            return
        if waits(claimed, item, embedded.document):  # the document was published meanwhile
            return
        indexed = index(item, fields, embedded)
        listed_as(item, indexed)
        choice.adopt()
        publish(indexed.document, item.run, new=indexed.state == State.CREATED)
        reason = tell_amiss(item, embedded.document)
        claimed.end(
            indexed.state, reason=reason, document=indexed.document.pk, passages=indexed.passages
        )
        notices.settle_about(item, "parked")
        reached(Step.INDEXED, claimed.attempt)


def tell_amiss(item: IngestionItem, cleaned: Cleaned) -> str:
    """What a curator should know of the file; of pages without text a notice tells too."""
    said = " ".join(cleaned.notes)
    if cleaned.unread_pages:
        notices.tell(item, UNREAD, f"“{item.key}” came in. {said}")
    else:
        notices.settle_about(item, UNREAD)
    return said


def stands(claimed: Claim, item: IngestionItem) -> bool:
    """End the item if its document needs nothing of it. Inside a transaction.

    Items of one key pass here one after another, so that of two equal uploads the second meets
    what the first has made, be it the document itself.
    """
    with connection.cursor() as cursor:
        cursor.execute(ALONE, [f"{item.run.brand_id} {item.key}"])
    documents = Document.objects.filter(brand=item.run.brand, key=item.key)
    document = documents.select_for_update(of=("self",)).select_related("current").first()
    if document is None or document.current is None:
        return False
    taken = document.ingestion_items.filter(state__in=TAKEN)
    if taken.filter(pk__gt=item.pk).exists():
        claimed.end(State.UNCHANGED, reason=OVERTAKEN, document=document.pk)
        return True
    # What came with the file the last time it was brought in.
    given = taken.order_by("-finished").values_list("metadata", flat=True).first()
    if document.current.content_hash != item.content_hash or given != item.metadata:
        return False
    overtake(document)
    if drops.is_undone(document):
        return False
    publish(document, item.run)
    claimed.end(State.UNCHANGED, document=document.pk, passages=document.passages.count())
    return True
