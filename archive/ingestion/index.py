"""The swap: a new version with its passages in the place of the old, all or nothing."""

from dataclasses import dataclass
from typing import Any

from archive.ingestion import drops
from archive.ingestion.claim import State
from archive.ingestion.embed import Embedded
from archive.models import (
    Document,
    DocumentVersion,
    IngestionItem,
    Passage,
    PassageEmbedding,
)
from archive.review.record import Act, record, row, standing
from archive.review.status import under

BATCH = 500  # rows an INSERT


@dataclass(frozen=True, slots=True)
class Indexed:
    document: Document
    state: str  # what became of the item: created or updated
    passages: int


def index(item: IngestionItem, fields: dict[str, Any], embedded: Embedded) -> Indexed:
    """Store what `item` has become: a document with `fields`. To be called inside a transaction."""
    document, created = Document.objects.select_for_update(of=("self",)).get_or_create(
        brand=item.run.brand, key=item.key, defaults=fields
    )
    before = {} if created else standing(document) | {"version": document.current_id}
    for name, value in fields.items():
        setattr(document, name, value)
    version = add_version(document, item, embedded)
    document.passages.all().delete()
    add_passages(document, version, embedded)
    drops.record(document, embedded.document.left_out)
    document.current = version
    document.save()
    state = State.CREATED if created else State.UPDATED
    act = Act(str(state), item.run.started_by, under(item.run_id))
    record([row(act, document, before, standing(document) | {"version": version.pk})])
    return Indexed(document, state, len(embedded.pieces))


def add_version(document: Document, item: IngestionItem, embedded: Embedded) -> DocumentVersion:
    last = document.versions.order_by("-number").values_list("number", flat=True).first()
    return DocumentVersion.objects.create(
        document=document,
        item=item,
        address=item.address,
        number=(last or 0) + 1,
        content_hash=item.content_hash,
        text=embedded.document.text,
        pages=embedded.document.pages,
        headings=embedded.document.headings,
        unread_pages=embedded.document.unread_pages,
        file_name=item.file_name,
        file=item.file.name,
        media_type=embedded.document.media_type,
    )


def add_passages(document: Document, version: DocumentVersion, embedded: Embedded) -> None:
    passages = Passage.objects.bulk_create(
        [
            Passage(
                brand_id=document.brand_id,
                document=document,
                version=version,
                number=number,
                start=piece.start,
                end=piece.end,
                text=piece.text,
                title=piece.title,
                page=piece.page,
                speaker=piece.speaker[:120],
                language=document.language,
                words=piece.words,
            )
            for number, piece in enumerate(embedded.pieces)
        ],
        batch_size=BATCH,
    )
    PassageEmbedding.objects.bulk_create(
        [
            PassageEmbedding(
                brand_id=document.brand_id,
                passage=passage,
                model=embedded.model,
                vector=vector,
                sketch=sketch,
            )
            for passage, vector, sketch in zip(
                passages, embedded.vectors, embedded.sketches, strict=True
            )
        ],
        batch_size=BATCH,
    )
