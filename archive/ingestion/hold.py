"""A changed text of a published document waits for a person, where its run asks for that."""

from django.utils import timezone

from archive.ingestion.claim import Claim, State
from archive.ingestion.clean import Cleaned
from archive.models import Document, IngestionItem, Proposal
from archive.models.document import Status

DECLINED = "This text was declined on {:%d %B %Y}, and is not asked about again."
SAME = "The file has changed, its text has not."

Act, Answer = Proposal.Act, Proposal.Answer


def waits(claimed: Claim, item: IngestionItem, cleaned: Cleaned) -> bool:
    """End the item here if readers are not to see its text unasked, or if it says nothing new.

    To be called inside a transaction that holds the item.
    """
    documents = Document.objects.filter(brand=item.run.brand, key=item.key)
    document = documents.select_for_update(of=("self",)).select_related("current").first()
    if document is None or document.current is None:
        return False
    overtake(document)  # whatever comes of this text, an earlier one is no longer the question
    if not item.run.hold or document.status != Status.PUBLISHED:
        return False
    if document.current.text == cleaned.text:
        return says_nothing_new(claimed, item, document)
    if answered := declined(document, cleaned.text):
        reason = DECLINED.format(answered.answered)
        claimed.end(State.UNCHANGED, reason=reason, document=document.pk)
        return True
    propose(document, item, cleaned.text)
    claimed.end(State.HELD, document=document.pk)
    return True


def says_nothing_new(claimed: Claim, item: IngestionItem, document: Document) -> bool:
    """End the item if nothing but bytes that no reader sees has changed."""
    before = document.ingestion_items.filter(state__in=(State.CREATED, State.UPDATED))
    given = before.order_by("-finished").values_list("metadata", flat=True).first()
    if given != item.metadata:
        return False
    claimed.end(State.UNCHANGED, reason=SAME, document=document.pk)
    return True


def declined(document: Document, text: str) -> Proposal | None:
    """The answer by which a person declined this text for the present version."""
    current = document.current
    since = current.created if current else document.created
    answers = document.proposals.filter(
        act=Act.REPLACE, answer=Answer.DECLINED, created__gte=since, text=text
    )
    return answers.order_by("-answered").first()


def propose(document: Document, item: IngestionItem, text: str) -> None:
    Proposal.objects.create(
        brand_id=document.brand_id,
        document=document,
        act=Act.REPLACE,
        source=item.run.source,
        item=item,
        text=text,
        reason=f"The text of “{document.title}” has changed where it comes from.",
    )


def overtake(document: Document) -> None:
    """A text that waited to replace the document's has been followed by another."""
    waiting = document.proposals.filter(act=Act.REPLACE, answer="")
    waiting.update(answer=Answer.OVERTAKEN, answered=timezone.now())
