import asyncio
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.models import Brand
from concierge.evaluation.answers import BadQuestionsError, ask_all, measured, read_questions


class Command(BaseCommand):
    help = "Ask a file of questions with gold evidence, and measure the answers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--brand", required=True, help="the brand's slug")
        parser.add_argument("--json", action="store_true", help="print everything as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        brand = Brand.objects.filter(slug=options["brand"]).first()
        if brand is None:
            raise CommandError(f"There is no brand “{options['brand']}”.")
        try:
            questions = read_questions(options["file"])
        except (OSError, UnicodeDecodeError, BadQuestionsError) as error:
            raise CommandError(f"The questions could not be read: {error}") from error
        if not questions:
            raise CommandError("The file holds no questions.")
        report = measured(asyncio.run(ask_all(brand, questions)))
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
            return
        for name, value in report.items():
            if name != "results":
                self.stdout.write(f"{name.replace('_', ' ')}: {value}")
