"""What a person says of copies: which of them stay. The others are withdrawn, and may come back."""

import uuid
from collections.abc import Collection

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from archive.models import Document, Likeness
from archive.review.record import Act
from archive.review.status import move
from archive.review.undo import UndoError, undo_batch

NOBODY = "At least one of the documents has to stay."
DECIDED = "Somebody has decided on these documents already."
GONE = "These documents have changed since: they are compared again."


class ChoiceError(Exception):
    """Why a choice cannot stand; the text is one plain sentence."""


def keep(likeness_id: int, documents: Collection[int], by: AbstractBaseUser | None) -> int:
    """Keep `documents` of a likeness and withdraw its others; how many. Raises ChoiceError."""
    with transaction.atomic():
        likeness = held(likeness_id)
        if likeness.settled:
            raise ChoiceError(DECIDED)
        members = list(likeness.members.values_list("document_id", flat=True))
        kept = set(documents) & set(members)
        if not kept:
            raise ChoiceError(NOBODY)
        act = Act("withdrawn", by, uuid.uuid4())
        others = Document.objects.filter(pk__in=set(members) - kept)
        withdrawn = move(others, act)
        likeness.members.filter(document__in=kept).update(kept=True)
        likeness.members.exclude(document__in=kept).update(kept=False)
        likeness.settled, likeness.batch = timezone.now(), act.batch if withdrawn else None
        likeness.settled_by_id = by.pk if by else None
        likeness.save(update_fields=["settled", "settled_by", "batch"])
    return withdrawn


def reopen(likeness_id: int, by: AbstractBaseUser | None) -> None:
    """Take a choice back: what it withdrew stands as it stood. Raises ChoiceError."""
    with transaction.atomic():
        likeness = held(likeness_id)
        if not likeness.settled:
            return
        if likeness.batch:
            try:
                undo_batch(likeness.batch, by)
            except UndoError as error:
                raise ChoiceError(str(error)) from None
        likeness.members.update(kept=None)
        likeness.settled = likeness.settled_by = likeness.batch = None
        likeness.save(update_fields=["settled", "settled_by", "batch"])


def held(likeness_id: int) -> Likeness:
    likeness = Likeness.objects.select_for_update(of=("self",)).filter(pk=likeness_id).first()
    if likeness is None:
        raise ChoiceError(GONE)
    return likeness
