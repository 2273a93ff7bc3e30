"""Whether two questions ask the same."""

import hashlib
import re
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from django.db.models import QuerySet
from pgvector.django import CosineDistance

from archive.embedding import EmbeddingError, Vectors, current_embedder
from archive.stems import stems
from concierge.answering.expected import expected
from concierge.answering.folding import folded
from concierge.gaps.models import Gap

# Of the pairs of 1,100 public questions that are this near, all ten that were not judged by the
# same passage asked the same nonetheless; a misspelt word moves a question further than that.
SAME = 0.90  # cosine
FEWEST = 4  # letters of a word that may be another, misspelt
NEAREST = 10  # gaps compared

NUMBERS = re.compile(r"\d+")
WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Question:
    """A question ready to be compared. Without a model there is no vector, and `model` is empty."""

    text: str
    language: str
    key: str
    model: str
    vector: Vectors | None

    @classmethod
    def of(cls, text: str, language: str) -> "Question":
        """`language` is a code of two letters."""
        try:
            embedder = current_embedder()
            model, vector = embedder.model, embedder.embed_query(text)
        except EmbeddingError:
            model, vector = "", None
        return cls(text, language, key(text, language), model, vector)


def key(text: str, language: str) -> str:
    """A digest of the words, folded, stemmed and in no order; small words count as they stand."""
    words = sorted(set(WORDS.findall(folded(text))))
    spelled = stems([(language, word) for word in words])
    kept = {" ".join(sorted(stem)) or word for word, stem in zip(words, spelled, strict=True)}
    return hashlib.sha256(" ".join(sorted(kept)).encode()).hexdigest()


def asked_before(brand_id: int, question: Question) -> Gap | None:
    """The gap that asks the same in the same words, or else in nearly the same."""
    gaps = Gap.objects.of(brand_id)
    if same := gaps.filter(key=question.key).first():
        return same
    if question.vector is None:
        return None
    distance = CosineDistance("vector", question.vector)
    with_vector = gaps.filter(model=question.model, vector__isnull=False)
    near: QuerySet[Any] = with_vector.annotate(cosine=1.0 - distance).order_by("-cosine", "pk")
    return next((gap for gap in near[:NEAREST] if is_same(question, gap)), None)


def is_same(question: Question, near: Any) -> bool:
    """Whether a gap with its `cosine` asks what `question` does."""
    if wants(near.question) != wants(question.text):
        return False
    return near.cosine >= SAME or spelled_alike(near.question, question.text)


def wants(text: str) -> tuple[object, ...]:
    """What tells questions apart however near their vectors: a "when" from a "where", the years."""
    form = expected(text)
    return (form.has if form and form.needed else None, *sorted(NUMBERS.findall(text)))


def spelled_alike(one: str, other: str) -> bool:
    mine, theirs = WORDS.findall(folded(one)), WORDS.findall(folded(other))
    return len(mine) == len(theirs) and all(
        one_slip(*pair) for pair in zip(mine, theirs, strict=True)
    )


def one_slip(one: str, other: str) -> bool:
    """Whether at most a letter was added, left out or changed, or two were swapped."""
    if one == other:
        return True
    if min(len(one), len(other)) < FEWEST:
        return False
    begin = shared(one, other)
    end = shared(one[begin:][::-1], other[begin:][::-1])
    mine, theirs = one[begin : len(one) - end], other[begin : len(other) - end]
    return max(len(mine), len(theirs)) <= 1 or (len(mine) == 2 and mine == theirs[::-1])


def shared(one: str, other: str) -> int:
    """How many letters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
