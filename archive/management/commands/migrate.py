"""Django's `migrate`, by the role whose the tables are; it puts the walls up again at its end."""

from typing import Any

from django.core.management.commands import migrate

from archive.wall.owner import as_owner
from archive.wall.scope import everything


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner(), everything():
            super().handle(*args, **options)
