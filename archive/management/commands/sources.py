"""Sources from the shell: what there is, a run now, and what a run would do."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timesince import timesince, timeuntil
from kombu.exceptions import OperationalError

from archive.embedding import EmbeddingError
from archive.ingestion.watch import outcomes
from archive.ingestion.worker import at_work
from archive.management.terminal import shown
from archive.models import Brand, IngestionItem, IngestionRun, Source
from archive.models.document import Status
from archive.sources import ask, gather
from archive.sources.forecast import Forecast, Sort, forecast
from archive.sources.kind import SourceError, vet
from archive.sources.lease import is_read
from archive.sources.schedule import ScheduleError, crontab, described, upcoming
from archive.viewer import Audience

SHOWN = 10  # entries of a sort in a forecast
State = IngestionItem.State


class Command(BaseCommand):
    help = "List, add and run the places that documents come from."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=("list", "add", "run", "dry-run"))
        parser.add_argument("name", nargs="?", default="", help="the source's name")
        parser.add_argument("--brand", required=True, help="the brand's slug")
        parser.add_argument("--json", action="store_true", help="print everything as JSON")
        new = parser.add_argument_group("of a new source")
        new.add_argument("--kind", choices=Source.Kind.values, default=Source.Kind.FOLDER)
        new.add_argument("--address", default="", help="a path or an address")
        new.add_argument("--schedule", default="", help="as “0 3 * * *”; none: by hand")
        new.add_argument("--document-kind", default="", help="press release, interview, ...")
        new.add_argument("--audience", choices=Audience.values, default=Audience.PUBLIC)
        arrives = (Status.DRAFT, Status.REVIEW, Status.PUBLISHED)
        new.add_argument("--arrives", choices=arrives, default=Status.REVIEW)

    def handle(self, *args: Any, **options: Any) -> None:
        brand = Brand.objects.filter(slug=options["brand"]).first()
        if brand is None:
            raise CommandError(
                f"There is no brand {options['brand']}: `create_brand {options['brand']}` makes it."
            )
        if options["act"] == "list":
            self.list(brand, as_json=options["json"])
        elif options["act"] == "add":
            self.add(brand, options)
        elif options["act"] == "run":
            self.run(self.named(brand, options["name"]), as_json=options["json"])
        else:
            self.dry_run(self.named(brand, options["name"]), as_json=options["json"])

    def named(self, brand: Brand, name: str) -> Source:
        source = brand.sources.select_related("brand").filter(name=name).first()
        if source is None:
            names = ", ".join(brand.sources.values_list("name", flat=True)) or "none"
            raise CommandError(f"There is no source “{name}”; of {brand} there are: {names}.")
        return source

    def list(self, brand: Brand, *, as_json: bool) -> None:
        rows = [told(source) for source in brand.sources.select_related("brand")]
        if as_json:
            self.stdout.write(json.dumps(rows, default=str, ensure_ascii=False, indent=2))
            return
        if not rows:
            self.stdout.write("No sources yet: `sources add NAME --kind folder --address PATH`.")
        for row in rows:
            last = f"{timesince(row['last_run'])} ago" if row["last_run"] else "never"
            following = f"in {timeuntil(row['next_run'])}" if row["next_run"] else "by hand"
            self.stdout.write(
                f"{row['name']}  {row['kind']}  {row['address']}\n"
                f"    {row['schedule']}; next {following}; last {last}; {row['entries']:,} entries"
            )

    def add(self, brand: Brand, options: dict[str, Any]) -> None:
        name = options["name"].strip()
        if not name or not options["address"].strip():
            raise CommandError("Name it and say where it is: `sources add NAME --address PATH`.")
        if brand.sources.filter(name=name).exists():
            raise CommandError(f"There is a source “{name}” already.")
        fields = ("kind", "address", "schedule", "document_kind", "audience", "arrives")
        source = Source(brand=brand, name=name, **{field: options[field] for field in fields})
        try:
            if source.schedule:
                crontab(source.schedule, brand)
            vet(source)
            source.save()
        except (ScheduleError, SourceError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{name}: {described(source.schedule).lower()}. `sources run` reads it.")

    def run(self, source: Source, *, as_json: bool) -> None:
        if not ask.want(source):
            raise CommandError(f"“{source.name}” is being read at this moment.")
        before = source.runs.order_by("-pk").values_list("pk", flat=True).first() or 0
        while gather.work(source.pk):
            pass
        run = source.runs.filter(pk__gt=before).order_by("-pk").first()
        if run is None or run.gathering:
            raise CommandError(f"“{source.name}” is not read to its end: a worker goes on with it.")
        self.finish(run, quiet=as_json)
        counts = counted(run)
        if as_json:
            said = {"run": run.pk, "notes": run.notes, "items": counts}
            self.stdout.write(json.dumps(said, ensure_ascii=False))
        else:
            for note in run.notes:
                self.stdout.write(shown(note))
            self.stdout.write(", ".join(f"{n} {word}" for word, n in counts.items()) or "no items")
        source.refresh_from_db()
        trouble = source.notices.filter(about=gather.FAILED, settled=None).exists()
        if trouble or counts.get(State.FAILED):
            raise SystemExit(1)

    def finish(self, run: IngestionRun, *, quiet: bool) -> None:
        """Wait for the run's items, with a worker of our own if there is no other."""
        left = run.items.exclude(state__in=IngestionItem.ENDED).count()
        try:
            with at_work(left):
                for item in outcomes(run):
                    if item is not None and not quiet:
                        self.stdout.write(line(item))
        except OperationalError:
            raise CommandError("Redis does not answer: the files wait until it does.") from None

    def dry_run(self, source: Source, *, as_json: bool) -> None:
        try:
            found = forecast(source)
        except (SourceError, EmbeddingError) as error:
            raise CommandError(str(error)) from error
        if as_json:
            self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
            return
        for sentence in lines(found):
            self.stdout.write(shown(sentence))


