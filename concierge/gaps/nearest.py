"""The documents that stand nearest to what nobody could answer."""

from collections.abc import Collection, Iterator

from django.db.models import Count, F

from archive.review.uses import Use
from concierge.gaps.models import Gap, Status


def uses(documents: Collection[int]) -> Iterator[Use]:
    """No reason to keep a document: its questions stay, without a nearest passage."""
    near = Gap.objects.filter(status=Status.OPEN, nearest__document__in=documents)
    counts = near.values(document=F("nearest__document")).annotate(count=Count("pk")).order_by()
    for each in counts:
        gaps = "1 open question" if each["count"] == 1 else f"{each['count']:,} open questions"
        yield Use(each["document"], f"{gaps} nearest to it", holds=False)
