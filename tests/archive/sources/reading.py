"""A source read from its list to its end."""

from email.utils import formatdate

HERON = "# The Heron\n\nOttoline Vane drew the heron in 1934 at the ponds of the Dombes."
FERNS = "# Ferns\n\nThe ferns were printed in 1937 by hand, on silk twill of eighteen mommes."
ATLAS = "# Atlas of Winds\n\nThirty-two winds are named on the border of the square of 1949."
YESTERDAY = formatdate(1_790_000_000, usegmt=True)


def finish(run):
    """What the workers would do with the run's items."""
    from archive.ingestion.journey import work

    for item in run.items.filter(state="waiting"):
        work(item.pk)
    run.refresh_from_db()
    return run


def read(source, by=None):
    """Run the source now, to the end of its last item; gives the run."""
    from archive.sources import ask, gather

    assert ask.want(source, by)
    while gather.work(source.pk):
        pass
    return finish(source.runs.first())


def states(run):
    from archive.models import IngestionItem

    return dict(IngestionItem.objects.filter(run=run).order_by("key").values_list("key", "state"))


def listed(source):
    from archive.models import Listing

    return list(Listing.objects.filter(source=source).values_list("key", flat=True))
