"""What a source no longer lists: proposed for withdrawal, never withdrawn by itself."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from archive.models import Document, IngestionRun, Listing, Proposal, Source
from archive.models.document import Status
from archive.review import notices

MANY = "source_shrank"  # what a notice is about
BATCH = 200  # listings looked at together

Act, Answer = Proposal.Act, Proposal.Answer


def compare_gone(source: Source, run: IngestionRun, *, whole: bool) -> list[str]:
    """Note what is back and what is gone since `run` began; sentences on it.

    Proposes to withdraw what is gone, unless that is everything or more than half: then a person
    is told instead, and may have it proposed. A list that is not `whole` says nothing of what it
    does not hold. To be called inside a transaction that holds the source.
    """
    notes = welcome_back(source, run)
    if not whole:
        return notes
    standing = source.listings.filter(missing_since=None).exclude(content_hash="")
    before = standing.filter(created__lt=run.created).count()
    gone = standing.exclude(seen=run.created)
    count = gone.count()
    if not count:
        return notes
    keys = list(gone.values_list("pk", flat=True))
    gone.update(missing_since=run.created)
    if count * 2 > before:
        text = (
            f"“{source.name}” no longer lists {count:,} of the {before:,} it held. As that is more"
            " than half, nothing is proposed by itself: look whether the place is as it should be."
        )
        notices.tell(source, MANY, text)
        return [*notes, text]
    made = propose(source, source.listings.filter(pk__in=keys))
    return [*notes, f"{count:,} no longer there, {made:,} proposed for withdrawal."]


def propose(source: Source, listings: QuerySet[Listing]) -> int:
    """Ask a person whether the documents of `listings` shall be withdrawn; how many are asked for.

    What has been asked since it went is not asked again.
    """
    made = 0
    for listing in listings.filter(missing_since__isnull=False).order_by("pk"):
        reason = (
            f"“{listing.key}” is no longer in “{source.name}”,"
            f" which last held it on {listing.seen:%d %B %Y}."
        )
        reason += renamed(listing)
        asked = Q(proposals__act=Act.WITHDRAW) & Q(proposals__created__gte=listing.missing_since)
        for document in documents_of(listing).exclude(status=Status.WITHDRAWN):
            if Document.objects.filter(asked, pk=document.pk).exists():
                continue
            made += len(
                Proposal.objects.bulk_create(
                    [
                        Proposal(
                            brand=source.brand,
                            document=document,
                            act=Act.WITHDRAW,
                            source=source,
                            reason=reason,
                        )
                    ],
                    ignore_conflicts=True,
                )
            )
    return made


def renamed(listing: Listing) -> str:
    """A sentence on where the same bytes now stand, if the source has them under another name."""
    same = Listing.objects.filter(
        source=listing.source_id, content_hash=listing.content_hash, missing_since=None
    )
    found = same.exclude(content_hash="").values_list("key", flat=True).first()
    return f" The same file is there as “{found}”: it may have been renamed." if found else ""


def propose_missing(source: Source) -> int:
    """Propose all that the source no longer lists, at a person's word; how many are asked for."""
    made = propose(source, source.listings.all())
    notices.settle_about(source, MANY)
    return made


def documents_of(listing: Listing) -> QuerySet[Document]:
    """What a file became: a document of its key or, of an archive, one for each file in it."""
    own = Q(key=listing.key)
    inside = Q(
        ingestion_items__parent__key=listing.key,
        ingestion_items__parent__run__source=listing.source_id,
    )
    return Document.objects.filter(own | inside, brand=listing.source.brand_id).distinct()


def welcome_back(source: Source, run: IngestionRun) -> list[str]:
    """Overtake what was proposed of files that are listed again."""
    back = source.listings.filter(seen=run.created, missing_since__isnull=False)
    hidden = 0
    for listing in back.select_related("source"):
        documents = documents_of(listing)
        waiting = Proposal.objects.filter(document__in=documents, act=Act.WITHDRAW, answer="")
        waiting.update(answer=Answer.OVERTAKEN, answered=timezone.now())
        hidden += documents.filter(status=Status.WITHDRAWN).count()
    if not back.update(missing_since=None):
        return []
    if not source.listings.filter(missing_since__isnull=False).exists():
        notices.settle_about(source, MANY)
    if not hidden:
        return ["What had gone is back."]
    return [f"{hidden:,} withdrawn documents are back at their source; they stay withdrawn."]
