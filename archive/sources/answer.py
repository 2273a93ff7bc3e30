"""What a person says to a proposal: yes or no, once."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from archive.ingestion.kept import hold, is_kept
from archive.ingestion.run import start_kept
from archive.models import Document, IngestionItem, IngestionRun, Listing, Proposal
from archive.review.status import withdraw

Act, Answer = Proposal.Act, Proposal.Answer
Person = AbstractBaseUser | None
FORGOTTEN = "The file of this text is no longer kept: the next run of its source asks again."
LATE = "This was answered already, or its source has changed its mind."


class AnswerError(Exception):
    """Why an answer comes to nothing; the text is one plain sentence."""


def accept(proposal: Proposal, by: Person) -> None:
    """Do what is proposed. A text comes in from the kept bytes. Raises AnswerError."""
    with transaction.atomic():
        held = answered(proposal, Answer.ACCEPTED, by)
        if held.act == Act.WITHDRAW:
            withdraw(Document.objects.filter(pk=held.document_id), by)
            return
        hold()
        if held.item is None or not (held.item.file and is_kept(str(held.item.file.name))):
            held.answer = Answer.OVERTAKEN
            held.save(update_fields=["answer"])
            Listing.objects.filter(document=held.document_id).update(content_hash="", stamp="")
        else:
            bring_in(held.item, held, by)
            return
    raise AnswerError(FORGOTTEN)


def decline(proposal: Proposal, by: Person) -> None:
    """Leave the document as it is; the same text is not asked about again. Raises AnswerError."""
    with transaction.atomic():
        answered(proposal, Answer.DECLINED, by)


def answered(proposal: Proposal, answer: str, by: Person) -> Proposal:
    """The proposal, answered, if it was still open. Raises AnswerError."""
    waiting = Proposal.objects.filter(pk=proposal.pk, answer="")
    if not waiting.update(
        answer=answer, answered=timezone.now(), answered_by=by.pk if by else None
    ):
        raise AnswerError(LATE)
    return Proposal.objects.select_related("document", "item", "brand").get(pk=proposal.pk)


def bring_in(item: IngestionItem, proposal: Proposal, by: Person) -> IngestionRun:
    """A run of its own for the bytes that `item` was held with."""
    again = IngestionItem(
        key=item.key,
        address=item.address,
        file_name=item.file_name,
        file=item.file.name,
        content_hash=item.content_hash,
        size=item.size,
        metadata=item.metadata,
    )
    return start_kept(proposal.brand_id, [again], f"Accepted: {proposal.document.title}", by)


def accept_withdrawals(proposals: Iterable[Proposal], by: Person) -> int:
    """Accept those that propose to withdraw and are still open; how many."""
    done = 0
    for proposal in proposals:
        if proposal.act == Act.WITHDRAW:
            try:
                accept(proposal, by)
            except AnswerError:
                continue
            done += 1
    return done
