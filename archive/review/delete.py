"""Deleting for good, refused while something rests on what would go."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from archive.ingestion.kept import discard
from archive.models import Document, DocumentVersion, IngestionItem, Source
from archive.review.record import TRACKED, Act, record, row, standing
from archive.review.uses import Use, uses

NAMED = 5  # documents of a source, in a refusal


class InUseError(Exception):
    """Why something is not deleted; the text is one or two plain sentences."""


def delete(documents: QuerySet[Document], by: AbstractBaseUser | None = None) -> int:
    """Delete all of `documents` with their texts and kept files; how many.

    Raises InUseError, naming what uses them, and then deletes none. Files that another document
    or run has kept too stay.
    """
    act = Act("deleted", by)
    with transaction.atomic():
        chosen = Document.objects.filter(pk__in=documents.values("pk")).order_by("pk")
        held = list(chosen.select_for_update(of=("self",)))
        refuse(held)
        names = release(held)
        record(row(act, each, standing(each), dict.fromkeys(TRACKED)) for each in held)
        Document.objects.filter(pk__in=[each.pk for each in held]).delete()
        transaction.on_commit(lambda: discard(names))
    return len(held)


def refuse(documents: Iterable[Document]) -> None:
    """Raises InUseError if anything must keep one of them."""
    titles = {each.pk: each.title for each in documents}
    kept = {pk: holding for pk, some in uses(list(titles)).items() if (holding := holds(some))}
    if not kept:
        return
    named = [f"“{titles[pk]}” is used by {said}." for pk, said in list(kept.items())[:NAMED]]
    more = [f"So are {len(kept) - NAMED} more."] if len(kept) > NAMED else []
    raise InUseError(" ".join([*named, *more, "Withdraw it instead: no reader sees it then."]))


def holds(found: Iterable[Use]) -> str:
    return " and ".join(use.said for use in found if use.holds)


def release(documents: list[Document]) -> set[str]:
    """The names of the files kept for them; ended items of runs let go of theirs."""
    versions = DocumentVersion.objects.filter(document__in=documents).exclude(file="")
    items = IngestionItem.objects.filter(document__in=documents, state__in=IngestionItem.ENDED)
    names = {*versions.values_list("file", flat=True), *items.values_list("file", flat=True)}
    parents = {pk for pk in items.values_list("parent", flat=True) if pk}
    items.update(file="")
    return (names | emptied(parents)) - {""}


def emptied(parents: set[int]) -> set[str]:
    """The files that the deleted ones were taken out of, once none of what was in them is kept."""
    if not parents:
        return set()
    kept = Exists(IngestionItem.objects.filter(parent=OuterRef("pk")).exclude(file=""))
    empty = IngestionItem.objects.filter(~kept, pk__in=parents, state__in=IngestionItem.ENDED)
    found = list(empty.values_list("pk", "parent", "file"))
    IngestionItem.objects.filter(pk__in=[pk for pk, _, _ in found]).update(file="")
    above = {parent for _, parent, _ in found if parent}
    return {name for _, _, name in found} | emptied(above)


def source_uses(source: Source) -> list[str]:
    """What rests on documents that came from `source`, in sentences; nothing: it may be deleted."""
    came = Q(listings__source=source) | Q(ingestion_items__run__source=source)
    titles = dict(Document.objects.filter(came).distinct().values_list("pk", "title"))
    kept = [
        f"“{titles[pk]}” is used by {said}."
        for pk, some in uses(list(titles)).items()
        if (said := holds(some))
    ]
    more = len(kept) - NAMED
    return kept[:NAMED] + ([f"{more} more documents of it are used."] if more > 0 else [])
