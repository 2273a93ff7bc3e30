"""After an upgrade: what is there already is learned as what comes in would be."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection
from django.db.models import Model


def catching_up(
    learned: type[Model], unlearned: Callable[[], Iterable[int]], refresh: Callable[[int], None]
) -> Callable[..., None]:
    """A receiver of `post_migrate` that refreshes the brands that an earlier release left
    `unlearned`; not while the tables of `learned` are away, because releases were gone back."""

    def catch_up(**_: Any) -> None:
        if learned._meta.db_table in connection.introspection.table_names():
            for brand_id in unlearned():
                refresh(brand_id)

    return catch_up
