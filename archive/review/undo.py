"""Taking back what was done to a document, or to all the documents of one act."""

import uuid
from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q

from archive.ingestion.rename import rename
from archive.models import Change, Document
from archive.review.edit import column, put
from archive.review.record import TRACKED, Act, plain, record, row

NAMED = 3  # documents of a batch, in a refusal
NEVER = "That is not undone by a click."
INSTEAD = {
    "created": "It is withdrawn or deleted instead.",
    "updated": "Bring its earlier text back instead, where its texts are listed.",
}


class UndoError(Exception):
    """Why something is not undone; the text is one plain sentence."""


def undoable(change: Change) -> bool:
    """Whether it is of a kind that can be taken back, whatever may stand in the way now."""
    return bool(change.before) and set(change.before) <= set(TRACKED) and bool(change.document_id)


def undo(change: Change, by: AbstractBaseUser | None = None) -> Change:
    """Give the document back what it had; the change that does it. Raises UndoError."""
    return undo_all([change], by)[0]


def undo_batch(batch: uuid.UUID, by: AbstractBaseUser | None = None) -> list[Change]:
    """Undo what one act did to many documents: all of it or, raising UndoError, nothing."""
    changes = Change.objects.filter(batch=batch, undone=None).select_related("by")
    return undo_all([change for change in changes if undoable(change)], by)


def undo_all(changes: Sequence[Change], by: AbstractBaseUser | None) -> list[Change]:
    if not changes:
        raise UndoError("There is nothing left of this to undo.")
    for change in changes:
        if not undoable(change):
            raise UndoError(f"“{change.title}” was {change.act}. {INSTEAD.get(change.act, NEVER)}")
    act = Act("undone", by, undoes={pk: each for each in changes if (pk := each.document_id)})
    with transaction.atomic():
        held = Document.objects.select_for_update(of=("self",)).order_by("pk")
        documents = {each.pk: each for each in held.filter(pk__in=list(act.undoes))}
        refuse([why for each in changes if (why := hindrance(each, documents))])
        record([revert(documents[pk], each, act) for pk, each in act.undoes.items()])
        return list(Change.objects.filter(batch=act.batch))


def refuse(reasons: Sequence[str]) -> None:
    if reasons:
        more = len(reasons) - NAMED
        also = f" And {more} more." if more > 0 else ""
        raise UndoError(" ".join(reasons[:NAMED]) + also + " Nothing was undone.")


def hindrance(change: Change, documents: dict[int, Document]) -> str:
    """Why `change` cannot be undone now; "" if it can."""
    document = documents.get(change.document_id or 0)
    if document is None:
        return f"“{change.title}” was deleted."
    if Change.objects.filter(undoes=change).exists():
        return f"“{change.title}”: this was undone already."
    later = later_than(change)
    moved = any(plain(getattr(document, name)) != value for name, value in change.after.items())
    if later is None and not moved:
        return ""
    if later is None:
        return f"“{document.title}” has been changed since."
    who = later.by.get_full_name() or later.by.get_username() if later.by else "the product"
    names = ", ".join(
        sorted(str(column(name).verbose_name) for name in set(later.after) & set(change.after))
    )
    return f"“{document.title}” has a new {names} since, by {who} on {later.at:%-d %B %Y}."


def later_than(change: Change) -> Change | None:
    """The last later change of the same fields that has not been taken back itself."""
    since = Change.objects.filter(document=change.document, pk__gt=change.pk, undone=None)
    since = since.filter(Q(undoes=None) | Q(undoes__lt=change.pk))
    return since.filter(after__has_any_keys=list(change.after)).select_related("by").first()


def revert(document: Document, change: Change, act: Act) -> Change:
    title = document.title
    put(document, change.before)
    if {"title", "language"} & set(change.before):
        rename(document, title)
    return row(act, document, change.after, change.before)
