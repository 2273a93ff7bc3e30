"""The sketches of a brand's documents, each made once for every version."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet

from archive.likeness.reading import folded, sentences
from archive.likeness.sketch import HASHES, Sketch, sketch
from archive.models import Document, DocumentVersion, Signature
from archive.models.document import Status

METHOD = 1  # raise it when sketches are made differently
BATCH = 200  # versions read at once
WIDE, NARROW = np.dtype("<u8"), np.dtype("<u4")


@dataclass(frozen=True, slots=True)
class Known:
    document: int
    version: int
    sketch: Sketch


def compared(brand_id: int) -> QuerySet[Document]:
    """The documents among which copies are looked for; what is withdrawn bothers nobody."""
    documents = Document.objects.filter(brand=brand_id, current__isnull=False)
    return documents.exclude(status=Status.WITHDRAWN)


def known(brand_id: int) -> list[Known]:
    """Every document's sketch, by its number; those that are lacking are made and kept."""
    make_missing(compared(brand_id).values("current"))
    rows = Signature.objects.filter(version__in=compared(brand_id).values("current"))
    return [
        Known(row.version.document_id, row.version_id, to_sketch(row))
        for row in rows.select_related("version")
        .only("pk", "version__document", "digest", "sentences", "least", "anchors", "size")
        .order_by("version__document")
        .iterator()
    ]


def make_missing(versions: QuerySet[Document, Any]) -> None:
    made = Q(signature__method=METHOD)
    lacking = DocumentVersion.objects.filter(pk__in=versions).exclude(made)
    numbers = list(lacking.values_list("pk", flat=True))
    for start in range(0, len(numbers), BATCH):
        Signature.objects.bulk_create(
            list(to_rows(numbers[start : start + BATCH])),
            update_conflicts=True,
            unique_fields=["version"],
            update_fields=["method", "digest", "sentences", "least", "anchors", "size"],
        )


def to_rows(numbers: list[int]) -> Iterator[Signature]:
    texts = DocumentVersion.objects.filter(pk__in=numbers).values_list("pk", "text")
    for version, text in texts:
        made = sketch(sentences(folded(text)))
        yield Signature(
            version_id=version,
            method=METHOD,
            digest=made.digest,
            sentences=made.sentences.astype(WIDE).tobytes(),
            least=made.least.astype(NARROW).tobytes(),
            anchors=made.anchors.astype(WIDE).tobytes(),
            size=made.size,
        )


def to_sketch(row: Signature) -> Sketch:
    least = np.frombuffer(row.least, NARROW)
    assert len(least) == HASHES
    return Sketch(
        bytes(row.digest),
        np.frombuffer(row.sentences, WIDE),
        least,
        np.frombuffer(row.anchors, WIDE),
        row.size,
    )
