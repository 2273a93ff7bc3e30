"""The end of a run."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from archive import search
from archive.embedding.index import tend
from archive.ingestion.keep_alive import LEASE, ClaimLostError, kept_alive
from archive.ingestion.step import Step, reached
from archive.likeness import ask as likenesses
from archive.models import IngestionItem, IngestionRun
from archive.review import notices

ATTEMPTS = 3
UNCOUNTED = (
    "The words of what came in could not be counted, three times: search finds it all the same, "
    "but mends no misspelt word by it before the next run."
)

State = IngestionItem.State


@dataclass(frozen=True, slots=True)
class Closing:
    """The right to end a run, held by one process at a time."""

    run_id: int
    attempt: int

    def rows(self) -> QuerySet[IngestionRun]:
        return over().filter(pk=self.run_id, attempts=self.attempt)

    def renew(self) -> None:
        """Raises ClaimLostError."""
        if not self.rows().update(lease_until=timezone.now() + LEASE):
            raise ClaimLostError


def over() -> QuerySet[IngestionRun]:
    """Runs whose every item has ended, and which have not."""
    unfinished = IngestionItem.objects.filter(run=OuterRef("pk"), state__in=IngestionItem.LEFT)
    return IngestionRun.objects.filter(~Exists(unfinished), finished=None, gathering=False)


def free() -> QuerySet[IngestionRun]:
    """Those of them that no process is ending."""
    return over().filter(Q(lease_until=None) | Q(lease_until__lt=timezone.now()))


def close_run(run_id: int) -> None:
    """Count the brand's words anew and date the run's end, if its last item has ended.

    A process killed at it leaves a lease that ends; after three such the run ends without.
    """
    left = free().filter(pk=run_id, attempts__lt=ATTEMPTS)
    if not left.update(attempts=F("attempts") + 1, lease_until=timezone.now() + LEASE):
        return
    run = IngestionRun.objects.get(pk=run_id)
    closing = Closing(run_id, run.attempts)
    with kept_alive(closing.renew):
        reached(Step.CLOSE, run.attempts)
        came_in = run.items.filter(state__in=(State.CREATED, State.UPDATED)).exists()
        if came_in:
            search.count(run.brand_id)
            likenesses.ask(run.brand_id)
        reached(Step.COUNTED, run.attempts)
        closing.rows().update(finished=timezone.now(), lease_until=None)
    reached(Step.CLOSED, run.attempts)
    if came_in:
        # Index builds take long, and `archive.catch_up` makes good what is killed here.
        transaction.on_commit(tend)


def give_up() -> None:
    """End the runs whose ending was cut off three times, and tell staff."""
    with transaction.atomic():
        locked = free().filter(attempts__gte=ATTEMPTS).select_for_update(skip_locked=True)
        for run in locked.select_related("brand"):
            notices.tell(run.brand, "uncounted", UNCOUNTED)
            run.finished, run.lease_until = timezone.now(), None
            run.save(update_fields=["finished", "lease_until"])
