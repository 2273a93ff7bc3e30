"""A feed in, from the shell."""

import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from archive.embedding import EmbeddingError
from archive.models import Brand
from catalog.feeds.feed import FORMS
from catalog.feeds.product import FeedError
from catalog.imports import Progress as Report
from catalog.imports import import_feed
from catalog.models import CatalogImport

LISTED = 20  # rejected rows told of


class Command(BaseCommand):
    help = "Bring a brand's catalogue to what a product feed says."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV, TSV, XML, JSON or HTML; .gz too")
        parser.add_argument("--brand", required=True, metavar="SLUG")
        parser.add_argument("--format", choices=("auto", *FORMS), default="auto")
        parser.add_argument(
            "--partial",
            action="store_true",
            help="the file is a part of the catalogue: withdraw nothing it does not name",
        )
        parser.add_argument(
            "--allow-withdrawals",
            action="store_true",
            help="withdraw what the file does not name, even more than half of the catalogue",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        brand = Brand.objects.filter(slug=options["brand"]).first()
        if brand is None:
            raise CommandError(
                f'There is no brand "{options["brand"]}"; make it with create_brand.'
            )
        began = time.monotonic()
        try:
            with shown(self.stdout) as report:
                record = import_feed(
                    brand,
                    options["file"],
                    options["format"],
                    report,
                    partial=options["partial"],
                    allow_withdrawals=options["allow_withdrawals"],
                )
        except (FeedError, EmbeddingError) as error:
            raise CommandError(str(error)) from None
        self.tell(record, time.monotonic() - began)

    def tell(self, record: CatalogImport, seconds: float) -> None:
        """The counts, why nothing was withdrawn, and the rejected rows. Fails if all were."""
        self.stdout.write(
            f"{record.file_name} ({record.form}) for {record.brand}: "
            f"{record.created_count:,} created, {record.updated_count:,} updated, "
            f"{record.unchanged_count:,} unchanged, {record.withdrawn_count:,} withdrawn, "
            f"{record.rejected_count:,} rows rejected, in {seconds:.1f} s."
        )
        if record.notice:
            self.stdout.write(record.notice)
        for row in record.rejected.order_by("line", "pk")[:LISTED]:
            named = f" ({row.key})" if row.key else ""
            self.stdout.write(f"  line {row.line}{named}: {row.reason}")
        if record.rejected_count > LISTED:
            self.stdout.write(
                f"  and {record.rejected_count - LISTED:,} more, listed in the administration"
            )
        if not record.read_count:
            raise CommandError(f"Nothing in {record.file_name} could be imported.")


@contextmanager
def shown(output: Any) -> Iterator[Report]:
    """Progress as a bar for a person at a terminal, and as a line for each tenth for a log."""
    if not (sys.stderr.isatty() and sys.stdout.isatty()):
        yield in_lines(output)
        return
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("products"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("products", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def in_lines(output: Any) -> Report:
    told = 0

    def report(done: int, total: int) -> None:
        nonlocal told
        if total > 1000 and done * 10 // total > told:
            told = done * 10 // total
            output.write(f"{done:,} of {total:,} products")

    return report
