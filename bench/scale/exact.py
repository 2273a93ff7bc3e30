"""BM25 and cosine over every row of a corpus, in this process: what the product's is held to."""

import numpy as np
from django.db import connection

from archive.lexical import TITLE, saturated
from bench.scale.corpus import PER_DOCUMENT, Corpus, invented

LENGTHS = """
    SELECT place, sum(cardinality(positions))
    FROM unnest(%s::text[]) WITH ORDINALITY AS said (words, place),
        unnest(archive_lexemes('en', '', words)) GROUP BY place
"""
FOUND = """
    SELECT place, lexeme, cardinality(positions)
    FROM unnest(%s::text[]) WITH ORDINALITY AS said (words, place),
        unnest(archive_lexemes('en', '', words)) WHERE lexeme = ANY(%s)
"""
SENT = 50_000  # texts at once


class Counts:
    """How long each of some texts is, and how often it has each of the lexemes asked for."""

    def __init__(self, texts: list[str], asked: list[str]) -> None:
        self.length = np.zeros(len(texts), dtype=np.int32)
        found: dict[str, list[tuple[int, int]]] = {}
        for first in range(0, len(texts), SENT):
            sent = texts[first : first + SENT]
            with connection.cursor() as cursor:
                cursor.execute(LENGTHS, [sent])
                for place, length in cursor.fetchall():
                    self.length[first + place - 1] = length
                cursor.execute(FOUND, [sent, asked])
                for place, lexeme, times in cursor.fetchall():
                    found.setdefault(lexeme, []).append((first + place - 1, times))
        self.found = {lexeme: np.array(each) for lexeme, each in found.items()}

    def of(self, lexeme: str) -> np.ndarray:
        times = np.zeros(len(self.length), dtype=np.float32)
        if lexeme in self.found:
            times[self.found[lexeme][:, 0]] = self.found[lexeme][:, 1]
        return times


class Words:
    """The words of all rows, from those of the sentences and names they are made of."""

    def __init__(self, corpus: Corpus, asked: list[str]) -> None:
        """`asked` are the lexemes that will be asked for."""
        self.corpus = corpus
        # The last for parts that are not there.
        self.sentences = Counts([*corpus.sentences, ""], asked)
        used, self.named = np.unique(corpus.rare, return_inverse=True)
        self.names = Counts([invented(int(number)) for number in used], asked)
        self.titles = Counts([corpus.title(d) for d in range(len(corpus.brand))], asked)
        self.document = np.arange(corpus.rows) // PER_DOCUMENT
        self.length = self.rows(self.sentences.length, self.names.length, self.titles.length)
        self.length += 1  # "Noted"

    def rows(self, said: np.ndarray, named: np.ndarray, titled: np.ndarray) -> np.ndarray:
        """Sums over what each row is made of."""
        counts = said[self.corpus.parts].sum(axis=1) + named[self.named].sum(axis=1)
        total: np.ndarray = counts + titled[self.document]
        return total

    def times(self, lexeme: str) -> tuple[np.ndarray, np.ndarray]:
        """In each row as BM25 counts it, and whether the row has it; (rows,)."""
        parts = self.sentences.of(lexeme), self.names.of(lexeme), self.titles.of(lexeme)
        weighed = self.rows(parts[0], parts[1], TITLE * parts[2])
        return weighed + (lexeme == "note"), weighed > 0

    def scores(self, rarity: dict[str, float], mean: float) -> np.ndarray:
        """BM25 of every row, (rows,)."""
        total = np.zeros(self.corpus.rows, dtype=np.float32)
        for lexeme, idf in rarity.items():
            times, _ = self.times(lexeme)
            total += idf * saturated(times, self.length / mean)
        return total
