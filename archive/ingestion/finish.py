"""The end of a run."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from archive.models import IngestionItem, IngestionRun
from archive.search import refresh

State = IngestionItem.State


def close_run(run_id: int) -> None:
    """Date the run's end, if its last item has ended, and count the brand's words anew."""
    items = IngestionItem.objects.filter(run=OuterRef("pk"))
    unfinished = items.exclude(state__in=IngestionItem.ENDED)
    runs = IngestionRun.objects.filter(~Exists(unfinished), pk=run_id, finished=None)
    if not runs.update(finished=timezone.now()):
        return
    run = IngestionRun.objects.get(pk=run_id)
    if run.items.filter(state__in=(State.CREATED, State.UPDATED)).exists():
        refresh(run.brand_id)
