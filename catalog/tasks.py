"""What the worker does for the catalogue."""

from celery import shared_task

from archive.models import Brand
from catalog.embed import embed_missing
from catalog.search import refresh, unlearned


@shared_task(name="catalog.embed")
def embed(brand_id: int) -> None:
    """Make what was edited by hand findable: vectors first, then the count of the words."""
    embed_missing(Brand.objects.get(pk=brand_id))
    refresh(brand_id)


@shared_task(name="catalog.catch_up")
def catch_up() -> None:
    """After an upgrade: what brands had before is learned as what comes in is."""
    for brand_id in unlearned():
        refresh(brand_id)
