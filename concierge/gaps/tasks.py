"""What the scheduler does for the knowledge gaps."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from concierge.gaps.models import Gap

KEPT = timedelta(days=180)  # since a gap was last asked or worked on


@shared_task(name="gaps.forget")
def forget() -> int:
    """Remove the gaps nobody has touched for KEPT; gives how many."""
    _, removed = Gap.objects.filter(updated__lt=timezone.now() - KEPT).delete()
    return removed.get(Gap._meta.label, 0)
