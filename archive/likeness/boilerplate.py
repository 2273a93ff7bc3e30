"""Paragraphs that open or close many documents of a brand: proposed, and left to a person."""

from collections import defaultdict

from django.db import transaction

from archive.ingestion.leave_out import BOILERPLATE, fingerprint
from archive.likeness.pairs import RECURS
from archive.likeness.signatures import compared
from archive.models import Boilerplate, Brand

HEAD, FOOT = 2, 3  # paragraphs at the edges of a document
SHORTEST = 40  # characters; a heading may well stand in many documents


def look(brand_id: int) -> None:
    """Propose what stands at the edge of more than RECURS documents; forget what no longer does.

    What somebody has decided stays decided.
    """
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for document, text in compared(brand_id).values_list("pk", "current__text").iterator():
        for line in edges(text):
            holders[line].append(document)
    found = {line: held for line, held in holders.items() if len(held) > RECURS}
    rows = [
        Boilerplate(
            brand_id=brand_id,
            text=line,
            fingerprint=fingerprint(BOILERPLATE, line),
            documents=sorted(held),
        )
        for line, held in found.items()
    ]
    known = [row.fingerprint for row in rows]
    with transaction.atomic():
        Brand.objects.select_for_update(of=("self",), no_key=True).get(pk=brand_id)
        undecided = Boilerplate.objects.filter(brand=brand_id, left_out=None)
        undecided.exclude(fingerprint__in=known).delete()
        Boilerplate.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["brand", "fingerprint"],
            update_fields=["documents"],
        )


def edges(text: str) -> set[str]:
    lines = [line for line in text.split("\n") if line]
    return {line for line in (*lines[:HEAD], *lines[-FOOT:]) if len(line) >= SHORTEST}
