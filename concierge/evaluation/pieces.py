"""Questions for pieces, asked of a brand's catalogue, and which of its answers are right.

A line of the file is an object: `text`; `before` and `shown`, the questions before it and the keys
of the pieces beside the last answer; `keys`, pieces that must be shown; `among`, the only ones
that may be; `never`, ones that may not; `fits`, false where nothing fits and the nearest are
offered; `count`, a number that must be said; `none` where no piece is to be shown by conditions.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from archive.models import Brand
from archive.viewer import Viewer
from catalog.models import Product
from concierge.answering.pieces import Beside
from concierge.answering.seek import sought
from concierge.answering.turn import Exchange, Turn, Voice
from concierge.answering.understand import understand

Row = dict[str, Any]


def read_rows(path: Path) -> list[Row]:
    """Raises OSError, UnicodeDecodeError or ValueError for what is no such file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    if not all(isinstance(row, dict) and isinstance(row.get("text"), str) for row in rows):
        raise ValueError("a line is no object with a “text”")
    return rows


def judged(brand: Brand, rows: Sequence[Row]) -> Row:
    """The share answered rightly, the faults of the others, and milliseconds a question."""
    keys = dict(Product.objects.filter(brand=brand).values_list("pk", "key"))
    results: list[Row] = []
    spent: list[float] = []
    for row in rows:
        began = perf_counter()
        turn = turn_of(brand, row, keys)
        found = sought(turn, understand(turn))
        spent.append((perf_counter() - began) * 1000)
        shown = [keys[piece.product_id] for piece in found.pieces] if found else []
        faults = faults_of(row, found, shown)
        results.append(
            {
                "_id": row.get("_id", ""),
                "text": row["text"],
                "right": not faults,
                "faults": faults,
                "shown": shown,
                "finding": found.finding if found else "",
            }
        )
    spent.sort()
    return {
        "questions": len(results),
        "right": round(sum(each["right"] for each in results) / max(len(results), 1), 4),
        "outside": sum(any("outside" in f for f in each["faults"]) for each in results),
        "ms_p50": round(spent[len(spent) // 2], 1) if spent else 0.0,
        "ms_p95": round(spent[int(len(spent) * 0.95)], 1) if spent else 0.0,
        "results": results,
    }


def turn_of(brand: Brand, row: Row, keys: Mapping[int, str]) -> Turn:
    numbers = {key: number for number, key in keys.items()}
    return Turn(
        brand=Voice(brand.name, brand.language, brand.contact),
        question=row["text"],
        viewer=Viewer.reading(brand.pk),
        history=tuple(Exchange("client", text) for text in row.get("before", ())),
        shown=tuple(numbers[key] for key in row.get("shown", ()) if key in numbers),
    )


def faults_of(row: Row, found: Beside | None, shown: Sequence[str]) -> list[str]:
    """What is wrong with the answer, in words; "outside" where a piece is shown as if it fitted."""
    if row.get("none"):
        return [f"outside: {key}" for key in shown]
    if found is None:
        return ["nothing was understood"]
    faults = [f"missing: {key}" for key in row.get("keys", ()) if key not in shown]
    faults += [f"outside: {key}" for key in shown if key in row.get("never", ())]
    among = row.get("among")
    faults += [f"outside: {key}" for key in shown if among and key not in among]
    if found.fits != row.get("fits", True):
        faults.append("outside: shown as if it fitted" if found.fits else "said not to fit")
    if not shown and row.get("count") != 0:
        faults.append("nothing was shown")
    if "count" in row and str(row["count"]) not in found.finding.split():
        faults.append(f"not counted: {row['count']}")
    return faults
