"""Taking back what was done to a document, or to all the documents of one act."""

import uuid
from collections import defaultdict
from collections.abc import Sequence

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

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
        refuse(hindrances(changes, documents))
        put((documents[pk], each.before) for pk, each in act.undoes.items())
        record(row(act, documents[pk], each.after, each.before) for pk, each in act.undoes.items())
        for pk, each in act.undoes.items():
            if {"title", "language"} & set(each.before):
                rename(Document.objects.get(pk=pk), documents[pk].title)
        return list(Change.objects.filter(batch=act.batch))


def refuse(reasons: Sequence[str]) -> None:
    if reasons:
        more = len(reasons) - NAMED
        also = f" And {more} more." if more > 0 else ""
        raise UndoError(" ".join(reasons[:NAMED]) + also + " Nothing was undone.")


def hindrances(changes: Sequence[Change], documents: dict[int, Document]) -> list[str]:
    """Why some of `changes` cannot be undone now, in sentences; two queries."""
    undone = set(Change.objects.filter(undoes__in=changes).values_list("undoes", flat=True))
    since = Change.objects.filter(
        document__in=documents, pk__gt=min(each.pk for each in changes), undone=None
    )
    later: defaultdict[int | None, list[Change]] = defaultdict(list)
    for each in since.select_related("by"):
        later[each.document_id].append(each)
    told = []
    for change in changes:
        document = documents.get(change.document_id or 0)
        if document is None:
            told.append(f"“{change.title}” was deleted.")
        elif change.pk in undone:
            told.append(f"“{change.title}”: this was undone already.")
        elif why := moved(change, document, later[change.document_id]):
            told.append(why)
    return told


def by_whom(change: Change) -> str:
    """Somebody whom the reader may not see is not named."""
    if change.by_id is None:
        return "the product"
    person = get_user_model()._default_manager.filter(pk=change.by_id).first()
    return str(person.get_full_name() or person.get_username()) if person else "somebody else"


def moved(change: Change, document: Document, later: Sequence[Change]) -> str:
    """What has touched the same fields since, and has not been taken back; "" if nothing."""
    for each in later:  # the latest first
        same = set(each.after) & set(change.after)
        own = each.undoes_id is None or each.undoes_id < change.pk
        if each.pk > change.pk and same and own:
            names = ", ".join(sorted(str(column(name).verbose_name) for name in same))
            when = f"{each.at:%-d %B %Y}"
            return f"“{document.title}” has a new {names} since, by {by_whom(each)} on {when}."
    if any(plain(getattr(document, name)) != value for name, value in change.after.items()):
        return f"“{document.title}” has been changed since."
    return ""
