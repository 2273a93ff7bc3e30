"""What a worker does with the items of a run."""

from archive.ingestion.journey import work


def finish(run):
    """Work on each; their states."""
    for item in run.items.all():
        work(item.pk)
    return [item.state for item in run.items.order_by("pk")]
