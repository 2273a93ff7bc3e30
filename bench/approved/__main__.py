"""How well questions meet the wordings of approved answers.

    python -m bench.approved [--show]

`pairs.jsonl` holds pairs of a wording and a question that either asks the same or differs in what
matters. The rules and thresholds were made with the "fit" and "held-out" pairs in view; those
marked "unseen" were written afterwards, and nothing was changed for them.
`--show` lists what goes wrong at the thresholds in use.
"""

import argparse
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")

import django

django.setup()

from django.conf import settings

from archive.embedding.minilm import MiniLM
from archive.ingestion.language import language_of
from concierge.approved.house import ways
from concierge.approved.match import NEAR, SURE, least
from concierge.approved.words import difference

PAIRS = Path(__file__).with_name("pairs.jsonl")
HOUSE = "Maison Sérance"


@dataclass(frozen=True)
class Pair:
    wording: str
    question: str
    same: bool
    half: str
    near: float
    differs: str


def pairs() -> list[Pair]:
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    model = MiniLM(settings.DATA_DIR / "models")
    wordings = model.embed_documents([row["wording"] for row in rows])
    found = []
    for row, vector in zip(rows, wordings, strict=True):
        spoken = language_of(row["question"])
        other = spoken and language_of(row["wording"]) and spoken != row["language"]
        asked = ways(row["question"], HOUSE)
        near = max(float(model.embed_query(way) @ vector) for way in asked)
        differs = "language" if other else least(asked, row["wording"], HOUSE)
        found.append(Pair(row["wording"], row["question"], row["same"], row["half"], near, differs))
    return found


def with_three_wordings(rows: list[dict[str, Any]]) -> tuple[int, int, int, int]:
    """Of an answer with its wording and the first two ways of asking it: how many of the other
    ways are answered, of how many; how many near questions wrongly are, of how many."""
    model = MiniLM(settings.DATA_DIR / "models")
    told = {True: [0, 0], False: [0, 0]}
    for wording in dict.fromkeys(row["wording"] for row in rows):
        own = [row for row in rows if row["wording"] == wording]
        ways = [wording, *[row["question"] for row in own if row["same"]][:2]]
        vectors = model.embed_documents(ways)
        for row in (row for row in own if row["question"] not in ways):
            near = vectors @ model.embed_query(row["question"])
            hit = any(
                n >= SURE and not difference(row["question"], way, HOUSE)
                for n, way in zip(near, ways, strict=True)
            )
            told[row["same"]][0] += hit
            told[row["same"]][1] += 1
    return (*told[True], *told[False])


def rates(some: list[Pair], threshold: float, words: bool) -> tuple[float, float, int]:
    """Precision, recall, and how many near questions are wrongly answered."""
    hits = [p for p in some if p.near >= threshold and not (words and p.differs)]
    right = sum(p.same for p in hits)
    return (
        right / len(hits) if hits else 1.0,
        right / sum(p.same for p in some),
        len(hits) - right,
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--show", action="store_true")
    show = parser.parse_args().show
    every = pairs()
    for half in ("fit", "held-out", "unseen"):
        some = [p for p in every if p.half == half]
        print(f"{half}: {sum(p.same for p in some)} same, {sum(not p.same for p in some)} not")
        print("           with words: precision recall wrong; by meaning alone: the same")
        for step in range(60, 96, 2):
            told = [rates(some, step / 100, words) for words in (True, False)]
            cells = "   ".join(f"{p:9.3f} {r:6.3f} {w:5}" for p, r, w in told)
            print(f"{step / 100:9.2f}{' *' if step / 100 == SURE else '  '}{cells}")
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    right, same, wrong, other = with_three_wordings(rows)
    print(f"with three wordings: {right} of {same} answered, {wrong} of {other} wrongly")
    if show:
        for p in sorted(every, key=lambda p: -p.near):
            hit = p.near >= SURE and not p.differs
            if hit != p.same:
                near = p.near >= NEAR and not p.differs
                mark = "WRONG" if hit else "guides" if near else "missed"
                print(f"{mark:7} {p.near:.2f} {p.differs:30} {p.wording} / {p.question}")


if __name__ == "__main__":
    main()
