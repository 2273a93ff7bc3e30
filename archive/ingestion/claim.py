"""Who works on an item: decided by one conditional update, for a time that is renewed."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from archive.models import IngestionItem

LEASE = timedelta(seconds=240)  # longer than the longest step, the reading of one file
REST = timedelta(seconds=20)  # before the next attempt, times those made
ATTEMPTS = 3

State = IngestionItem.State


class ClaimLostError(RuntimeError):
    """The lease ended and another worker has the item, or the item was deleted."""


@dataclass(frozen=True, slots=True)
class Claim:
    item_id: int
    attempt: int  # tells this claim from a later one of the same item

    def rows(self) -> QuerySet[IngestionItem]:
        return IngestionItem.objects.filter(
            pk=self.item_id, attempts=self.attempt, state=State.WORKING
        )

    def renew(self) -> None:
        """Raises ClaimLostError."""
        if not self.rows().update(lease_until=timezone.now() + LEASE):
            raise ClaimLostError

    def hold(self) -> IngestionItem:
        """The item, locked until the transaction ends. Raises ClaimLostError."""
        item = self.rows().select_for_update(of=("self",)).select_related("run__brand").first()
        if item is None:
            raise ClaimLostError
        return item

    def end(
        self, state: str, *, reason: str = "", document: int | None = None, passages: int = 0
    ) -> None:
        """Raises ClaimLostError."""
        ended = self.rows().update(
            state=state,
            reason=reason,
            document_id=document,
            passages=passages,
            lease_until=None,
            finished=timezone.now(),
        )
        if not ended:
            raise ClaimLostError

    def give_back(self, reason: str) -> None:
        """For another attempt after a rest, or parked as failed after the last one."""
        if self.attempt >= ATTEMPTS:
            self.end(State.FAILED, reason=reason)
            return
        rest = timezone.now() + REST * self.attempt
        self.rows().update(state=State.WAITING, reason=reason, lease_until=rest)


def claim(item_id: int) -> Claim | None:
    """The item, if it waits or its last worker's lease has ended, and attempts are left."""
    now = timezone.now()
    free = Q(state=State.WAITING) | Q(state=State.WORKING, lease_until__lt=now)
    rows = IngestionItem.objects.filter(free, pk=item_id, attempts__lt=ATTEMPTS)
    taken = rows.update(
        state=State.WORKING, attempts=F("attempts") + 1, lease_until=now + LEASE, started=now
    )
    if not taken:
        return None
    return Claim(item_id, IngestionItem.objects.values_list("attempts", flat=True).get(pk=item_id))
