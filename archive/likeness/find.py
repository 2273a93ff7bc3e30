"""The clusters of a brand, brought up to what its documents say now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Prefetch

from archive.likeness import boilerplate, vocabulary
from archive.likeness.clusters import EXACT, NEAR, Cluster, find
from archive.likeness.signatures import Known, known
from archive.models import Alike, Brand, DocumentVersion, Likeness

BATCH = 500  # rows an INSERT

Member = tuple[int, str]  # a document and the digest of its words


@dataclass(frozen=True, slots=True)
class Found:
    documents: int  # compared
    open: int  # clusters that wait for a person
    new: int  # of them, found now


def look(brand_id: int) -> Found:
    """Compare a brand's documents and write down what is alike.

    What a person has settled is not asked again while the texts stay what they were.
    """
    rows = known(brand_id)

    def texts(numbers: Sequence[int]) -> Mapping[int, str]:
        versions = {rows[number].version: number for number in numbers}
        found = DocumentVersion.objects.filter(pk__in=list(versions)).values_list("pk", "text")
        return {versions[pk]: text for pk, text in found.iterator()}

    clusters = find([row.sketch for row in rows], texts, vocabulary.words(brand_id))
    with transaction.atomic():
        Brand.objects.select_for_update(of=("self",), no_key=True).get(pk=brand_id)
        new = write(brand_id, rows, clusters)
    boilerplate.look(brand_id)
    waiting = Likeness.objects.filter(brand=brand_id, settled=None).count()
    return Found(len(rows), waiting, new)


def write(brand_id: int, rows: list[Known], clusters: list[Cluster]) -> int:
    """Keep what is known already, make what is new, let go what is no more; how many are new."""
    settled, waiting = standing(brand_id)
    made: list[tuple[Likeness, Cluster]] = []
    for cluster in clusters:
        members = frozenset(
            (rows[number].document, rows[number].sketch.digest.hex()) for number in cluster.members
        )
        if any(members <= each for each in settled.get(alike(cluster.kind), ())):
            continue
        if waiting.pop((cluster.kind, members), None) is None:
            made.append((Likeness(brand_id=brand_id, kind=cluster.kind), cluster))
    Likeness.objects.filter(pk__in=waiting.values()).delete()
    Likeness.objects.bulk_create([likeness for likeness, _ in made], batch_size=BATCH)
    Alike.objects.bulk_create(
        [
            Alike(
                likeness=likeness,
                document_id=rows[number].document,
                digest=rows[number].sketch.digest.hex(),
                containment=round(share, 3),
            )
            for likeness, cluster in made
            for number, share in cluster.members.items()
        ],
        batch_size=BATCH,
    )
    return len(made)


def alike(kind: str) -> str:
    """An exact copy becomes a near one with the next that is found: settled is settled."""
    return NEAR if kind == EXACT else kind


def standing(
    brand_id: int,
) -> tuple[dict[str, list[frozenset[Member]]], dict[tuple[str, frozenset[Member]], int]]:
    """The members of what is settled, by kind; and what waits, by kind and members."""
    settled: dict[str, list[frozenset[Member]]] = {}
    waiting: dict[tuple[str, frozenset[Member]], int] = {}
    members = Prefetch("members", Alike.objects.only("likeness", "document", "digest"))
    for row in Likeness.objects.filter(brand=brand_id).prefetch_related(members):
        held = frozenset((each.document_id, each.digest) for each in row.members.all())
        if row.settled:
            settled.setdefault(alike(row.kind), []).append(held)
        else:
            waiting[row.kind, held] = row.pk
    return settled, waiting
