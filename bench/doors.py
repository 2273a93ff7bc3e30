"""Every cell of the access matrix: all routes, all identities, all targets, every method.

    python -m bench.doors [--every 1] [--route NAME]

With the services started and migrated. Works in a database of its own, made on the same server and
dropped afterwards. `tests/doors` makes the cells, from the resolver and the table of rules, and
knocks at a slice of them in the test suite; here it is at all of them, or at one in `--every`.
Prints JSON: how many cells, by what was expected, the seconds taken, and a sentence for each that
was not as the table has it; none is the aim. Ends with 1 if there was any.
"""

import argparse
import json
import logging
import os
import sys
from collections import Counter
from time import perf_counter
from zlib import crc32

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")

import django

django.setup()

from django.conf import settings
from django.test.utils import setup_test_environment

from bench.scratch import scratch
from tests.doors.cells import Cell, surprises
from tests.doors.matrix import unlisted, whole, without_route
from tests.doors.world import build


def asked(cells: list[Cell], every: int, route: str) -> list[Cell]:
    """Of a door all targets, by one identity and method, or none."""
    return [
        each
        for each in cells
        if route in each.route
        and crc32(f"{each.route} {each.method} {each.who}".encode()) % every == 0
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--route", default="", help="only routes whose name has this")
    told = parser.parse_args()
    setup_test_environment()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    logging.disable(logging.CRITICAL)
    with scratch():
        world = build()
        cells = asked(whole(world), told.every, told.route)
        begun = perf_counter()
        found = list(surprises(cells, world.sessions))
        seconds = perf_counter() - begun
    report = {
        "cells": len(cells),
        "routes": len({each.route for each in cells}),
        "expected": dict(Counter(" or ".join(sorted(each.expected)) for each in cells)),
        "seconds": round(seconds, 1),
        "routes_without_rule": unlisted(),
        "rules_without_route": without_route(),
        "surprises": found,
    }
    print(json.dumps(report, indent=2, ensure_ascii=False))
    return int(bool(found or unlisted() or without_route()))


if __name__ == "__main__":
    sys.exit(main())
