"""The swap: a new version with its passages in the place of the old, all or nothing."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection, transaction
from pgvector import Vector

from archive.ingestion import drops
from archive.ingestion.claim import State
from archive.ingestion.embed import Embedded
from archive.ingestion.language import passage_language
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
UNSET = ""  # of the audience, which a trigger copies from the passage
COLUMNS = "brand_id, passage_id, model, audience, vector, sketch"
# A table behind a wall takes no COPY; the connection's own, empty between transactions, does.
BESIDE = f"""
    CREATE TEMPORARY TABLE IF NOT EXISTS incoming_vectors ON COMMIT DELETE ROWS
    AS SELECT {COLUMNS} FROM {PassageEmbedding._meta.db_table} WITH NO DATA
"""  # noqa: S608 - our own names
VECTORS = f"COPY incoming_vectors ({COLUMNS}) FROM STDIN WITH (FORMAT BINARY)"
MOVED = f"""
    WITH taken AS (DELETE FROM incoming_vectors RETURNING *)
    INSERT INTO {PassageEmbedding._meta.db_table} ({COLUMNS}) SELECT {COLUMNS} FROM taken
"""  # noqa: S608 - our own names


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
    number = 1 if created else next_number(document)
    version = document.current = add_version(document, number, item, embedded)
    if created:
        document.save(update_fields=["current"])
    else:
        document.passages.all().delete()
        document.save()
    add_passages(document, version, embedded)
    drops.record(document, embedded.document.left_out)
    state = State.CREATED if created else State.UPDATED
    act = Act(str(state), item.run.started_by, under(item.run_id))
    record([row(act, document, before, standing(document) | {"version": version.pk})])
    return Indexed(document, state, len(embedded.pieces))


def next_number(document: Document) -> int:
    last = document.versions.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def add_version(
    document: Document, number: int, item: IngestionItem, embedded: Embedded
) -> DocumentVersion:
    return DocumentVersion.objects.create(
        document=document,
        item=item,
        address=item.address,
        number=number,
        content_hash=item.content_hash,
        text=embedded.document.text,
        pages=embedded.document.pages,
        headings=embedded.document.headings,
        turns=[asdict(turn) for turn in embedded.document.turns],
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
                language=passage_language(piece.text, document.language),
                words=piece.words,
            )
            for number, piece in enumerate(embedded.pieces)
        ],
        batch_size=BATCH,
    )
    add_vectors(passages, embedded)


def add_vectors(passages: Sequence[Passage], embedded: Embedded) -> None:
    """By COPY, in the database's own form: a quarter of the time that INSERT takes."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BESIDE)
        with cursor.copy(VECTORS) as copy:
            # Bytes stand as they are, which is how the database sends and takes a vector.
            copy.set_types(["int8", "int8", "varchar", "varchar", "bytea", "bytea"])
            rows = zip(passages, embedded.vectors, embedded.sketches, strict=True)
            for passage, vector, sketch in rows:
                stored = Vector(vector).to_binary()
                held = [passage.brand_id, passage.pk, embedded.model, UNSET, stored, sketch]
                copy.write_row(held)
        cursor.execute(MOVED)
