"""Statements written before anything was known of what becomes of them, 199 false and 115 true.

They were measured once blind (docs/grounding.md); the rules have been mended since.

    python -m bench.grounding.blind [--show]

Each stands at the end of a sentence's marker as a model would write it; one without evidence
("Your order is confirmed") follows a true sentence that has some. Prints the share of the false
removed and of the true lost, by kind, and the milliseconds of processor time of a sentence that
is judged for the first time. Needs no database.
"""

import argparse
import json
import os
import random
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")

from bench.grounding.passages import documents, passage, text_of, whole_piece
from concierge.answering.markers import bare
from concierge.answering.turn import Evidence
from concierge.answering.verify import UnsupportedError, verify

ROWS = Path(__file__).with_name("blind.jsonl")
HOUSE = "Maison Sérance"
SEED = 7
BESIDE = 3  # other passages beside the one that a statement rests on
TRUE_DOCUMENT, TRUE_ANCHOR = "client-services.md", "Letters are answered"
TRUE = "Letters are answered by a person, within three working days [1]."


@dataclass(frozen=True, slots=True)
class Row:
    """A statement; it rests on the passage of `document` around `anchor`, on `pieces`, on none."""

    id: str
    true: bool
    kind: str
    language: str
    text: str
    document: str = ""
    anchor: str = ""
    pieces: tuple[str, ...] = ()


def rows() -> list[Row]:
    return [Row(**json.loads(line)) for line in ROWS.read_text(encoding="utf-8").splitlines()]


def draft_of(row: Row, rng: random.Random) -> tuple[str, Evidence]:
    """The statement with its markers, and what it may rest on with other passages beside it."""
    names = rng.sample([name for name in documents() if name != row.document], BESIDE)
    beside = [passage(name, text_of(name)[900:930], n) for n, name in enumerate(names, start=2)]
    text = row.text.removesuffix(".")
    if row.pieces:
        pieces = tuple(whole_piece(title, n) for n, title in enumerate(row.pieces, start=1))
        marks = "".join(f"[P{piece.number}]" for piece in pieces)
        return f"{text} {marks}.", Evidence("", (), pieces)
    if row.document:
        return f"{text} [1].", Evidence("", (passage(row.document, row.anchor, 1), *beside))
    first = passage(TRUE_DOCUMENT, TRUE_ANCHOR, 1)
    return f"{TRUE} {row.text}", Evidence("", (first, *beside))


def stays(row: Row, draft: str, evidence: Evidence) -> bool:
    try:
        verified = verify(draft, evidence, house=HOUSE)
    except UnsupportedError:
        return False
    return row.text.removesuffix(".") in bare(verified.text)[0]


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.grounding.blind")
    parser.add_argument("--show", action="store_true", help="what was judged wrongly")
    show = parser.parse_args().show
    rng = random.Random(SEED)
    made, wrong = Counter[tuple[bool, str]](), Counter[tuple[bool, str]]()
    spent = 0.0
    for row in rows():
        draft, evidence = draft_of(row, rng)
        began = time.process_time()
        kept = stays(row, draft, evidence)
        spent += time.process_time() - began
        made[row.true, row.kind] += 1
        if kept != row.true:
            wrong[row.true, row.kind] += 1
            if show:
                print("LOST" if row.true else "PASSED", row.id, row.kind, row.language, row.text)
    report: dict[str, object] = {}
    for true, name in ((False, "false_removed"), (True, "true_lost")):
        kinds = {kind: n for (which, kind), n in sorted(made.items()) if which == true}
        bad = sum(wrong[true, kind] for kind in kinds)
        total = sum(kinds.values())
        report[name] = round((bad if true else total - bad) / total, 3)
        report[f"{name}_by_kind"] = {
            kind: f"{wrong[true, kind] if true else n - wrong[true, kind]}/{n}"
            for kind, n in kinds.items()
        }
    report["ms_a_statement"] = round(1000 * spent / made.total(), 2)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
