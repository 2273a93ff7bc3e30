"""Redaction measured both ways: what is personal is hidden, what is the house's is not.

    python -m bench.redaction [--brand serance] [--only SET] [--show missed|mistaken]

Prints JSON: for the given set of sentences and each of our own (HALVES), recall
of what has a form, of what the house knows of a client, precision, the house's facts altered, each
kind, and the time one message takes. The facts are those of the demo house, from its rows.
"""

import argparse
import json
import os
from statistics import quantiles

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")

import django

django.setup()

from archive.models import Brand
from archive.wall.scope import everything
from bench.redaction.measure import Tally, tally
from bench.redaction.sets import FACT, GIVEN, HALVES, KNOWN, STRUCTURED, given, own
from concierge.redaction.brand_facts import facts_of
from concierge.redaction.facts import NONE
from concierge.redaction.recognise import identifiers


def figures(told: Tally, structured: frozenset[str] | None = None) -> dict[str, object]:
    def has_form(kind: str) -> bool:
        if structured is not None:
            return kind in structured
        return kind not in (FACT, "NAME") and not kind.startswith(KNOWN)

    cuts = quantiles(told.milliseconds, n=100, method="inclusive")
    return {
        "texts": len(told.milliseconds),
        "structured_recall": told.recall(has_form),
        "known_recall": told.recall(lambda kind: kind.startswith(KNOWN)),
        "told_names_recall": told.recall(lambda kind: kind in ("NAME", "PERSON")),
        "precision": told.precision,
        "facts_altered": told.altered,
        "hidden_by_kind": told.by_kind(),
        "found_by_kind": dict(sorted(told.found.items())),
        "wrong_by_kind": dict(sorted(told.wrong.items())),
        "ms": {"p50": round(cuts[49], 2), "p95": round(cuts[94], 2)},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Redaction, measured both ways.")
    parser.add_argument("--brand", default="serance")
    parser.add_argument("--only", choices=HALVES, help="of our own sets, this one alone")
    parser.add_argument("--show", choices=["missed", "mistaken"])
    options = parser.parse_args()
    with everything():
        facts = facts_of(Brand.objects.get(slug=options.brand).pk)
    identifiers("warm: a@b.example +33 6 39 98 00 00")
    halves = (options.only,) if options.only else HALVES
    tallies = {half: tally(own(half), facts) for half in halves}
    told = {half: figures(each) for half, each in tallies.items()}
    if GIVEN.exists() and not options.only:
        tallies["given"] = tally(given(), NONE)
        told["given"] = figures(tallies["given"], STRUCTURED)
    print(json.dumps(told, indent=1, ensure_ascii=False))
    if options.show:
        for name, each in tallies.items():
            if name != "given" or options.show == "mistaken":
                for what, text in getattr(each, options.show):
                    print(name, "|", what, "|", text)


if __name__ == "__main__":
    main()
