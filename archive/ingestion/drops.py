"""What cleaning left out of documents: noted, restored, left out again."""

from collections.abc import Iterable

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from archive.ingestion.leave_out import BOILERPLATE, Choices, LeftOut
from archive.ingestion.run import start_kept
from archive.models import Boilerplate, Document, Drop, IngestionItem, IngestionRun

BATCH = 500  # rows an INSERT
LONGEST = 120  # characters of a value
# Restored and not yet back in the text, or the other way round.
UNDONE = Q(restored=None, left_out=False) | Q(restored__isnull=False, left_out=True)


def choices(item: IngestionItem) -> Choices:
    """What people have decided on the document that `item` becomes."""
    drops = Drop.objects.filter(document__brand=item.run.brand, document__key=item.key)
    unwanted = Boilerplate.objects.filter(brand=item.run.brand).unwanted()
    return Choices(
        frozenset(drops.exclude(restored=None).values_list("fingerprint", flat=True)),
        frozenset(unwanted.values_list("fingerprint", flat=True)),
    )


def record(document: Document, found: Iterable[LeftOut]) -> None:
    """Note what the version just written left out. What was restored is remembered for ever."""
    rows = [
        Drop(
            document=document,
            rule=each.rule,
            value=each.value[:LONGEST],
            text=each.text,
            fingerprint=each.fingerprint,
            page=each.page,
            count=each.count,
            left_out=not each.spared,
        )
        for each in found
    ]
    others = document.drops.exclude(fingerprint__in=[row.fingerprint for row in rows])
    others.filter(restored=None).delete()
    others.update(left_out=False)  # it is nowhere in the file any more
    Drop.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["document", "rule", "fingerprint"],
        update_fields=["value", "text", "page", "count", "left_out"],
    )


def is_undone(document: Document) -> bool:
    """Whether somebody has decided on a stretch since the document's text was made."""
    return document.drops.filter(UNDONE).exists()


def restore(drop: Drop, by: AbstractBaseUser | None) -> IngestionRun | None:
    """Take the stretch back into the text, in this version and in those to come."""
    return decide([drop], restored=True, by=by)


def leave_out(drop: Drop, by: AbstractBaseUser | None) -> IngestionRun | None:
    """Leave the stretch out again."""
    return decide([drop], restored=False, by=by)


def decide(
    drops: Iterable[Drop], *, restored: bool, by: AbstractBaseUser | None
) -> IngestionRun | None:
    """Write the decision down and bring the documents in again from the bytes that were kept.

    None where there was nothing to decide. The drops are of one brand.
    """
    chosen = Drop.objects.filter(pk__in=[drop.pk for drop in drops], restored__isnull=restored)
    with transaction.atomic():
        rows = list(chosen.select_for_update().select_related("document__brand"))
        if not rows:
            return None
        moment = timezone.now() if restored else None
        Drop.objects.filter(pk__in=[row.pk for row in rows]).update(
            restored=moment, restored_by_id=number(by) if restored else None
        )
        documents = list({row.document_id: row.document for row in rows}.values())
        named = documents[0].title if len(documents) == 1 else f"{len(documents)} documents"
        word = "Restored text" if restored else "Left out text"
        return bring_again(documents, f"{word}: {named}", by)


def bring_again(
    documents: list[Document], origin: str, by: AbstractBaseUser | None
) -> IngestionRun:
    """A run over the kept bytes of documents of one brand. Inside a transaction."""
    items = [again(document) for document in documents if document.current]
    return start_kept(documents[0].brand_id, items, origin, by)


def again(document: Document) -> IngestionItem:
    """The item that gave the document its text, once more."""
    version = document.current
    assert version is not None
    taken = document.ingestion_items.filter(content_hash=version.content_hash)
    last = taken.order_by("-finished").first()
    return IngestionItem(
        key=document.key,
        address=last.address if last else "",
        file_name=version.file_name,
        file=version.file.name,
        content_hash=version.content_hash,
        size=last.size if last else 0,
        metadata=last.metadata if last else {},
        document=document,
    )


def take_from_all(boilerplate: Boilerplate, by: AbstractBaseUser | None) -> IngestionRun | None:
    """Leave a paragraph out of every document of its brand, those to come included."""
    with transaction.atomic():
        Boilerplate.objects.filter(pk=boilerplate.pk).update(
            left_out=True, decided=timezone.now(), decided_by_id=number(by)
        )
        documents = Document.objects.filter(pk__in=boilerplate.documents).select_related(
            "brand", "current"
        )
        holding = [each for each in documents if boilerplate.text in each.text]
        rows = Drop.objects.filter(rule=BOILERPLATE, fingerprint=boilerplate.fingerprint)
        rows.filter(document__in=holding).update(restored=None, restored_by=None)
        Drop.objects.bulk_create(
            [to_be(boilerplate, each) for each in holding], ignore_conflicts=True
        )
        if not holding:
            return None
        return bring_again(holding, f"Left out text: {boilerplate.text[:200]}", by)


def let_stay(boilerplate: Boilerplate, by: AbstractBaseUser | None) -> IngestionRun | None:
    """Keep a paragraph in every document; where it was left out, it comes back."""
    with transaction.atomic():
        Boilerplate.objects.filter(pk=boilerplate.pk).update(
            left_out=False, decided=timezone.now(), decided_by_id=number(by)
        )
        taken = Drop.objects.filter(
            document__brand=boilerplate.brand_id,
            rule=BOILERPLATE,
            fingerprint=boilerplate.fingerprint,
        )
        return decide(taken, restored=True, by=by)


def to_be(boilerplate: Boilerplate, document: Document) -> Drop:
    """What says that the document's text has to be made anew."""
    return Drop(
        document=document,
        rule=BOILERPLATE,
        value=f"stands in {len(boilerplate.documents)} documents",
        text=boilerplate.text,
        fingerprint=boilerplate.fingerprint,
        left_out=False,
    )


def number(by: AbstractBaseUser | None) -> int | None:
    return by.pk if by else None
