"""What the scheduler does for the audit log."""

from celery import shared_task

from concierge.audit.checkpoint import keep_hourly


@shared_task(name="audit.checkpoint")
def keep_checkpoint() -> bool:
    """Note the log's head down outside the database; False when it has not moved."""
    return keep_hourly()
