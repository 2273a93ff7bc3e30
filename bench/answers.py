"""What choosing sentences earns over quoting the best passage from its beginning.

    python -m bench.answers demo/questions.jsonl demo/questions-b.jsonl --brand serance

Both answer the same questions from the same passages, in one run; the ratios are the result.
"""

import argparse
import asyncio
import json
import os
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")

import django
import numpy as np

django.setup()

from archive.models import Brand
from archive.sentences import sentences
from archive.viewer import Viewer
from concierge.answering.extract import cited, extract
from concierge.answering.retrieve import retrieve
from concierge.answering.sentences import Sentence
from concierge.answering.turn import Evidence, Reply, Turn, Voice
from concierge.answering.understand import understand
from concierge.evaluation.answers import Asked, measured, read_questions

LEAD = 3  # sentences of the best passage that the reference quotes
METRICS = ("cites_gold_document", "contains_gold_quote", "refused_unanswerable")


def lead(evidence: Evidence) -> Reply:
    """The reference: the first sentences of the best passage, whatever was asked."""
    if not evidence.sources:
        return Reply(text="", refused=True)
    source = evidence.sources[0]
    spans = sentences(source.text)[:LEAD]
    quotes = [
        cited(number, Sentence(source, start, end, start, 0.0, 0.0, 0.0, np.zeros(0, np.float32)))
        for number, (start, end) in enumerate(spans, start=1)
    ]
    return Reply(text=" ".join(quote.text for quote in quotes), citations=tuple(quotes))


def turn_of(brand: Brand, asked: Asked) -> Turn:
    voice = Voice(brand.name, brand.language, brand.contact)
    return Turn(voice, asked.text, Viewer.reading(brand.pk), asked.history)


def compare(brand: Brand, questions: list[Asked]) -> dict[str, Any]:
    ours, reference = [], []
    for asked in questions:
        turn = turn_of(brand, asked)
        evidence = asyncio.run(retrieve(turn, understand(turn)))
        ours.append((asked, extract(turn, evidence)))
        reference.append((asked, lead(evidence)))
    chosen, plain = measured(ours), measured(reference)
    return {
        "questions": len(questions),
        "chosen": {name: chosen[name] for name in METRICS},
        "lead": {name: plain[name] for name in METRICS},
        "ratio": {
            name: round(chosen[name] / plain[name], 2) if plain[name] else None for name in METRICS
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--brand", default="serance")
    options = parser.parse_args()
    brand = Brand.objects.get(slug=options.brand)
    questions = [asked for path in options.files for asked in read_questions(path)]
    print(json.dumps(compare(brand, questions), indent=2))


if __name__ == "__main__":
    main()
