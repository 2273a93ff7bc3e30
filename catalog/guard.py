"""The words by which a house tells its pieces apart, for whoever compares texts about them."""

import re

from archive.ingestion.language import LANGUAGES
from catalog.models import CatalogName

Concept = CatalogName.Concept

TELLING = (Concept.KIND, Concept.COLOUR, Concept.SIZE, Concept.MATERIAL, Concept.PIECE)
WORD = re.compile(r"[^\W\d_]{2,}")


def guard_words(brand_id: int) -> frozenset[str]:
    """The words of kinds, colours, sizes, materials and titles, folded; no small words."""
    values = CatalogName.objects.filter(brand=brand_id, concept__in=TELLING)
    told = values.order_by().values_list("value", flat=True).distinct()
    words = {word for value in told for word in WORD.findall(value.casefold())}
    return frozenset(words - LANGUAGES.keys())
