"""Copies found among texts of which it is known which are: recall, precision, time.

    python -m bench.alike --texts 20000

Beside it, on the same texts: the parameters that deduplicate the web (shingles of five words,
Jaccard of 0.8 and more), worked out exactly rather than by a sketch, over every pair that shares
a shingle rare enough to look at. Prints JSON.
"""

import argparse
import json
import os
import time
from collections import Counter, defaultdict
from itertools import combinations

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concierge.settings")

import django

django.setup()

from archive.likeness.clusters import VARIANT, Cluster, find
from archive.likeness.reading import folded, sentences
from archive.likeness.sketch import sketch
from tests.archive.cleaning.copies import CATALOGUE, Made, made

SHINGLE, JACCARD = 5, 0.8
RARE = 200  # texts that share a shingle, above which it makes no pair


def ours(texts: list[Made]) -> list[Cluster]:
    sketches = [sketch(sentences(folded(each.text))) for each in texts]
    return find(sketches, lambda wanted: {n: texts[n].text for n in wanted}, CATALOGUE)


def reference(texts: list[Made]) -> set[tuple[int, int]]:
    shingles, holders = [], defaultdict(list)
    for number, each in enumerate(texts):
        words = each.text.lower().split()
        own = {tuple(words[n : n + SHINGLE]) for n in range(max(len(words) - SHINGLE + 1, 1))}
        shingles.append(own)
        for shingle in own:
            holders[shingle].append(number)
    pairs = {p for held in holders.values() if len(held) <= RARE for p in combinations(held, 2)}
    return {
        (one, other)
        for one, other in pairs
        if len(shingles[one] & shingles[other]) >= JACCARD * len(shingles[one] | shingles[other])
    }


def told(texts: list[Made], pairs: set[tuple[int, int]], recall: set[tuple[int, int]]) -> dict:
    """Precision over `pairs`, recall of copies over `recall`, and what went wrong, by kind."""
    wrong = [(a, b) for a, b in pairs if texts[a].original != texts[b].original]
    true = [(each.original, n) for n, each in enumerate(texts) if each.original != n]
    kinds = Counter(texts[n].kind for _, n in true)
    found = Counter(texts[n].kind for pair in true if pair in recall for n in pair[1:])
    cards = sum(texts[a].kind == texts[b].kind == "card" for a, b in wrong)
    return {
        "recall": round(sum(found.values()) / len(true), 4),
        "precision": round(1 - len(wrong) / max(len(pairs), 1), 4),
        "false_merges": len(wrong),
        "false_merges_of_cards": cards,
        "recall_by_kind": {kind: round(found[kind] / kinds[kind], 3) for kind in sorted(kinds)},
    }


def together(clusters: list[Cluster]) -> set[tuple[int, int]]:
    return {
        pair
        for cluster in clusters
        if cluster.kind != VARIANT
        for pair in combinations(cluster.members, 2)
    }


def timed(work, texts: list[Made]):
    """What it made of them, and the seconds by the clock and of the processor."""
    start, used = time.perf_counter(), time.process_time()
    made_of = work(texts)
    clock, processor = time.perf_counter() - start, time.process_time() - used
    return made_of, {"seconds": round(clock, 1), "processor_seconds": round(processor, 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    texts = made(options.texts, options.seed)
    clusters, taken = timed(ours, texts)
    usual, usual_taken = timed(reference, texts)
    pairs = together(clusters)
    report = {
        "texts": len(texts),
        "characters": sum(len(each.text) for each in texts),
        "copies": sum(each.original != n for n, each in enumerate(texts)),
        "ours": told(texts, pairs, pairs) | taken,
        "variant_clusters": sum(cluster.kind == VARIANT for cluster in clusters),
        "web_scale_default": told(texts, usual, usual) | usual_taken,
    }
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
