"""Changing the embedding model: how far it is, going on with it, and tidying up after it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from archive.embedding import EmbeddingError
from archive.ingestion.reembed import BusyError, Ended, prune, reembed
from archive.ingestion.standing import Standing, standing

BUSY = "Another process is at it: `reembed --status` says how far it is."


class Command(BaseCommand):
    help = "Embed the house anew under the model that EMBEDDER names, then let searches use it."

    def add_arguments(self, parser: CommandParser) -> None:
        instead = parser.add_mutually_exclusive_group()
        instead.add_argument(
            "--status", action="store_true", help="say how far it is, change nothing"
        )
        instead.add_argument(
            "--prune", action="store_true", help="delete the vectors of models no longer used"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["status"]:
                self.tell(standing())
            elif options["prune"]:
                self.stdout.write(f"{prune()} vectors of other models deleted.")
            else:
                self.embed()
        except BusyError:
            raise CommandError(BUSY) from None
        except EmbeddingError as error:
            raise CommandError(f"{error} What is done is kept: repeat it to go on.") from None

    def embed(self) -> None:
        now = standing()
        with self.progress() as progress:
            task = progress.add_task(now.wanted, total=now.rows, completed=now.done)
            try:
                ended = reembed(lambda more: progress.advance(task, more))
            except KeyboardInterrupt:
                self.stderr.write("Stopped; what is done is kept: repeat it to go on.")
                raise SystemExit(130) from None
        if ended is Ended.ELSEWHERE:
            raise CommandError(BUSY)
        self.tell(standing())

    def tell(self, now: Standing) -> None:
        self.stdout.write(f"searches use   {now.used}")
        if now.wanted != now.used:
            self.stdout.write(f"wanted         {now.wanted}")
        for share in now.shares:
            self.stdout.write(f"{share.kind:<15}{share.done:,} of {share.rows:,}")
        if now.kept:
            self.stdout.write(f"also kept      {', '.join(now.kept)} (`reembed --prune` deletes)")
        if now.trouble:
            self.stdout.write(f"halted         {now.trouble}")

    def progress(self) -> Progress:
        """A bar that moves on a terminal, and nothing anywhere else."""
        # Django's wrapper ends every write with a line end, which would break up the bar.
        console = Console(file=vars(self.stdout)["_out"])
        return Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
