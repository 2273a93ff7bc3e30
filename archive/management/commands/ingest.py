"""Files and folders into a brand's archive."""

from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from kombu.exceptions import OperationalError
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from archive.ingestion.again import try_again
from archive.ingestion.gather import GatherError, gather
from archive.ingestion.metadata import MetadataError
from archive.ingestion.parse.registry import kinds
from archive.ingestion.run import start
from archive.ingestion.watch import Progress as Standing
from archive.ingestion.watch import outcomes, progress
from archive.ingestion.worker import at_work
from archive.management.terminal import shown
from archive.models import Brand, IngestionItem, IngestionRun
from archive.viewer import Audience

State = IngestionItem.State
SELDOM = (State.HELD, State.UNPACKED)  # named in the last line only if there were any

REFRESH = 1.0  # seconds between two looks at the rows for the bar


class Command(BaseCommand):
    help = f"Bring files or folders in ({kinds()}), one outcome per file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
        parser.add_argument("--brand", default="", help="the brand's slug")
        parser.add_argument("--kind", default="", help="press release, interview, ...")
        parser.add_argument("--audience", default="", help=", ".join(Audience.values))
        parser.add_argument("--publish", action="store_true", help="show them to their audience")
        parser.add_argument(
            "--hold", action="store_true", help="ask before a published text is replaced"
        )
        parser.add_argument(
            "--retry", type=int, metavar="RUN", help="try what failed of a run once more"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        began, since = monotonic(), timezone.now()
        run = self.again(options["retry"]) if options["retry"] else self.begin(options)
        left = run.items.exclude(state__in=IngestionItem.ENDED).count()
        tally, known = Tally(), set(run.notes)
        try:
            with at_work(left), self.bar(run) as bar:
                show = Display(run, bar)
                for item in outcomes(run, since):
                    if item is not None:
                        tally.add(item)
                        bar.console.print(line(item), highlight=False, soft_wrap=True)
                    show.refresh()
        except OperationalError:
            raise CommandError("Redis does not answer: the files wait until it does.") from None
        except KeyboardInterrupt:
            left = run.items.exclude(state__in=IngestionItem.ENDED).count()
            self.stderr.write(f"{left} left in the queue: the next running worker finishes them.")
            raise SystemExit(130) from None
        run.refresh_from_db(fields=["notes"])
        self.tell([note for note in run.notes if note not in known])
        self.stdout.write(tally.summary(monotonic() - began))
        if tally.failed:
            raise SystemExit(1)

    def again(self, number: int) -> IngestionRun:
        """The run of that number, its failed items waiting once more. Raises CommandError."""
        run = IngestionRun.objects.select_related("brand").filter(pk=number).first()
        if run is None:
            raise CommandError(f"There is no ingestion run {number}.")
        if not try_again(run.items.all()):
            raise CommandError(f"Nothing of run {number} has failed.")
        return run

    def begin(self, options: dict[str, Any]) -> IngestionRun:
        """Raises CommandError with one sentence for anything asked for that cannot be."""
        if not options["paths"] or not options["brand"]:
            raise CommandError("Say what is to come in, and whose it is: `ingest PATH --brand B`.")
        brand = Brand.objects.filter(slug=options["brand"]).first()
        if brand is None:
            raise CommandError(
                f"There is no brand {options['brand']}: `create_brand {options['brand']}` makes it."
            )
        try:
            gathered = gather(options["paths"])
            self.tell(gathered.skipped)
            if not gathered.files:
                raise CommandError(
                    f"There is nothing to bring in; these files are read: {kinds()}."
                )
            return start(
                brand,
                gathered.files,
                origin=" ".join(map(str, options["paths"])),
                kind=options["kind"],
                audience=options["audience"],
                publish=options["publish"],
                hold=options["hold"],
            )
        except (GatherError, MetadataError) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            # A failed write names no file.
            place = error.filename or f"The files cannot be kept in {settings.MEDIA_ROOT}"
            raise CommandError(f"{place}: {error.strerror}. Nothing has come in.") from error

    def tell(self, left_out: list[str]) -> None:
        for sentence in left_out:
            self.stdout.write(f"skipped      {shown(sentence)}")

    def bar(self, run: IngestionRun) -> Progress:
        """A bar that moves on a terminal, and plain lines anywhere else."""
        # Django's wrapper ends every write with a line end, which would break up the bar.
        console = Console(file=vars(self.stdout)["_out"])
        return Progress(
            TextColumn(escape(run.brand.name)),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[said]}"),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )


class Display:
    """The bar, moved on from the rows once a second."""

    def __init__(self, run: IngestionRun, bar: Progress) -> None:
        self.run, self.bar = run, bar
        self.task = bar.add_task("", total=None, said="")
        self.shown = 0.0

    def refresh(self) -> None:
        if self.bar.disable or monotonic() - self.shown < REFRESH:
            return
        self.shown = monotonic()
        now = progress(self.run)
        self.bar.update(self.task, completed=now.done, total=now.total, said=pace(now))


def pace(now: Standing) -> str:
    """The rate of late and the time left, as far as they are known."""
    said = [f"{now.files_per_second:.1f} files/s", f"{now.per_second:.0f} passages/s"]
    if now.seconds_left is not None:
        said.append(f"{timedelta(seconds=round(now.seconds_left))} left")
    return " · ".join(said)


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
        return f"{counts}; {passages(self.passages)}; {seconds:.1f} seconds"


def label(state: str) -> str:
    return State(state).label.lower()


def passages(count: int) -> str:
    return "1 passage" if count == 1 else f"{count} passages"


def line(item: IngestionItem) -> str:
    holds_text = item.state not in (State.FAILED, State.UNPACKED)
    said = [passages(item.passages)] * holds_text + [item.reason] * bool(item.reason)
    outcome = f"{item.key}: {'. '.join(said)}"
    return f"{label(item.state):<12} {escape(shown(outcome))}"
