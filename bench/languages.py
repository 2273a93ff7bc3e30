"""How often a language is told rightly, and how well questions in four languages are answered.

    python -m bench.languages
    python -m bench.languages tests/answering/data/tongues.jsonl ... --brand serance

Without files: each sentence of `tests/archive/cleaning/tongues.py` by itself, in a document of its
own language, and in documents of the five others; the share told rightly. With files: each line is
a question with its `language` and what a right answer `says`, one of several ways; a question
without `says` cannot be answered. Prints JSON: for each language the share of questions answered,
answered rightly and declined. No key is needed, and none may be set: the quotations are measured.
"""

import argparse
import asyncio
import json
import os
import re
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")

import django

django.setup()

from archive.ingestion.language import language_of, passage_language
from archive.models import Brand
from archive.threads import in_thread
from concierge.answering.manners import voice_of
from concierge.answering.turn import Reply
from concierge.evaluation.answers import question, reply_to
from tests.archive.cleaning.tongues import SENTENCES, sentences


def told_rightly() -> dict[str, Any]:
    told: dict[str, Counter[str]] = {}
    wrong = []
    for name, text in sentences():
        row = told.setdefault(name, Counter())
        others = [each for each in SENTENCES if each != name]
        row["alone"] += passage_language(text, "") == name
        row["at_home"] += passage_language(text, name) == name
        row["abroad"] += sum(passage_language(text, each) == name for each in others) / len(others)
        row["as_a_document"] += language_of(text) == name
        wrong += [
            (each, text) for each in ("", name, *others) if passage_language(text, each) != name
        ]
    sizes = Counter(name for name, _ in sentences())
    report = {
        name: {way: round(count / sizes[name], 3) for way, count in row.items()}
        for name, row in told.items()
    }
    return {"sentences": dict(sizes), "right": report, "wrong": wrong}


async def asked(brand: Brand, rows: list[dict[str, Any]]) -> list[tuple[dict[str, Any], Reply]]:
    voice = await in_thread(voice_of)(brand)
    return [(row, await reply_to(brand, voice, question(row))) for row in rows]


def is_right(row: dict[str, Any], reply: Reply) -> bool:
    """Whether the answer, or a sentence it cites, has one of the words a right one says."""
    told = " ".join([reply.text, *(each.text for each in reply.citations)])
    plain = re.sub(r"\s+", " ", told)
    return not reply.refused and any(words in plain for words in row["says"])


def measured(answers: list[tuple[dict[str, Any], Reply]]) -> dict[str, Any]:
    """Shares by language; `amiss` are the ids answered wrongly, refused wrongly or answered in
    vain."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    amiss: dict[str, list[str]] = defaultdict(list)
    for row, reply in answers:
        count = counts[row["language"]]
        if "says" not in row:
            count["unanswerable"] += 1
            count["declined"] += reply.refused
            if not reply.refused:
                amiss["answered_in_vain"].append(row["_id"])
            continue
        right = is_right(row, reply)
        count["answerable"] += 1
        count["answered"] += not reply.refused
        count["right"] += right
        if not right:
            amiss["refused" if reply.refused else "wrong"].append(row["_id"])
    counts["all"] = sum(counts.values(), Counter())
    shares = {
        name: {
            "answerable": count["answerable"],
            "answered": share(count["answered"], count["answerable"]),
            "right": share(count["right"], count["answerable"]),
            "unanswerable": count["unanswerable"],
            "declined": share(count["declined"], count["unanswerable"]),
        }
        for name, count in counts.items()
    }
    return {"languages": shares, "amiss": amiss}


def share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def answers_of(path: Path, brand: Brand, show: bool) -> dict[str, Any]:
    lines = path.read_text(encoding="utf-8").splitlines()
    began = time.process_time()
    answers = asyncio.run(asked(brand, [json.loads(line) for line in lines]))
    spent = 1000 * (time.process_time() - began) / max(len(answers), 1)
    report = measured(answers) | {"processor_ms_a_question": round(spent, 1)}
    if show:
        report["answers"] = {row["_id"]: [row["text"], reply.text] for row, reply in answers}
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--brand", default="serance")
    parser.add_argument("--show", action="store_true", help="the answers too")
    options = parser.parse_args()
    if options.files:
        brand = Brand.objects.get(slug=options.brand)
        report = {str(path): answers_of(path, brand, options.show) for path in options.files}
    else:
        report = told_rightly()
    print(json.dumps(report, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
