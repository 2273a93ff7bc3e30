"""What the scheduler does for the ledger."""

from celery import shared_task

from concierge.llm.budget import forget_old
from concierge.llm.budget import sweep as sweep_lost


@shared_task(name="llm.sweep")
def sweep() -> int:
    """Count the calls whose process died; gives how many."""
    return sweep_lost()


@shared_task(name="llm.forget")
def forget() -> int:
    """Remove old spending; gives how many rows."""
    return forget_old()
