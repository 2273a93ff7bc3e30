"""All places, in the order a receipt tells them."""

from concierge.privacy import places_files, places_redis, places_rows
from concierge.privacy.places import Place, of_table, tables

OTHERS = (*places_rows.PLACES, *places_redis.PLACES, *places_files.PLACES)


def every_place() -> tuple[Place, ...]:
    return (*(of_table(model) for model in tables()), *OTHERS)
