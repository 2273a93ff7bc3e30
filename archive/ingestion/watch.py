"""A run's outcomes as they come, read from its rows."""

import time
from collections.abc import Iterator

from archive.ingestion.nudge import renudge
from archive.models import IngestionItem, IngestionRun

GLANCE = 0.2  # seconds between two looks
SWEEP = 15.0  # seconds between two sweeps for items left lying


def outcomes(run: IngestionRun) -> Iterator[IngestionItem | None]:
    """Each item once it has ended; None after every look, for a display to move on.

    Ends with the last item. Sweeps too, for a machine on which no scheduler runs.
    """
    seen: set[int] = set()
    total = run.items.count()
    swept = time.monotonic()
    while True:
        ended = run.items.filter(state__in=IngestionItem.ENDED).exclude(pk__in=seen)
        for item in ended.order_by("finished"):
            seen.add(item.pk)
            yield item
        if len(seen) >= total:
            return
        yield None
        if time.monotonic() - swept > SWEEP:
            renudge()
            swept = time.monotonic()
        time.sleep(GLANCE)
