"""What each step of a search is worth: every set measured with all steps, then without each.

    python manage.py services start
    python -m bench.ablation ../shared/data/passage-search ../shared/data/multi-turn

A folder with a product feed is searched in the catalogue, any other in the archive. Prints JSON:
nDCG@10 of all steps, and by step what leaving it out adds or takes. Where a step can make no
difference to a set, it is left out of it.
"""

import argparse
import json
import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")
import django

django.setup()

from archive.steps import Step, leaving_out
from concierge.evaluation import beir, scratch
from concierge.evaluation.metrics import relevant
from concierge.evaluation.retrieval import answered, measured

IN_ARCHIVE = (Step.CONVERSATION, Step.SPELLING, Step.WORDS, Step.MEANING, Step.RERANK)
IN_CATALOG = (Step.SPELLING, Step.CONDITIONS, Step.WORDS, Step.MEANING)


def figures(path: Path, most: int) -> dict[str, object]:
    feed = any((path / name).is_file() for name in beir.FEEDS)
    where, steps = ("catalog", IN_CATALOG) if feed else ("archive", IN_ARCHIVE)
    folder = beir.opened(path, feed=feed)
    brand = scratch.brand_of(folder, feed=feed, report=lambda *_: None)
    judged = [query for query in folder.queries if relevant(folder.grades.get(query.id, {}))]
    asked = judged[:: max(len(judged) // most, 1)][:most] if most else judged
    if not any(query.history for query in asked):
        steps = tuple(step for step in steps if step is not Step.CONVERSATION)
    whole = ndcg(brand, where, asked, folder.grades)
    without = {}
    for step in steps:
        with leaving_out([step]):
            without[step] = round(ndcg(brand, where, asked, folder.grades) - whole, 4)
        print(path.name, step, without[step], file=sys.stderr, flush=True)
    return {"queries": len(asked), "ndcg@10": whole, "without": without}


def ndcg(brand, where, queries, grades) -> float:
    return measured(list(answered(brand, where, queries)), grades)["ndcg@10"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--queries", type=int, default=0, help="at most, of each set; 0 for all")
    asked = parser.parse_args()
    told = {path.name: figures(path, asked.queries) for path in asked.folders}
    json.dump(told, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
