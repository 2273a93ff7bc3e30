"""1,000 clients of 18 marks are forgotten among 1,000 who stay; what is found of them afterwards.

    python -m bench.erasure --clients 1000 [--raw]

In the database and the Redis of the settings: give it a data directory of its own. Prints JSON;
exits 1 if anything was found, or if any other row changed.
"""

import argparse
import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")

import django

django.setup()

from bench.erasure.run import run

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--clients", type=int, default=1000)
parser.add_argument("--stay", type=int, help="clients who are not forgotten; as many, by default")
parser.add_argument("--raw", action="store_true", help="make both passes, and read raw files")

if __name__ == "__main__":
    given = parser.parse_args()
    stay = given.clients if given.stay is None else given.stay
    told = run(given.clients, stay, given.raw)
    print(json.dumps(told, indent=2))
    wrong = told["found"] + told["others_changed"] + told.get("raw_found", 0)
    sys.exit(1 if wrong or told["receipts_with_anything_left"] else 0)
