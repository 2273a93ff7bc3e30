"""What the scheduler does for the accounts."""

from celery import shared_task

from concierge.accounts.trim import trim as trim_all


@shared_task(name="accounts.trim")
def trim() -> int:
    """Remove what is kept of sign-ins no longer; gives how much."""
    return trim_all()
