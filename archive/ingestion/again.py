"""Another attempt at what failed, at a person's asking."""

from django.db import transaction
from django.db.models import QuerySet

from archive.ingestion.claim import State
from archive.ingestion.nudge import nudge
from archive.models import IngestionItem, IngestionRun, Notice
from archive.review import notices


def try_again(items: QuerySet[IngestionItem]) -> int:
    """Let those of `items` that failed wait for a worker anew, with all attempts; how many.

    The reason of the last failure stays with each until the next attempt has an end.
    """
    with transaction.atomic():
        failed = items.filter(state=State.FAILED).select_for_update(of=("self",)).order_by("pk")
        found = list(failed.values_list("pk", flat=True))
        again = IngestionItem.objects.filter(pk__in=found)
        again.update(state=State.WAITING, attempts=0, lease_until=None, finished=None)
        IngestionRun.objects.filter(items__in=found).update(
            finished=None, attempts=0, lease_until=None
        )
        notices.settle(Notice.objects.filter(item__in=found, about="parked"))
        transaction.on_commit(lambda: nudge(found))
    return len(found)
