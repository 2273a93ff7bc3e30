"""The quality and speed of search, on a benchmark's folder."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from archive.embedding import EmbeddingError, current_embedder, wanted_embedder
from archive.embedding.choice import searching_with
from archive.models import Brand
from archive.steps import Step, leaving_out
from catalog.feeds.product import FeedError
from concierge.evaluation import beir, scratch
from concierge.evaluation.retrieval import SEARCHES, Answered, answered, measured, write_run


class Command(BaseCommand):
    help = "Measure search on a folder of corpus, queries and judgements, in a scratch brand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--in", dest="where", required=True, choices=tuple(SEARCHES))
        parser.add_argument("--json", action="store_true", help="print everything as JSON")
        parser.add_argument("--run", type=Path, metavar="FILE", help="write a TREC run file")
        parser.add_argument(
            "--last-turn",
            action="store_true",
            help="leave out what was said before a query, to see what it is worth",
        )
        parser.add_argument(
            "--without",
            type=steps,
            default=(),
            metavar="STEP,...",
            help=f"leave out steps of the search, to see what each is worth: {', '.join(Step)}",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            # So that a model can be measured before the house is embedded anew for it.
            with searching_with(wanted_embedder()), leaving_out(options["without"]):
                self.measure(options)
        except (beir.FolderError, FeedError, EmbeddingError, OSError) as error:
            raise CommandError(str(error)) from None

    def measure(self, options: dict[str, Any]) -> None:
        feed = options["where"] == "catalog"
        folder = beir.opened(options["folder"], feed=feed)
        with bars() as progress:
            began = monotonic()
            brand = self.scratch(folder, progress, feed=feed)
            seconds = monotonic() - began
            answers = self.ask(brand, folder, progress, options)
        if options["run"]:
            write_run(options["run"], answers)
        told = {
            "folder": folder.path.name,
            "in": options["where"],
            "brand": brand.slug,
            "model": current_embedder().model,
            "without": sorted(options["without"]),
            "indexing_seconds": round(seconds, 1),
            **measured(answers, folder.grades),
        }
        self.tell(told, as_json=options["json"])

    def scratch(self, folder: beir.Folder, progress: Progress, *, feed: bool) -> Brand:
        task = progress.add_task("indexing", total=None)
        brand = scratch.brand_of(
            folder,
            feed=feed,
            report=lambda done, total: progress.update(task, completed=done, total=total),
        )
        progress.remove_task(task)
        return brand

    def ask(
        self, brand: Brand, folder: beir.Folder, progress: Progress, options: dict[str, Any]
    ) -> list[Answered]:
        queries = folder.queries
        if options["last_turn"]:
            queries = [replace(query, history=()) for query in queries]
        answers = answered(brand, options["where"], queries)
        return list(progress.track(answers, total=len(queries), description="searching"))

    def tell(self, told: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        for name, value in told.items():
            self.stdout.write(f"{name:<18}{value}")


def steps(named: str) -> frozenset[Step]:
    """The steps of a list with commas. Raises ArgumentTypeError for a name that is none."""
    try:
        return frozenset(map(Step, filter(None, named.split(","))))
    except ValueError as error:
        raise ArgumentTypeError(f"{error}; the steps are {', '.join(Step)}") from None


def bars() -> Progress:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)
