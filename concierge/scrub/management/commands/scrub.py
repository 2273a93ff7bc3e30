from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from psycopg import OperationalError

from concierge.scrub.run import scrub


class Command(BaseCommand):
    help = "Write the files of tables, log and Redis anew: what was deleted leaves the disk, too."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all",
            action="store_true",
            dest="every",
            help="tables from which nothing was deleted since the last pass, too",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = scrub(options["every"])
        except OperationalError:
            raise CommandError("The owner of the tables cannot reach the database.") from None
        if made is None:
            raise CommandError("Another pass is being made.")
        for sentence in made.done:
            self.stdout.write(sentence)
        for sentence in made.left:
            self.stderr.write(f"Left: {sentence}")
        if made.left:
            raise CommandError("Something is left; the next pass tries it again.")
