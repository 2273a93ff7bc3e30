from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from concierge.operations.backup.restore import holds, restore
from concierge.operations.backup.sealing import BackupError
from concierge.operations.backup.take import take


class Command(BaseCommand):
    help = (
        "Bring a backup back: proved whole first, erased again what was erased since. "
        "Stop the web processes and workers before it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="of a database with rows in it")
        parser.add_argument(
            "--no-backup", action="store_true", help="of what is replaced, where none can be taken"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            is_taken = options["replace"] and not options["no_backup"]
            if is_taken and holds(str(connection.settings_dict["NAME"])):
                self.stdout.write(f"What is there is kept in {take(Path(settings.BACKUP_DIR))}.")
            manifest = restore(options["file"], replace=options["replace"], tell=self.tell)
        except BackupError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Restored as of {manifest.made}.")

    def tell(self, words: str) -> None:
        self.stdout.write(f"{words} …")
        self.stdout.flush()
