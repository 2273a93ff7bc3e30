"""The last step: a document that has come in is shown, or waits, as its run or source asks."""

from archive.models import Document, IngestionRun
from archive.models.document import Status
from archive.review.record import Act
from archive.review.status import move, under


def publish(document: Document, run: IngestionRun, *, new: bool = False) -> None:
    """Only drafts move, and what waits for review; a withdrawn document stays withdrawn.

    What a source asks for is for its `new` documents alone: a person may have taken one back.
    """
    word = {Status.PUBLISHED: "published", Status.REVIEW: "submitted"}.get(asked(run, new))
    if word:
        act = Act(word, run.started_by, under(run.pk))
        move(Document.objects.filter(pk=document.pk), act)


def asked(run: IngestionRun, new: bool) -> Status:
    """The status in which its documents are to arrive."""
    if run.publish:
        return Status.PUBLISHED
    if run.submit:
        return Status.REVIEW
    return Status(run.source.arrives) if run.source and new else Status.DRAFT