def told(source: Source) -> dict[str, Any]:
    last = source.runs.order_by("-created").first()
    return {
        "name": source.name,
        "kind": source.kind,
        "address": source.address.partition("\n")[0],
        "schedule": described(source.schedule),
        "enabled": source.enabled,
        "next_run": upcoming(source),
        "last_run": last.created if last else None,
        "reading": is_read(source),
        "entries": source.listings.filter(missing_since=None).count(),
    }


def line(item: IngestionItem) -> str:
    said = f": {item.reason}" if item.reason else ""
    return f"{item.get_state_display().lower():<12} {shown(f'{item.key}{said}')}"


def counted(run: IngestionRun) -> dict[str, int]:
    states = run.items.values_list("state", flat=True)
    return {state: count for state in State.values if (count := list(states).count(state))}


def lines(found: Forecast) -> list[str]:
    """The forecast in sentences."""
    told = [f"{found.source}: {found.listed:,} listed, {found.unchanged:,} as they were."]
    for word, sort in (("new", found.new), ("changed", found.changed), ("gone", found.gone)):
        told += named(word, sort)
    told += named("not asked for, so as not to fetch too much", found.unsure)
    told += [
        f"{found.fetched:,} were asked for and {found.sampled:,} read whole; from these:",
        f"about {found.characters:,} characters, {found.tokens:,} tokens, "
        f"{found.passages:,} passages",
        f"about {found.seconds:,.0f} seconds of one worker, {found.rate}",
        f"{'cost unknown' if found.cost is None else f'cost {found.cost:.2f}'}: {found.price}",
    ]
    return [*told, *found.notes]


def named(word: str, sort: Sort) -> list[str]:
    if not sort.count:
        return []
    more = [f"  and {sort.count - SHOWN:,} more"] if sort.count > SHOWN else []
    return [f"{sort.count:,} {word}", *(f"  {key}" for key in sort.keys[:SHOWN]), *more]
