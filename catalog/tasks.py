"""What the worker does for the catalogue."""

from celery import shared_task

from archive.models import Brand
from catalog.embed import embed_missing
from catalog.search import refresh


@shared_task(name="catalog.embed")
def embed(brand_id: int) -> None:
    """Make what was edited by hand findable: vectors first, then the count of the words."""
    embed_missing(Brand.objects.get(pk=brand_id))
    refresh(brand_id)
