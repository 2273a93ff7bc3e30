"""How well kinds of turn are told without a model.

    python -m bench.understanding [FILE...]

Reads utterances labelled with their kind and language; those of the set "held_out" were not looked
at while the patterns were made. FILEs are further questions that are all for an archive, one JSON
object a line with a `text`: how many of them are taken for something else, before anything is
looked up. Prints JSON: for each set the accuracy over all, by kind and by language, and what was
confused.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from concierge.answering.recognise import ARCHIVE, recognised

UTTERANCES = Path(__file__).parent.parent / "tests" / "answering" / "data" / "utterances.jsonl"


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def measured(rows: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Shares of `rows` that are told rightly."""
    told: dict[str, dict[str, list[bool]]] = {
        "kind": defaultdict(list),
        "language": defaultdict(list),
    }
    confused: Counter[str] = Counter()
    right: list[bool] = []
    for row in rows:
        kind = recognised(row["text"]).kind
        right.append(kind == row["kind"])
        for by, shares in told.items():
            shares[row[by]].append(right[-1])
        if not right[-1]:
            confused[f"{row['kind']} as {kind}"] += 1
    by = {name: {key: share(each) for key, each in shares.items()} for name, shares in told.items()}
    return {"utterances": len(right), "accuracy": share(right), **by, "confused": dict(confused)}


def share(right: list[bool]) -> float:
    return round(sum(right) / len(right), 3)


def taken_amiss(path: Path) -> dict[str, Any]:
    """Of questions for an archive: how many are taken for something else, by topic."""
    rows = [row["text"] for row in rows_of(path) if isinstance(row.get("text"), str)]
    found = [recognised(text) for text in rows]
    amiss = Counter(f"{each.kind} {each.topic}" for each in found if each.kind not in ARCHIVE)
    return {"questions": len(rows), "amiss": dict(amiss)}


def main() -> None:
    parser = argparse.ArgumentParser(description="How well kinds of turn are told.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="further questions")
    options = parser.parse_args()
    rows = rows_of(UTTERANCES)
    sets = sorted({row["set"] for row in rows})
    report: dict[str, Any] = {
        name: measured(row for row in rows if row["set"] == name) for name in sets
    }
    report |= {str(path): taken_amiss(path) for path in options.files}
    print(json.dumps(report, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
