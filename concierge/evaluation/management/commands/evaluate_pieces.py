import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.models import Brand
from concierge.evaluation.pieces import judged, read_rows


class Command(BaseCommand):
    help = "Ask a file of questions for pieces, and count the answers that are right."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--brand", required=True, help="the brand's slug")
        parser.add_argument("--json", action="store_true", help="print everything as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        brand = Brand.objects.filter(slug=options["brand"]).first()
        if brand is None:
            raise CommandError(f"There is no brand “{options['brand']}”.")
        try:
            rows = read_rows(options["file"])
        except (OSError, ValueError) as error:
            raise CommandError(f"The questions could not be read: {error}") from error
        report = judged(brand, rows)
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
            return
        for each in report["results"]:
            if not each["right"]:
                self.stdout.write(f"{each['text']}: {'; '.join(each['faults'])}")
        for name in ("questions", "right", "outside", "ms_p50", "ms_p95"):
            self.stdout.write(f"{name.replace('_', ' ')}: {report[name]}")
