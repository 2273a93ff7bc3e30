"""Random tamperings of a long audit log, each looked for by the verification.

    CONCIERGE_DATA_DIR=... python manage.py migrate
    CONCIERGE_DATA_DIR=... python -m bench.audit --entries 100000 --tamperings 1000

Prints JSON: how many tamperings of each kind were found, in how many the first bad entry was named,
and seconds that a verification of the whole log took, untouched. The log of the data directory is
as it was afterwards.
"""

import argparse
import json
import os
import tempfile
import time
from collections import Counter
from random import Random
from statistics import median
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")
import django

django.setup()

from django.conf import settings
from django.db import transaction

from archive.wall.owner import as_owner
from bench.audit.tamper import KINDS, Row, as_tamperer, execute, fill
from concierge.audit import checkpoint
from concierge.audit.verify import verify

ROUND = 100  # tamperings of one transaction: what they leave behind is vacuumed after it


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--tamperings", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=6)
    asked = parser.parse_args()
    random = Random(asked.seed)
    found: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    named, times, missed = 0, [], []
    for begin in range(0, asked.tamperings, ROUND):
        with tempfile.TemporaryDirectory() as folder, as_tamperer():
            settings.AUDIT_CHECKPOINTS = folder
            rows = known(asked.entries, random)
            times.append(verified())
            for number in range(begin, min(begin + ROUND, asked.tamperings)):
                result = tampered(number, rows, random)
                kind = result["kind"]
                tried[kind] += 1
                found[kind] += result["found"]
                named += result["named"]
                if not result["found"]:
                    missed.append(result)
        with as_owner():
            execute("VACUUM audit_entry")
    told = {
        "entries": asked.entries,
        "tamperings": sum(tried.values()),
        "found": sum(found.values()),
        "named_the_first": named,
        "by_kind": {kind: [found[kind], tried[kind]] for kind in tried},
        "missed": missed,
        "verification_s": {"median": round(median(times), 2), "most": round(max(times), 2)},
    }
    print(json.dumps(told, indent=2))


def known(entries: int, random: Random) -> list[Row]:
    """The log, with the checkpoints that the product would have kept of it."""
    rows = fill(entries, random)
    for row in rows[checkpoint.EVERY - 1 :: checkpoint.EVERY]:
        checkpoint.keep(row[0], row[-1])
    checkpoint.keep(rows[-1][0], rows[-1][-1])
    return rows


def verified() -> float:
    begun = time.perf_counter()
    verdict = verify()
    assert verdict.is_whole, verdict
    return time.perf_counter() - begun


def tampered(number: int, rows: list[Row], random: Random) -> dict[str, Any]:
    """One tampering, looked for and taken back."""
    tamper = KINDS[number % len(KINDS)]
    with transaction.atomic():
        first = tamper(rows, random)
        verdict = verify()
        transaction.set_rollback(True)
    return {
        "kind": tamper.__name__,
        "first": first,
        "found": not verdict.is_whole,
        "named": first is None or verdict.bad == first,
        "words": verdict.words,
    }


if __name__ == "__main__":
    main()
