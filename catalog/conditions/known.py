"""What a brand's catalogue is written in, and the names it has for its own values."""

from collections.abc import Collection

from django.db import connection

from catalog.models import CatalogName

Names = list[CatalogName]

FIELDS = ("aspect", "name", "value", "concept", "way", "words")
HOUSE = "SELECT currency, language FROM archive_brand WHERE id = %s"
NAMED = """
    SELECT {fields} FROM catalog_catalogname
    WHERE brand_id = %s AND words = ANY(%s) ORDER BY id
""".replace("{fields}", ", ".join(FIELDS))


def named(brand_id: int, words: Collection[str]) -> Names:
    """What has a name of `words`, as `catalog.conditions.learn.key_of` writes them, the first
    learned first; whoever may see it."""
    with connection.cursor() as cursor:
        cursor.execute(NAMED, [brand_id, list(words)])
        return [CatalogName(**dict(zip(FIELDS, row, strict=True))) for row in cursor.fetchall()]


def house(brand_id: int) -> tuple[str, str]:
    """The currency and the language of the brand."""
    with connection.cursor() as cursor:
        cursor.execute(HOUSE, [brand_id])
        currency, language = cursor.fetchone()
        return currency, language
