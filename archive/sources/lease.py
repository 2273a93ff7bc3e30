"""Who reads a source: decided by one conditional update, for a time that is renewed."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from archive.ingestion.keep_alive import LEASE, ClaimLostError
from archive.models import Source

ATTEMPTS = 3  # leases in a row that were cut off, after which a run is given up


@dataclass(frozen=True, slots=True)
class Lease:
    source_id: int
    number: int  # tells this lease from a later one
    attempt: int  # how many in a row were not given back, this one included

    def rows(self) -> QuerySet[Source]:
        return Source.objects.filter(pk=self.source_id, leases=self.number)

    def renew(self) -> None:
        """Raises ClaimLostError."""
        if not self.rows().update(lease_until=timezone.now() + LEASE):
            raise ClaimLostError

    def hold(self) -> Source:
        """The source, locked until the transaction ends. Raises ClaimLostError."""
        source = self.rows().select_for_update(of=("self",)).select_related("brand").first()
        if source is None:
            raise ClaimLostError
        return source

    def give_back(self, until: datetime | None = None) -> None:
        """For whoever comes next, or for nobody before `until`."""
        self.rows().update(lease_until=until, attempts=0)


def lease(source_id: int) -> Lease | None:
    """The source, if nobody reads it."""
    now = timezone.now()
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    taken = Source.objects.filter(free, pk=source_id).update(
        leases=F("leases") + 1, attempts=F("attempts") + 1, lease_until=now + LEASE
    )
    if not taken:
        return None
    number, attempts = Source.objects.values_list("leases", "attempts").get(pk=source_id)
    return Lease(source_id, number, attempts)


def is_read(source: Source) -> bool:
    """Whether a worker reads it at this moment."""
    return source.lease_until is not None and source.lease_until > timezone.now()
