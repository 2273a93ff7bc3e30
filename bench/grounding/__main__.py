"""The verifier attacked: true statements of the demo house, and what can be made false of them.

    python -m bench.grounding [--show removed|kept] [--half tuned|held_out]

Prints, for the half the rules were tuned on and for the half held out, the share of true
statements wrongly removed and of mutants removed, by kind, beside the lexical rule that went
before; and how long an answer of 120 words takes. Needs no database.
"""

import argparse
import json
import os
import random
import time
from collections import Counter
from statistics import median, quantiles
from zlib import crc32

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")

from bench.grounding import lexical
from bench.grounding.mutate import Mutant, mutants
from bench.grounding.passages import (
    Statement,
    documents,
    passage,
    piece,
    pieces,
    statements,
    text_of,
)
from concierge.answering import figures, reading
from concierge.answering.markers import bare
from concierge.answering.spelled import spelled
from concierge.answering.support import Passage
from concierge.answering.turn import Evidence, Piece, Source
from concierge.answering.verify import UnsupportedError, verify

SEED = 11
HOUSE = "Maison Sérance"
BESIDE = 3  # other passages, or pieces, in the evidence
ANSWER = 120  # words of the answer that is timed
CACHES = (reading.read, figures.counted, figures.known, spelled, Passage.of)
HALVES = ("tuned", "held_out")


def half_of(statement: Statement) -> str:
    return HALVES[crc32(statement.text.encode()) % 2]


def evidence_of(statement: Statement, rng: random.Random) -> Evidence:
    """The passage or piece that a statement rests on, as number 1, and others beside it."""
    if statement.piece:
        others = rng.sample([title for title in pieces() if title != statement.piece], BESIDE)
        titles = [statement.piece, *others]
        return Evidence("", (), tuple(piece(t, n) for n, t in enumerate(titles, start=1)))
    names = rng.sample([name for name in documents() if name != statement.document], BESIDE)
    beside = [passage(name, text_of(name)[900:930], n) for n, name in enumerate(names, start=2)]
    return Evidence("", (passage(statement.document, statement.anchor, 1), *beside))


def kept(text: str, statement: Statement, evidence: Evidence) -> bool:
    mark = "[P1]" if statement.piece else "[1]"
    try:
        verified = verify(f"{text.removesuffix('.')} {mark}.", evidence, house=HOUSE)
    except UnsupportedError:
        return False
    return text.removesuffix(".") in bare(verified.text)[0]


def measured(half: list[Statement], show: str) -> dict[str, object]:
    rng = random.Random(SEED)
    lost, lost_before, kinds = [], [], Counter[str]()
    made, removed, removed_before = Counter[str](), Counter[str](), Counter[str]()
    for statement in half:
        evidence = evidence_of(statement, rng)
        source, row = first(evidence)
        kinds[statement.kind] += 1
        if not kept(statement.text, statement, evidence):
            lost.append(statement)
        if not lexical.stands(statement.text, source, row):
            lost_before.append(statement)
        told = source.text if source else row.facts if row else ""
        for mutant in mutants(statement, told, rng):
            made[mutant.kind] += 1
            stays = kept(mutant.text, statement, evidence)
            removed[mutant.kind] += not stays
            removed_before[mutant.kind] += not lexical.stands(mutant.text, source, row)
            if stays and show == "kept":
                tell(mutant.kind, statement, mutant)
    for statement in lost if show == "removed" else ():
        tell("removed", statement, None)
    return {
        "statements": dict(kinds),
        "wrongly_removed": share(len(lost), len(half)),
        "wrongly_removed_lexical": share(len(lost_before), len(half)),
        "mutants": made.total(),
        "removed": share(removed.total(), made.total()),
        "removed_lexical": share(removed_before.total(), made.total()),
        "by_kind": {
            kind: [made[kind], share(removed[kind], n), share(removed_before[kind], n)]
            for kind, n in sorted(made.items())
        },
    }


def first(evidence: Evidence) -> tuple[Source | None, Piece | None]:
    return next(iter(evidence.sources), None), next(iter(evidence.pieces), None)


def share(part: int, whole: int) -> float:
    return round(part / max(1, whole), 3)


def tell(kind: str, statement: Statement, mutant: Mutant | None) -> None:
    where = statement.document or statement.piece
    text = mutant.text if mutant else statement.text
    print(f"{kind:22} {statement.language} {where[:28]:28} {text}")


def answers() -> list[tuple[str, Evidence]]:
    """Answers of some ANSWER words of true statements, each with its passages."""
    rows = [s for s in statements() if s.document and s.language == "en"]
    random.Random(SEED).shuffle(rows)
    made: list[tuple[str, Evidence]] = []
    parts: list[str] = []
    sources: list[Source] = []
    for statement in rows:
        sources.append(passage(statement.document, statement.anchor, len(sources) + 1))
        parts.append(f"{statement.text.removesuffix('.')} [{len(sources)}].")
        if sum(len(part.split()) for part in parts) >= ANSWER:
            made.append((" ".join(parts), Evidence("", tuple(sources))))
            parts, sources = [], []
    return made


def timed() -> dict[str, float]:
    """Milliseconds of processor time of an answer read for the first time, and again."""
    cold, warm = [], []
    for draft, evidence in answers():
        for found in (cold, warm):
            if found is cold:
                for cache in CACHES:
                    cache.cache_clear()
            began = time.process_time()
            verify(draft, evidence, house=HOUSE)
            found.append((time.process_time() - began) * 1000)
    return {
        "answers": len(cold),
        "first_p50": round(median(cold), 1),
        "first_p95": round(quantiles(cold, n=20)[-1], 1),
        "again_p50": round(median(warm), 1),
        "again_p95": round(quantiles(warm, n=20)[-1], 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.grounding")
    parser.add_argument("--show", choices=("removed", "kept"), default="")
    parser.add_argument("--half", choices=HALVES, default="")
    asked = parser.parse_args()
    every = statements()
    report: dict[str, object] = {
        name: measured([s for s in every if half_of(s) == name], asked.show)
        for name in HALVES
        if asked.half in ("", name)
    }
    report["by_kind_is"] = "mutants, share removed, share removed by the lexical rule"
    report["ms"] = timed()
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
