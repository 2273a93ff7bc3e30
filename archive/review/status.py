"""From draft to readers and away from them: draft, in review, published, withdrawn."""

import uuid

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from archive.models import Document
from archive.models.document import Status
from archive.review.record import Act, record, row

# What each act leads from, and where to. Whatever else is asked for is left as it is.
MOVES: dict[str, tuple[tuple[Status, ...], Status]] = {
    "submitted": ((Status.DRAFT,), Status.REVIEW),
    "taken back": ((Status.REVIEW,), Status.DRAFT),
    "published": ((Status.DRAFT, Status.REVIEW), Status.PUBLISHED),
    "withdrawn": ((Status.DRAFT, Status.REVIEW, Status.PUBLISHED), Status.WITHDRAWN),
    "restored": ((Status.WITHDRAWN,), Status.PUBLISHED),
    "reviewed again": ((Status.WITHDRAWN,), Status.REVIEW),
}
Person = AbstractBaseUser | None


def submit(documents: QuerySet[Document], by: Person = None) -> int:
    """Hand drafts in for review; how many."""
    return move(documents, Act("submitted", by))


def take_back(documents: QuerySet[Document], by: Person = None) -> int:
    """Make drafts of them again before anyone has approved them; how many."""
    return move(documents, Act("taken back", by))


def publish(documents: QuerySet[Document], by: Person = None) -> int:
    """Show those that wait and have a text; how many. A withdrawn one stays withdrawn."""
    return move(documents, Act("published", by))


def withdraw(documents: QuerySet[Document], by: Person = None) -> int:
    """Hide them from every reader at once; how many."""
    return move(documents, Act("withdrawn", by))


def restore(documents: QuerySet[Document], by: Person = None) -> int:
    """Show withdrawn ones again: a person's decision, never an ingestion's."""
    return move(documents, Act("restored", by))


def review_again(documents: QuerySet[Document], by: Person = None) -> int:
    """Let withdrawn ones wait for a decision once more; how many."""
    return move(documents, Act("reviewed again", by))


def move(documents: QuerySet[Document], act: Act) -> int:
    """Make the move of `act` where it is allowed; how many. All in one transaction."""
    origins, goal = MOVES[act.word]
    movable = Document.objects.filter(pk__in=documents.values("pk"), status__in=origins)
    if goal is Status.PUBLISHED:
        movable = movable.filter(current__isnull=False)
    with transaction.atomic():
        held = list(movable.select_for_update().only("brand_id", "title", "status").order_by("pk"))
        chosen = Document.objects.filter(pk__in=[each.pk for each in held])
        chosen.update(status=goal, updated=timezone.now())
        record(row(act, each, {"status": each.status}, {"status": goal}) for each in held)
    return len(held)


def allowed(before: str, after: str) -> bool:
    """Whether some act leads from one status to the other."""
    return any(before in origins and goal == after for origins, goal in MOVES.values())


def under(run: int) -> uuid.UUID:
    """The batch of all that one run of ingestion does."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"ingestion run {run}")
