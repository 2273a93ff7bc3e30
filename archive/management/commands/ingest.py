"""Files and folders into a brand's archive."""

from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from kombu.exceptions import OperationalError
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from archive.ingestion.gather import Gathered, GatherError, gather
from archive.ingestion.metadata import MetadataError
from archive.ingestion.parse.registry import kinds
from archive.ingestion.run import start
from archive.ingestion.watch import outcomes
from archive.ingestion.worker import at_work
from archive.models import Brand, IngestionItem, IngestionRun
from archive.viewer import Audience

State = IngestionItem.State
SELDOM = (State.HELD, State.UNPACKED)  # named in the last line only if there were any


class Command(BaseCommand):
    help = f"Bring files or folders in ({kinds()}), one outcome per file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--brand", required=True, help="the brand's slug")
        parser.add_argument("--kind", default="", help="press release, interview, ...")
        parser.add_argument("--audience", default="", help=", ".join(Audience.values))
        parser.add_argument("--publish", action="store_true", help="show them to their audience")

    def handle(self, *args: Any, **options: Any) -> None:
        began = monotonic()
        run = self.begin(options)
        tally = Tally()
        try:
            with at_work(run.items.count()), self.progress(run) as progress:
                task = progress.add_task("", total=run.items.count())
                for item in outcomes(run):
                    if item is not None:
                        tally.add(item)
                        progress.console.print(line(item), highlight=False, soft_wrap=True)
                        progress.advance(task)
        except OperationalError:
            raise CommandError("Redis does not answer: the files wait until it does.") from None
        except KeyboardInterrupt:
            left = run.items.exclude(state__in=IngestionItem.ENDED).count()
            self.stderr.write(f"{left} left in the queue: the next running worker finishes them.")
            raise SystemExit(130) from None
        self.stdout.write(tally.summary(monotonic() - began))
        if tally.failed:
            raise SystemExit(1)

    def begin(self, options: dict[str, Any]) -> IngestionRun:
        """Raises CommandError with one sentence for anything asked for that cannot be."""
        brand = Brand.objects.filter(slug=options["brand"]).first()
        if brand is None:
            raise CommandError(
                f"There is no brand {options['brand']}: `create_brand {options['brand']}` makes it."
            )
        try:
            gathered = gather(options["paths"])
            self.tell_skipped(gathered)
            return start(
                brand,
                gathered.files,
                origin=" ".join(map(str, options["paths"])),
                kind=options["kind"],
                audience=options["audience"],
                publish=options["publish"],
            )
        except (GatherError, MetadataError) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            # A failed write names no file.
            place = error.filename or f"The files cannot be kept in {settings.MEDIA_ROOT}"
            raise CommandError(f"{place}: {error.strerror}. Nothing has come in.") from error

    def tell_skipped(self, gathered: Gathered) -> None:
        for sentence in gathered.skipped:
            self.stdout.write(f"skipped      {sentence}")
        if not gathered.files:
            raise CommandError(f"There is nothing to bring in; these files are read: {kinds()}.")

    def progress(self, run: IngestionRun) -> Progress:
        """A bar that moves on a terminal, and plain lines anywhere else."""
        # Django's wrapper ends every write with a line end, which would break up the bar.
        console = Console(file=vars(self.stdout)["_out"])
        return Progress(
            TextColumn(escape(run.brand.name)),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )


class Tally:
    """How many of each outcome, and how many passages."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys(IngestionItem.ENDED, 0)
        self.passages = 0

    def add(self, item: IngestionItem) -> None:
        self.counts[State(item.state)] += 1
        self.passages += item.passages

    @property
    def failed(self) -> int:
        return self.counts[State.FAILED]

    def summary(self, seconds: float) -> str:
        shown = {s: n for s, n in self.counts.items() if n or s not in SELDOM}
        counts = ", ".join(f"{count} {label(state)}" for state, count in shown.items())
        return f"{counts}; {self.passages} passages; {seconds:.1f} seconds"


def label(state: str) -> str:
    return State(state).label.lower()


def line(item: IngestionItem) -> str:
    passages = "1 passage" if item.passages == 1 else f"{item.passages} passages"
    said = item.reason if item.state == State.FAILED else passages
    return f"{label(item.state):<12} {escape(item.key)}: {escape(said)}"
