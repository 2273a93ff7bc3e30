from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from concierge.operations.backup.restore import check
from concierge.operations.backup.sealing import BackupError
from concierge.operations.backup.take import prune, take


class Command(BaseCommand):
    help = "Take a backup of the database and the uploads, and prove that it can be read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, default=Path(settings.BACKUP_DIR))
        parser.add_argument("--check", metavar="FILE", type=Path, help="only read this one through")
        parser.add_argument("--keep", type=int, metavar="N", help="then remove all but the last N")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["check"]:
                self.tell(options["check"])
                return
            self.tell(take(options["directory"]))
        except BackupError as error:
            raise CommandError(str(error)) from None
        if options["keep"]:
            for gone in prune(options["directory"], options["keep"]):
                self.stdout.write(f"Removed {gone.name}.")

    def tell(self, place: Path) -> None:
        manifest = check(place)
        rows = sum(count for count, _ in manifest.tables.values())
        size = place.stat().st_size / 2**20
        self.stdout.write(f"{place}: whole, {rows:,} rows, {size:,.1f} MiB, of {manifest.made}.")
