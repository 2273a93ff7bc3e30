"""What the product's search is set beside: BM25, MiniLM, and reciprocal ranks of both.

As the figures in ../shared/data/README.md were made: bm25s with its own defaults (Lucene's BM25,
k1 = 1.5, b = 0.75), English stop words and Snowball's English stemmer; all-MiniLM-L6-v2 over at
most 256 word-pieces; whole entries, title before text; reciprocal ranks with k = 60 over the first
100 of each (Cormack et al., 2009). Everything is held in this process.
"""

import csv
import gzip
import hashlib
import logging
from collections import defaultdict
from functools import partial
from pathlib import Path

import bm25s
import numpy as np
import Stemmer

from archive.embedding.minilm import MiniLM

DEPTH = 100
K = 60  # of reciprocal ranks
SLICE = 512  # texts embedded between two signs of life
ATTRIBUTES = 400  # characters of a product's that are read

logging.getLogger("bm25s").setLevel(logging.WARNING)  # it tells of every step


class Reference:
    """The three rankings over one corpus; each gives at most DEPTH entries, best first."""

    def __init__(self, texts: dict[str, str], models: Path, kept: Path, report) -> None:
        """`texts` by entry; vectors are kept in `kept`, `report` is told (done, total)."""
        self.ids = np.array(list(texts))
        self.minilm = MiniLM(models)
        self.tokens = partial(
            bm25s.tokenize,
            stopwords="en",
            stemmer=Stemmer.Stemmer("english"),
            show_progress=False,
        )
        self.words = bm25s.BM25()
        self.words.index(self.tokens(list(texts.values())), show_progress=False)
        self.vectors = self.embedded(list(texts.values()), kept, report)

    def embedded(self, texts: list[str], kept: Path, report) -> np.ndarray:
        digest = hashlib.sha256(repr((self.minilm.model, texts)).encode()).hexdigest()[:16]
        path = kept / f"{digest}.npy"
        if not path.exists():
            rows = []
            for start in range(0, len(texts), SLICE):
                rows.append(self.minilm.embed_documents(texts[start : start + SLICE]))
                report(min(start + SLICE, len(texts)), len(texts))
            kept.mkdir(parents=True, exist_ok=True)
            np.save(path, np.concatenate(rows))
        return np.load(path)

    def rankings(self, query: str) -> dict[str, list[str]]:
        by_words, by_meaning = self.by_words(query), self.by_meaning(query)
        return {"bm25": by_words, "minilm": by_meaning, "rrf": fused([by_words, by_meaning])}

    def by_words(self, query: str) -> list[str]:
        depth = min(DEPTH, len(self.ids))
        places, scores = self.words.retrieve(self.tokens([query]), k=depth, show_progress=False)
        return [str(self.ids[at]) for at, score in zip(places[0], scores[0], strict=True) if score]

    def by_meaning(self, query: str) -> list[str]:
        near = self.vectors @ self.minilm.embed_query(query)
        return [str(each) for each in self.ids[np.argsort(-near, kind="stable")[:DEPTH]]]


def fused(rankings: list[list[str]]) -> list[str]:
    scores: defaultdict[str, float] = defaultdict(float)
    for ranking in rankings:
        for rank, entry in enumerate(ranking, start=1):
            scores[entry] += 1 / (K + rank)
    return sorted(scores, key=lambda entry: -scores[entry])[:DEPTH]


def passages(folder) -> dict[str, str]:
    """Title before text, by entry, of a folder's corpus."""
    return {entry.id: f"{entry.title}\n{entry.text}".strip() for entry in folder.entries()}


def products(folder) -> dict[str, str]:
    """Title, description, brand and the first attributes, by entry, of a folder's feed."""
    with gzip.open(folder.corpus, "rt", encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["id"]: told(row) for row in rows}


def told(row: dict[str, str]) -> str:
    attributes = (row["product_detail"] or "")[:ATTRIBUTES]
    return "\n".join((row["title"], row["description"], row["brand"], attributes))
