"""Whether the audit log is whole; names the first entry that is not."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from concierge.audit.restored import begin_again
from concierge.audit.verify import Verdict, verify


class Command(BaseCommand):
    help = "Verify the audit log: exit 1, and the first bad entry, when it is not whole."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")
        parser.add_argument(
            "--restored",
            metavar="WHY",
            help="Accept that the log ends where a restored backup ends; this is recorded.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["restored"]:
            begin_again(options["restored"])
        verdict = verify()
        if options["json"]:
            self.stdout.write(json.dumps(asdict(verdict)))
        elif verdict.is_whole:
            self.stdout.write(told(verdict))
        if not verdict.is_whole:
            raise CommandError(verdict.words, returncode=1)


def told(verdict: Verdict) -> str:
    beside = f"agree with {verdict.checkpoints} checkpoints outside the database"
    if not verdict.checkpoints:
        beside = "have no checkpoint outside the database to agree with"
    return f"The audit log is whole: {verdict.entries:,} entries, which {beside}."
