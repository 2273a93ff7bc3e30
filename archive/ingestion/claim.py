"""Who works on an item: decided by one conditional update, for a time that is renewed."""

import time
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from archive.ingestion.keep_alive import LEASE, ClaimLostError
from archive.ingestion.step import LASTING, Step, reached
from archive.models import IngestionItem
from archive.review import notices

REST = timedelta(seconds=20)  # before the next attempt, times those made
ATTEMPTS = 3
PARKED = "Parked after three attempts. "

State = IngestionItem.State


@dataclass(frozen=True, slots=True)
class Claim:
    item_id: int
    attempt: int  # tells this claim from a later one of the same item
    # The steps of this attempt and when they began, by this process's clock.
    begun: list[tuple[Step, float]] = field(default_factory=list, compare=False)
    lost: Event = field(default_factory=Event, compare=False)

    def rows(self) -> QuerySet[IngestionItem]:
        return IngestionItem.objects.filter(
            pk=self.item_id, attempts=self.attempt, state=State.WORKING
        )

    def renew(self) -> None:
        """Write down the step that is under way, too. Raises ClaimLostError."""
        step = self.begun[-1][0] if self.begun else Step.CLAIMED
        self.write(step=step, lease_until=timezone.now() + LEASE)

    def reached(self, step: Step) -> None:
        """Remember that `step` begins; one that may last is written at once.

        Raises ClaimLostError.
        """
        if self.lost.is_set():
            raise ClaimLostError
        self.begun.append((step, time.monotonic()))
        if step in LASTING:
            self.renew()
        reached(step, self.attempt)

    def timings(self) -> dict[str, int]:
        """Milliseconds of each step of this attempt."""
        spent: dict[str, float] = {}
        ends = (*(at for _, at in self.begun[1:]), time.monotonic())
        for (step, start), end in zip(self.begun, ends, strict=False):
            # Batches of vectors are part of the step before them.
            name = Step.EMBED if step == Step.BATCH else step
            spent[name] = spent.get(name, 0.0) + end - start
        return {name: round(1000 * seconds) for name, seconds in spent.items()}

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
        self.write(
            state=state,
            reason=reason,
            document_id=document,
            passages=passages,
            timings=self.timings(),
            lease_until=None,
            finished=timezone.now(),
        )

    def give_back(self, reason: str) -> None:
        """For another attempt after a rest, or parked after the last one. Raises ClaimLostError."""
        if self.attempt >= ATTEMPTS:
            with transaction.atomic():
                park(self.hold(), reason)
            return
        rest = timezone.now() + REST * self.attempt
        self.write(state=State.WAITING, reason=reason, lease_until=rest)

    def write(self, **fields: object) -> None:
        if not self.rows().update(**fields):
            self.lost.set()
            raise ClaimLostError


def claim(item_id: int) -> Claim | None:
    """The item, if it waits or its last worker's lease has ended, and attempts are left."""
    now = timezone.now()
    free = Q(state=State.WAITING) | Q(state=State.WORKING, lease_until__lt=now)
    rows = IngestionItem.objects.filter(free, pk=item_id, attempts__lt=ATTEMPTS)
    taken = rows.update(
        state=State.WORKING,
        step=Step.CLAIMED,
        attempts=F("attempts") + 1,
        lease_until=now + LEASE,
        started=now,
    )
    if not taken:
        return None
    attempt = IngestionItem.objects.values_list("attempts", flat=True).get(pk=item_id)
    reached(Step.CLAIMED, attempt)
    return Claim(item_id, attempt)


def park(item: IngestionItem, reason: str) -> None:
    """Give up on `item`, which the caller has locked, and tell staff why."""
    item.state, item.reason = State.FAILED, PARKED + reason
    item.lease_until, item.finished = None, timezone.now()
    item.save(update_fields=["state", "reason", "lease_until", "finished"])
    notices.tell(item, "parked", f"“{item.key}” could not be brought in. {item.reason}")
