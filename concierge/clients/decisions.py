"""What clients have taken back, in a file beside the database: no restored backup undoes it.

One line of JSON for each: a consent withdrawn, a thing forgotten, or had back within its minute.
Lines name rows and people by their numbers alone.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from concierge.clients.grown import add, held

WITHDREW, FORGOT, HAD_BACK = "withdrew", "forgot", "had back"


def path() -> Path:
    return Path(settings.ERASURE_LEDGER).with_name("decisions.jsonl")


def write(act: str, **told: Any) -> None:
    """Add a line, and see it on the disk before anything else is done."""
    line = json.dumps({"at": timezone.now().isoformat(), "act": act, **told}, default=str)
    with held(path()) as file:
        add(file, line.encode())


def lines() -> Iterator[dict[str, Any]]:
    """In the order they were written; half a line that a power cut left is none."""
    if not path().exists():
        return
    with path().open(encoding="utf-8") as file:
        for line in file:
            if line.endswith("\n") and line.strip():
                yield json.loads(line)
