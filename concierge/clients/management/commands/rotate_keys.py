from typing import Any

from django.core.management.base import BaseCommand, CommandError

from concierge.clients.keys import SealError
from concierge.clients.rotate import rotate


class Command(BaseCommand):
    help = (
        "Wrap every client's key anew under the first of CLIENT_KEYS. The site may run; broken "
        "off, it goes on where it was."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = rotate(self.tell)
        except SealError as error:
            raise CommandError(str(error)) from None
        said = "1 key" if done.wrapped == 1 else f"{done.wrapped:,} keys"
        self.stdout.write(f"{said} wrapped anew under {done.current}.")
        for name in done.spare:
            self.stdout.write(
                f"{name} wraps nothing in the database any more: it may leave CLIENT_KEYS once "
                "no backup made with it is to be restored."
            )
        if done.missing:
            names = ", ".join(done.missing)
            raise CommandError(
                f"Clients' keys are wrapped by {names}, which CLIENT_KEYS does not name: what "
                "those clients said cannot be read until it does."
            )

    def tell(self, wrapped: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{wrapped:,}", ending="")
