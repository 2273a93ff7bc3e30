"""What the scheduler does for privacy."""

from celery import shared_task

from concierge.privacy import (
    erasure,
    export,
    forget,
    ledger_replay,
    off_record,
    retention,
    unallowed,
)


@shared_task(name="privacy.finish_erasures")
def finish_erasures() -> int:
    """Finish what was cut short, and what a restored database has brought back; gives how many."""
    return ledger_replay.keep_up() + erasure.sweep()


@shared_task(name="privacy.make_export")
def make_export(export_id: str) -> bool:
    """Make what a client asked to take away."""
    return export.make(export_id)


@shared_task(name="privacy.retain")
def retain() -> dict[str, int]:
    """Remove what has been kept long enough, or by a yes that holds no longer; gives how much."""
    return retention.enforce() | {"unallowed": unallowed.forget()}


@shared_task(name="privacy.tidy")
def tidy() -> int:
    """End the minutes of what was set aside, the days of exports and the silence of those off the
    record; nudge the exports that are not made."""
    for each in export.unfinished():
        make_export.delay(each)
    return off_record.forget_silent() + forget.empty_the_bin() + export.remove_old()
