from typing import Any

from django.core.management.base import BaseCommand

from concierge.operations import demo


class Command(BaseCommand):
    help = "Load the demo house, Maison Sérance, once."

    def handle(self, *args: Any, **options: Any) -> None:
        if demo.is_loaded():
            self.stdout.write("The demo house is already loaded.")
            return
        demo.load()
        self.stdout.write(f"The demo house is loaded: /{demo.SLUG}/")
