"""`export_client WHO [--brand B] [--out FILE]`: everything held of one person, in a ZIP."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from concierge.clients.models import Visitor
from concierge.privacy.export import name_of, zipped
from concierge.privacy.whom import NobodyError, whom


class Command(BaseCommand):
    help = "Write everything that is held of one client or visitor into a ZIP."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("who", help="a visitor's or a client's number, or an e-mail address")
        parser.add_argument("--brand", help="the brand's slug, where several know the address")
        parser.add_argument("--out", type=Path, help="the ZIP; without it, its usual name here")

    def handle(self, *args: Any, **options: Any) -> None:
        visitor = found(options["who"], options["brand"])
        path = options["out"] or Path(name_of(visitor))
        content = zipped(visitor)
        try:
            path.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
        self.stdout.write(f"{path}: {len(content):,} bytes")


def found(told: str, slug: str | None) -> Visitor:
    """The visitor, or any of the client's: an export is the whole person's. Raises CommandError."""
    try:
        person = whom(told, slug)
    except NobodyError as error:
        raise CommandError(str(error)) from None
    if isinstance(person, Visitor):
        return person
    visitor = person.visitors.select_related("brand").order_by("created").first()
    if visitor is None:
        raise CommandError(f"Of {person.pk} nothing is held but that they have an account.")
    return visitor
