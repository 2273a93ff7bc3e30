"""The sentences of the found passages, scored for how well they answer."""

import logging
import re
from dataclasses import dataclass

import numpy as np

from archive.embedding import EmbeddingError, PieceReader, Vectors, current_embedder
from archive.sentences import sentences
from archive.tongues import known_to
from archive.weigh import weighed
from concierge.answering.turn import Source

FEWEST_WORDS = 4
FEWEST_UNENDED = 9  # words of a line without a full stop: fewer are a heading or a caption
NUMBERED = re.compile(r"\d{1,2}[.)]\s+(?=[A-ZÀ-Þ])")
UNENDED = 0.05  # what an entry or a caption is worth less than a sentence
ENDED = re.compile(r"[.!…:;][\"'”’)\]»]*$")
QUESTION = re.compile(r"[?؟？][\"'”’)\]»\s]*$")
LATER = 0.04  # what each place of its passage costs a sentence before it is embedded
MOST_EMBEDDED = 12  # sentences: embedding them is what takes the time (about 4 ms each)

# Shares of a sentence's score, fitted on the demo house's questions (docs/answering.md).
MEANING, WORDS, PASSAGE = 0.50, 0.40, 0.10

# A sentence that leans on the one before it is quoted together with it.
LEANING = re.compile(
    r"(it|its|they|their|them|these|those|this|that|he|she|his|her|both|such|there"
    r"|but|so|then|however|also|here|il|elle|ils|elles|ce|cette|ces|son|sa|ses|cela|mais"
    r"|esso|essa|questo|questa|questi|queste|er|sie|es|diese[rs]?)\b",
    re.IGNORECASE,
)

logger = logging.getLogger(__name__)

Sources = tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A span of a source's text, `source.text[start:end]`, and what it is worth.

    `meaning` is the cosine with the question, `words` the share of the question's weight that
    it (and, by half, what is around it) holds; both from 0 to 1.
    """

    source: Source
    start: int
    end: int
    lead: int  # where the sentence before it begins, or its own start
    meaning: float
    words: float
    score: float
    vector: Vectors
    sketch: bytes = b""  # its word-pieces (archive.embedding.sketch), where the model tells them

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    @property
    def leans(self) -> bool:
        return bool(LEANING.match(self.text.lstrip("\"'“‘«(—–- ")))


@dataclass(frozen=True, slots=True)
class _Span:
    source: Source
    start: int
    end: int
    lead: int
    words: float


def scored(query: str, standalone: str, brand_id: int, sources: Sources) -> list[Sentence]:
    """The sentences of `sources`, best first.

    `standalone` says what the question is about when `query` leans on the conversation. Where the
    embedding model is out of reach, words alone decide.
    """
    spans = _spans(query, standalone, brand_id, sources)
    ranks = {source.number: rank for rank, source in enumerate(sources)}
    spans.sort(key=lambda span: (-span.words + LATER * ranks[span.source.number], span.start))
    spans = spans[:MOST_EMBEDDED]
    if not spans:
        return []
    meanings, said, sketches = read([query, standalone], spans)
    found = [
        Sentence(
            source=span.source,
            start=span.start,
            end=span.end,
            lead=span.lead,
            meaning=float(meaning),
            words=span.words,
            score=worth(span, float(meaning), ranks[span.source.number]),
            vector=vector,
            sketch=sketch,
        )
        for span, meaning, vector, sketch in zip(spans, meanings, said, sketches, strict=True)
    ]
    return sorted(found, key=lambda sentence: -sentence.score)


def read(asked: list[str], spans: list[_Span]) -> tuple[Vectors, Vectors, list[bytes]]:
    """What each span's meaning is worth, (n,), its vector, (n, dimensions), and its sketch."""
    try:
        embedder = current_embedder()
        texts = [legible(span, embedder.languages) for span in spans]
        questions = embedder.embed_documents([known_to(embedder.languages, q) for q in asked])
        if isinstance(embedder, PieceReader):
            said, sketches = embedder.read_documents(texts)
        else:
            said, sketches = embedder.embed_documents(texts), [b""] * len(texts)
    except EmbeddingError as error:
        logger.warning("Quoting by words alone: %s", error)
        alone = np.array([span.words for span in spans], np.float32)
        return alone, np.zeros((len(spans), 1), np.float32), [b""] * len(spans)
    return (said @ questions.T).max(axis=1).clip(0.0, 1.0), said, sketches


def legible(span: _Span, languages: frozenset[str] | None) -> str:
    """The words of a span, for a model that knows `languages`: said in one of them where another
    is written. What is quoted stays as it is."""
    text, own = span.source.text[span.start : span.end], span.source.language[:2]
    return text if languages is None or own in languages else known_to(languages, text)


def worth(span: _Span, meaning: float, rank: int) -> float:
    """The score of a sentence in the passage of `rank`, from 0."""
    score = MEANING * meaning + WORDS * span.words + PASSAGE / (1 + 0.5 * rank)
    return score if ENDED.search(span.source.text[span.start : span.end]) else score - UNENDED


def _spans(query: str, standalone: str, brand_id: int, sources: Sources) -> list[_Span]:
    """Every statement of the sources with the share of the question's words it holds."""
    rows = weighed(query, sources, brand_id, about=standalone, places=statements)
    return [_Span(sources[row.number], row.start, row.end, row.lead, row.words) for row in rows]


def statements(text: str) -> list[tuple[int, int]]:
    """Where the statements of `text` are, an item of a list without its number."""
    return [
        (start + listed(text[start:end]), end)
        for start, end in sentences(text)
        if is_statement(text[start:end])
    ]


def around(sentence: Sentence) -> str:
    """The words of a sentence with the statements before and after it."""
    text = sentence.source.text
    bounds = sentences(text)
    at = next((n for n, (_, end) in enumerate(bounds) if end >= sentence.end), len(bounds) - 1)
    return text[bounds[max(0, at - 1)][0] : bounds[min(len(bounds) - 1, at + 1)][1]]


def listed(text: str) -> int:
    """The length of the number that an item of a list begins with; 0 for anything else."""
    number = NUMBERED.match(text)
    return number.end() if number else 0


def is_statement(text: str) -> bool:
    """Whether a span says something: not a heading, a caption or a question."""
    length = len(text.split())
    if length < FEWEST_WORDS or QUESTION.search(text):
        return False
    return length >= FEWEST_UNENDED or bool(ENDED.search(text))
