"""A forecast for the console: made by a worker, kept for a day, written nowhere else."""

from typing import Any

from celery import current_app
from django.core.cache import cache
from django.utils import timezone
from kombu.exceptions import OperationalError

from archive.embedding import EmbeddingError
from archive.models import Source
from archive.sources.forecast import forecast
from archive.sources.kind import SourceError

TASK = "archive.forecast_source"
KEPT = 86_400  # seconds
QUEUED = 600  # seconds after which a message that nobody has taken is dropped


def ask(source: Source) -> None:
    """Have a worker make a forecast. Raises kombu's OperationalError without a queue."""
    keep(source.pk, {"state": "asked"})
    try:
        current_app.send_task(TASK, args=[source.pk], expires=QUEUED)
    except OperationalError:
        cache.delete(key(source.pk))
        raise


def make(source_id: int) -> None:
    """What the worker does."""
    source = Source.objects.select_related("brand").filter(pk=source_id).first()
    if source is None:
        return
    keep(source_id, {"state": "working"})
    try:
        made = forecast(source).as_json()
    except (SourceError, EmbeddingError, OSError) as error:
        keep(source_id, {"state": "failed", "reason": str(error)})
    else:
        keep(source_id, {"state": "made", **made})


def known(source: Source) -> dict[str, Any] | None:
    """The last forecast: its `state` (asked, working, made, failed), `at`, and what it says."""
    found: dict[str, Any] | None = cache.get(key(source.pk))
    return found


def keep(source_id: int, said: dict[str, Any]) -> None:
    cache.set(key(source_id), said | {"at": timezone.now()}, KEPT)


def key(source_id: int) -> str:
    return f"source:forecast:{source_id}"
