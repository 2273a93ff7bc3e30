from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.models import Brand
from concierge.privacy.datamap_record import record

MARK = "<!-- What follows is written by `manage.py privacy_record --write FILE`. -->"


class Command(BaseCommand):
    help = "Print the record of processing and the data map, to be handed to a lawyer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--brand", help="the brand's slug, for a record in its name")
        parser.add_argument("--write", type=Path, help="renew it in this file, below its mark")

    def handle(self, *args: Any, **options: Any) -> None:
        brand = None
        if options["brand"]:
            brand = Brand.objects.filter(slug=options["brand"]).first()
            if brand is None:
                raise CommandError(f"There is no brand “{options['brand']}”.")
        if options["write"]:
            self.renew(options["write"], record(brand))
        else:
            self.stdout.write(record(brand))

    def renew(self, path: Path, text: str) -> None:
        try:
            above, mark, _ = path.read_text(encoding="utf-8").partition(MARK)
            if not mark:
                raise CommandError(f"{path} has no place for it: it lacks the line {MARK}")
            path.write_text(f"{above}{MARK}\n\n{text}", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
