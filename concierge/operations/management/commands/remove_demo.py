from typing import Any

from django.core.management.base import BaseCommand

from concierge.operations import demo


class Command(BaseCommand):
    help = "Remove the demo house with everything that belongs to it."

    def handle(self, *args: Any, **options: Any) -> None:
        deleted = demo.remove()
        if deleted:
            self.stdout.write(f"The demo house is removed: {deleted} rows and its files.")
        else:
            self.stdout.write("There is no demo house to remove.")
