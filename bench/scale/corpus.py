"""A made-up archive of any size whose words and vectors behave like a real one's.

Each passage is four to eight sentences of one public text and its neighbours, so that its words
belong together and keep their usual frequencies, and a sentence of invented names and numbers,
whose frequencies fall off as those of a real archive's rare words do. Its vector is the mean of its
sentences' vectors and a little noise. All of it follows from the number of rows and the seed.
"""

import csv
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from archive.embedding import current_embedder
from archive.sentences import sentences

SEED = 20260101
SENTENCES = (4, 8)  # of a passage, both ends included
AROUND = 3  # texts on either side that a passage may draw from
PRODUCTS = 12_000  # of the feed; their descriptions are much alike
PER_DOCUMENT = 20  # passages
RARE = 4  # invented words of a passage
LONGEST = 400  # characters of a question
NOISE = 0.02  # of each of the vector's numbers; those of a unit vector are about 0.05
BRANDS = (0.9, 0.1)
AUDIENCES = {"public": 0.70, "client": 0.20, "advisor": 0.09, "atelier": 0.01}
UNPUBLISHED = 0.01  # of the documents: drafts, and others under embargo
SYLLABLES = "ba ce di fo gu la me ni ro su ta ve vi no lu ma per tor len mar sol gri bel cor"
SYLLABLE = tuple(SYLLABLES.split())


@dataclass(frozen=True)
class Corpus:
    """Rows by number: which sentences each passage is made of, and what is said of its document."""

    sentences: list[str]
    vectors: np.ndarray  # (sentences, dimensions), float32, of unit length
    parts: np.ndarray  # (rows, 8) of sentence numbers, -1 where there is none
    rare: np.ndarray  # (rows, RARE) of invented words
    brand: np.ndarray  # of each document, 0 or 1
    audience: np.ndarray  # of each document, a number into AUDIENCES
    published: np.ndarray  # of each document: 0 as usual, 1 a draft, 2 under embargo

    @property
    def rows(self) -> int:
        return len(self.parts)

    def text(self, row: int) -> str:
        said = [self.sentences[part] for part in self.parts[row] if part >= 0]
        names = [invented(int(number)) for number in self.rare[row]]
        return " ".join([*said, f"Noted by {names[0]}, {names[1]}, {names[2]}, {names[3]}."])

    def title(self, document: int) -> str:
        """Its first sentence's first words and a name, as a heading would be."""
        row = document * PER_DOCUMENT
        opening = self.sentences[self.parts[row][0]].split()[:6]
        return f"{' '.join(opening)} > {invented(int(self.rare[row][0]))}"

    def chunk(self, rows: slice) -> np.ndarray:
        """Unit vectors of these passages, float32, (rows, dimensions)."""
        parts = self.parts[rows]
        there = (parts >= 0)[:, :, None]
        mean = (self.vectors[parts] * there).sum(axis=1)
        mean /= np.linalg.norm(mean, axis=1, keepdims=True)
        noise = np.random.default_rng([SEED, rows.start]).normal(0, NOISE, mean.shape)
        mean += noise.astype(np.float32)
        return mean / np.linalg.norm(mean, axis=1, keepdims=True)


def invented(number: int) -> str:
    """A name, or for each third number a number, that no language has."""
    if number % 3 == 2:
        return f"{chr(65 + number % 26)}{chr(65 + number // 26 % 26)}-{number * 7919 % 10**7}"
    word, left = "", number + len(SYLLABLE) ** 2
    while left:
        left, syllable = divmod(left, len(SYLLABLE))
        word += SYLLABLE[syllable]
    return word.capitalize()


