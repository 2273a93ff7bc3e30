"""Questions that take something false for granted, asked of the demo house without a key.

    python -m bench.grounding.premises [--show]

Prints how many are corrected from the archive, and how many of the demo's true questions are
(none should be). Needs the demo loaded.
"""

import argparse
import json
import os
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")

import django

django.setup()

from asgiref.sync import async_to_sync

from archive.models import Brand
from archive.viewer import Audience, Viewer
from concierge.answering.extract import extract
from concierge.answering.manners import voice_of
from concierge.answering.premise import OTHERWISE
from concierge.answering.retrieve import retrieve
from concierge.answering.turn import Exchange, Reply, Turn
from concierge.answering.understand import understand

FALSE = Path(__file__).with_name("premises.jsonl")
TRUE = ("questions.jsonl", "questions-b.jsonl", "questions-named.jsonl", "piece-questions.jsonl")


def answered(brand: Brand, question: str, history: tuple[Exchange, ...] = ()) -> Reply:
    viewer = Viewer.reading(brand.pk, Audience.PUBLIC)
    turn = Turn(voice_of(brand), question, viewer, history)
    return extract(turn, async_to_sync(retrieve)(turn, understand(turn)))


def is_corrected(reply: Reply) -> bool:
    return reply.text.startswith(tuple(OTHERWISE.values()))


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.grounding.premises")
    parser.add_argument("--show", action="store_true")
    show = parser.parse_args().show
    brand = Brand.objects.get(slug="serance")
    asked, corrected, rightly = 0, 0, 0
    for row in map(json.loads, FALSE.read_text(encoding="utf-8").splitlines()):
        reply = answered(brand, row["question"])
        right = is_corrected(reply) and row["says"] in reply.text
        asked, corrected, rightly = asked + 1, corrected + is_corrected(reply), rightly + right
        if show and not right:
            print("NOT CORRECTED", row["question"], "|", reply.text[:300].replace("\n", " "))
    true, wrongly = 0, 0
    for name in TRUE:
        for row in map(json.loads, (Path("demo") / name).read_text(encoding="utf-8").splitlines()):
            reply = answered(brand, row["text"])
            true, wrongly = true + 1, wrongly + is_corrected(reply)
            if show and is_corrected(reply):
                print("WRONGLY", row["text"], "|", reply.text[:300].replace("\n", " "))
    report = {
        "false_premises": asked,
        "corrected": corrected,
        "corrected_by_the_right_words": rightly,
        "true_questions": true,
        "wrongly_corrected": wrongly,
    }
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
