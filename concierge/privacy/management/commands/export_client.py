"""`export_client ID [--out FILE]`: everything held of one person, in the ZIP they are given."""

import uuid
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from concierge.clients.models import Client, Visitor
from concierge.privacy.export import name_of, zipped


class Command(BaseCommand):
    help = "Write everything that is held of one client or visitor into a ZIP."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", help="of a client or a visitor")
        parser.add_argument("--out", type=Path, help="the ZIP; without it, its usual name here")

    def handle(self, *args: Any, **options: Any) -> None:
        visitor = found(options["id"])
        path = options["out"] or Path(name_of(visitor))
        content = zipped(visitor)
        try:
            path.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
        self.stdout.write(f"{path}: {len(content):,} bytes")


def found(told: str) -> Visitor:
    """The visitor, or any of the client's: an export is the whole person's. Raises CommandError."""
    try:
        pk = uuid.UUID(told)
    except ValueError:
        raise CommandError(f"{told} is no number of a client or a visitor.") from None
    visitors = Visitor.objects.select_related("brand")
    visitor = visitors.filter(pk=pk).first()
    if visitor is None and Client.objects.filter(pk=pk).exists():
        visitor = visitors.filter(client=pk).order_by("created").first()
    if visitor is None:
        raise CommandError(f"There is no client or visitor {pk}.")
    return visitor