def made(data: Path, kept: Path, rows: int) -> Corpus:
    """The corpus of so many rows; the sentences' vectors are kept as files in `kept`."""
    kept.mkdir(parents=True, exist_ok=True)
    texts = [list(dict.fromkeys(parted(text))) for text in public_texts(data)]
    texts = [text for text in texts if text]
    listed = [sentence for text in texts for sentence in text]
    vectors = embedded(listed, kept / "sentences.npy")
    draw = np.random.default_rng(SEED)
    documents = -(-rows // PER_DOCUMENT)
    parts = drawn(draw, [len(text) for text in texts], rows)
    # The word of rank r is drawn in proportion to r ** (-2 / 3): of a million passages the most
    # common is in three of a hundred, the thousandth in a hundred, the millionth in one.
    rare = (2 * rows * draw.random((rows, RARE)) ** 3).astype(np.int64)
    return Corpus(
        listed,
        vectors,
        parts,
        rare,
        draw.choice(len(BRANDS), documents, p=BRANDS),
        draw.choice(len(AUDIENCES), documents, p=list(AUDIENCES.values())),
        draw.choice(3, documents, p=[1 - UNPUBLISHED, UNPUBLISHED / 2, UNPUBLISHED / 2]),
    )


def drawn(draw: np.random.Generator, lengths: list[int], rows: int) -> np.ndarray:
    """Sentence numbers: each document has a text, each of its passages sentences from around it."""
    begins = np.concatenate([[0], np.cumsum(lengths)])
    documents = -(-rows // PER_DOCUMENT)
    likely = np.array(lengths) / begins[-1]  # a long text has more passages
    centre = np.repeat(draw.choice(len(lengths), documents, p=likely), PER_DOCUMENT)[:rows]
    first = begins[np.maximum(centre - AROUND, 0)]
    last = begins[np.minimum(centre + AROUND + 1, len(lengths))]
    # Half of the passages read on in one place, half gather from all around.
    most = SENTENCES[1]
    spread = first[:, None] + draw.random((rows, most)) * (last - first)[:, None]
    start = first + draw.random(rows) * np.maximum(last - first - most, 1)
    on = np.minimum(start[:, None] + np.arange(most), last[:, None] - 1)
    parts = np.where(draw.random(rows)[:, None] < 0.5, on, spread).astype(np.int32)
    many = draw.integers(SENTENCES[0], most + 1, rows)
    parts[np.arange(most)[None, :] >= many[:, None]] = -1
    for place in range(1, most):  # nothing is said twice
        parts[(parts[:, :place] == parts[:, place, None]).any(axis=1), place] = -1
    return parts


def embedded(listed: list[str], path: Path) -> np.ndarray:
    if path.exists():
        vectors: np.ndarray = np.load(path)
        if len(vectors) == len(listed):
            return vectors
    vectors = current_embedder().embed_documents(listed)
    np.save(path, vectors)
    return vectors


def parted(text: str) -> Iterator[str]:
    """The sentences of `text` that say something: from 5 to 60 words."""
    plain = re.sub(r"[#*_|>`]+", " ", text)
    for start, end in sentences(plain):
        words = plain[start:end].split()
        if 5 <= len(words) <= 60:
            yield " ".join(words)


def public_texts(data: Path) -> Iterator[str]:
    for name in ("passage-search", "multi-turn"):
        for line in (data / name / "corpus.jsonl").open():
            yield json.loads(line)["text"]
    for path in sorted((data / "exact-spans" / "documents").glob("*.md")):
        yield from pieces(path.read_text())
    for path in sorted((data / "documents" / "museum").glob("*.md")):
        yield from pieces(path.read_text())
    with gzip.open(data / "product-search" / "feed.tsv.gz", "rt", newline="") as feed:
        for number, row in enumerate(csv.DictReader(feed, delimiter="\t")):
            if number == PRODUCTS:
                return
            yield f"{row['title']}. {row['description']}"


def pieces(text: str, size: int = 4000) -> Iterator[str]:
    """A long text cut where paragraphs end, about `size` characters each."""
    piece = ""
    for paragraph in text.split("\n\n"):
        piece += paragraph + "\n\n"
        if len(piece) > size:
            yield piece
            piece = ""
    yield piece


def questions(data: Path, corpus: Corpus, many: int) -> list[str]:
    """People's questions on the public texts, and one in five for a passage's own rare words."""
    names = [f"{name}/queries" for name in ("passage-search", "multi-turn", "product-search")]
    asked = [
        str(json.loads(line)["text"]).strip()[:LONGEST]
        for name in [*names, "exact-spans/questions"]
        for line in (data / f"{name}.jsonl").open()
    ]
    draw = np.random.default_rng(SEED + 1)
    chosen: list[Any] = list(draw.permutation(asked))
    for place in range(0, many, 5):
        row = int(draw.integers(0, corpus.rows))
        words = corpus.sentences[corpus.parts[row][0]].split()[:4]
        chosen[place] = f"{invented(int(corpus.rare[row][1]))} {' '.join(words)}"
    return [str(question) for question in chosen[:many]]
