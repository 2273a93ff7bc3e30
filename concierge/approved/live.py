"""An answer is made live, or taken back to a draft."""

from django.contrib.auth.models import AbstractBaseUser
from django.dispatch import Signal
from django.utils import timezone

from concierge.approved.attention import troubles
from concierge.approved.models import ApprovedAnswer, Status

went_live = Signal()  # answer: ApprovedAnswer, by: the person or None


class NotReadyError(Exception):
    """The answer cannot be said as it is; the text says why, for a curator."""


def make_live(answer: ApprovedAnswer, by: AbstractBaseUser | None) -> None:
    """Say it from now on. Raises NotReadyError."""
    if said := troubles(answer):
        raise NotReadyError(" ".join(said))
    if answer.status == Status.DRAFT:
        answer.status, answer.live_since = Status.LIVE, timezone.now()
        answer.save(update_fields=["status", "live_since", "updated"])
    went_live.send(ApprovedAnswer, answer=answer, by=by)


def take_back(answer: ApprovedAnswer) -> None:
    answer.status, answer.live_since = Status.DRAFT, None
    answer.save(update_fields=["status", "live_since", "updated"])
