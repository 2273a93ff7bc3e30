"""The stretch of a found passage that a question is about: short, and whole sentences."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from archive.embedding import EmbeddingError, Vectors, current_embedder
from archive.models import Passage
from archive.steps import Step, taken
from archive.tongues import known_to
from archive.weigh import Weighed, weighed

# What a sentence is worth: its passage's score, the words it holds and what it means, each from 0
# to 1 and times these; docs/retrieval.md has the curve.
WORDS = 0.25
MEANING = 3.0
REACH = 0.8  # below the best sentence of all: what is worth less is left out
EMBEDDED = 24  # sentences a question: embedding them is what takes the time (about 3 ms each)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Focus:
    """`version.text[start:end] == text`; empty where a passage has nothing near the best."""

    start: int
    end: int
    text: str


def focused(query: str, passages: Sequence[Passage], scores: Sequence[float]) -> list[Focus]:
    """The focus of each of the passages that a search for `query` found with these scores,
    best first.

    The sentences of all of them compete: a passage that says it worse than another has little to
    give, or nothing. Without the model, words and scores alone decide.
    """
    if not passages or not taken(Step.FOCUS):
        return [Focus(each.start, each.end, each.text) for each in passages]
    rows = weighed(query, passages, passages[0].brand_id)
    # What a search puts first for another reason than its score is worth what comes after it.
    given = np.maximum.accumulate(np.array(scores)[::-1])[::-1]
    worth = np.array([given[row.number] + WORDS * row.words for row in rows])
    worth += MEANING * meanings(query, passages, rows, worth)
    least = worth.max(initial=0.0) - REACH
    kept = {
        number: list(group)
        for number, group in groupby(
            (row for row, value in zip(rows, worth, strict=True) if value >= least),
            key=lambda row: row.number,
        )
    }
    return [stretch(passage, kept.get(number, [])) for number, passage in enumerate(passages)]


def stretch(passage: Passage, kept: list[Weighed]) -> Focus:
    """From the first to the last of the sentences kept."""
    if not kept:
        return Focus(passage.start, passage.start, "")
    start, end = kept[0].start, kept[-1].end
    return Focus(passage.start + start, passage.start + end, passage.text[start:end])


def meanings(
    query: str, passages: Sequence[Passage], rows: list[Weighed], worth: Vectors
) -> Vectors:
    """The cosine of each row with `query`, alone or with the sentences beside it, whichever is
    best; the worst of those embedded for those that are not, and 0 for all without the model.
    """
    chosen = [int(place) for place in np.argsort(-worth, kind="stable")[:EMBEDDED]]
    texts = [
        passages[rows[place].number].text[rows[place].start : rows[place].end] for place in chosen
    ]
    try:
        embedder = current_embedder()
        asked = embedder.embed_query(known_to(embedder.languages, query))
        vectors = dict(zip(chosen, embedder.embed_documents(texts), strict=True))
    except EmbeddingError as error:
        logger.warning("Choosing sentences by words alone: %s", error)
        return np.zeros(len(rows), dtype=np.float32)
    cosines = {
        place: max(cosine(asked, window) for window in windows(place, rows, vectors))
        for place in chosen
    }
    least = min(cosines.values(), default=0.0)
    return np.array([cosines.get(place, least) for place in range(len(rows))], dtype=np.float32)


def windows(place: int, rows: list[Weighed], vectors: dict[int, Vectors]) -> Iterator[Vectors]:
    """The sum of the vectors of the sentence at `place` and of those beside it in its passage."""
    beside = [
        vectors[other]
        for other in (place - 1, place + 1)
        if other in vectors and rows[other].number == rows[place].number
    ]
    own = vectors[place]
    yield own
    yield from (own + other for other in beside)
    if len(beside) > 1:
        yield own + beside[0] + beside[1]


def cosine(one: Vectors, other: Vectors) -> float:
    return float(one @ other / (np.linalg.norm(other) or 1.0))
