"""The characters a search returns beside those that answer, on a folder of documents."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.embedding import EmbeddingError, current_embedder
from archive.ingestion.gather import GatherError
from concierge.evaluation import spans
from concierge.evaluation.beir import FolderError
from concierge.evaluation.management.commands.evaluate_retrieval import bars


class Command(BaseCommand):
    help = "Measure passages and their focus on documents with questions and exact spans."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="holds documents/ and questions.jsonl")
        parser.add_argument("--json", action="store_true", help="print everything as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            folder = spans.opened(options["folder"])
            brand = spans.brand_of(folder)
            with bars() as progress:
                found = list(
                    progress.track(
                        spans.asked(brand, folder),
                        total=len(folder.questions),
                        description="searching",
                    )
                )
        except (FolderError, GatherError, EmbeddingError, OSError) as error:
            raise CommandError(str(error)) from None
        told = {
            "folder": folder.path.name,
            "brand": brand.slug,
            "model": current_embedder().model,
            "hits": spans.TOP,
            **spans.measured(folder, found),
        }
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        for name, value in told.items():
            self.stdout.write(f"{name:<12}{value}")
