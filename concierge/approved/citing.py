"""What approved answers owe to a document."""

from collections.abc import Collection, Iterator

from django.db.models import Count, F

from archive.review.uses import Use
from concierge.approved.models import Quotation


def uses(documents: Collection[int]) -> Iterator[Use]:
    """Those of `documents` that approved answers quote: without them they would rest on nothing."""
    quoted = Quotation.objects.filter(document__in=documents).values(about=F("document"))
    for each in quoted.annotate(count=Count("answer", distinct=True)).order_by():
        noun = "approved answer" if each["count"] == 1 else "approved answers"
        yield Use(each["about"], f"{each['count']:,} {noun}")
