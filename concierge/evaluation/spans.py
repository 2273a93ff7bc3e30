"""How much of the exact characters that answer a question its best hits hold, and how much else.

After the token-wise recall and precision of Smith and Troynikov, "Evaluating Chunking Strategies
for Retrieval" (2024), in characters and over all questions together.
"""

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from time import perf_counter
from typing import Any

from archive.embedding import current_embedder
from archive.focus import focused
from archive.ingestion.gather import gather
from archive.ingestion.journey import work
from archive.ingestion.parse.encoding import decoded
from archive.ingestion.run import start
from archive.models import Brand, Passage
from archive.search import search_passages
from archive.viewer import Audience, Viewer
from concierge.evaluation import scratch
from concierge.evaluation.beir import FolderError, rows
from concierge.evaluation.metrics import percentile

TOP = 5  # hits a question
WORD = re.compile(r"\w+|[^\w\s]")

Span = tuple[str, int, int]  # document key, start and end in the file's own text


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    text: str
    gold: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Folder:
    """`documents/` and `questions.jsonl`: every question with the spans that answer it."""

    path: Path
    texts: dict[str, str]  # by document key
    questions: list[Question]

    def digest(self) -> str:
        """SHA-256 of the documents' texts."""
        named = "\0".join(f"{key}\0{text}" for key, text in sorted(self.texts.items()))
        return hashlib.sha256(named.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Found:
    """What one question was given: whole passages, and the focus of each."""

    passages: list[Span]
    focus: list[Span]
    milliseconds: float


def opened(path: Path) -> Folder:
    """Raises FolderError."""
    documents = path / "documents"
    if not documents.is_dir():
        raise FolderError(f"There is no folder documents in {path}.")
    files = gather([documents]).files
    texts = {each.key: decoded(each.path.read_bytes()) for each in files}
    questions = [question(row, texts) for row in rows(path / "questions.jsonl")]
    if not any(each.gold for each in questions):
        raise FolderError("questions.jsonl has no question with spans.")
    return Folder(path, texts, questions)


def question(row: dict[str, Any], texts: dict[str, str]) -> Question:
    """Raises FolderError for a span that is not in its document as it is quoted."""
    try:
        key = str(row["document"])
        gold = tuple((key, int(span["start"]), int(span["end"])) for span in row["spans"])
        quoted = [str(span["text"]) for span in row["spans"]]
        if any(texts[key][a:b] != said for (_, a, b), said in zip(gold, quoted, strict=True)):
            raise FolderError(f"questions.jsonl, {row['_id']}: a span is not as it is quoted.")
        return Question(str(row["_id"]), str(row["text"]), gold)
    except (KeyError, TypeError, ValueError) as error:
        raise FolderError(f"questions.jsonl, {row['_id']}: {error}") from error


def brand_of(folder: Folder) -> Brand:
    """The scratch brand that holds the documents, brought in as a house's own would be.

    Kept for the next call with the same documents, code and model. Raises FolderError.
    """
    prefix = f"eval-{folder.digest()[:12]}-"
    slug = prefix + scratch.maker("documents")
    Brand.objects.filter(slug__startswith=prefix).exclude(slug=slug).delete()
    brand, _ = scratch.made(slug)
    files = gather([folder.path / "documents"]).files
    held = set(brand.documents.values_list("key", flat=True))
    missing = [each for each in files if each.key not in held]
    if missing:
        run = start(brand, missing, audience=Audience.ATELIER, publish=True)
        for item in run.items.all():
            work(item.pk)
    return brand


class Placed:
    """Where the words of a document's text stand in the file it came from.

    Parsing leaves out marks and white space, so that offsets in one are none in the other.
    """

    def __init__(self, text: str, original: str) -> None:
        ours, theirs = list(WORD.finditer(text)), list(WORD.finditer(original))
        matcher = SequenceMatcher(None, [m.group() for m in ours], [m.group() for m in theirs])
        pairs = [
            (ours[block.a + n], theirs[block.b + n])
            for block in matcher.get_matching_blocks()
            for n in range(block.size)
        ]
        self.starts = [own.start() for own, _ in pairs]
        self.spans = [other.span() for _, other in pairs]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """`text[first:last]` as a stretch of the file's text; empty for no word of it."""
        begin, end = bisect_left(self.starts, first), bisect_left(self.starts, last)
        if begin >= end:
            return (0, 0)
        return self.spans[begin][0], self.spans[end - 1][1]


def asked(brand: Brand, folder: Folder) -> Iterator[Found]:
    """What a search by a viewer who may see all finds for each question."""
    viewer = Viewer.reading(brand.pk, Audience.ATELIER)
    visible = Passage.objects.visible_to(viewer).select_related("document__current")
    current_embedder().warm()
    places: dict[str, Placed] = {}
    for each in folder.questions:
        began = perf_counter()
        hits = search_passages(viewer, each.text, TOP)
        by_key = visible.in_bulk([hit.passage_id for hit in hits])
        found = [by_key[hit.passage_id] for hit in hits]
        focus = focused(each.text, found, [hit.score for hit in hits])
        milliseconds = (perf_counter() - began) * 1000
        passages, stretches = [], []
        for passage, stretch in zip(found, focus, strict=True):
            key = passage.document.key
            if key not in places:
                places[key] = Placed(passage.version.text, folder.texts[key])
            passages.append((key, *places[key].span(passage.start, passage.end)))
            stretches.append((key, *places[key].span(stretch.start, stretch.end)))
        yield Found(passages, stretches, milliseconds)


def measured(folder: Folder, found: Sequence[Found]) -> dict[str, Any]:
    times = [each.milliseconds for each in found]
    return {
        "questions": len(folder.questions),
        "passages": shares(folder.questions, [each.passages for each in found]),
        "focus": shares(folder.questions, [each.focus for each in found]),
        "p50_ms": round(percentile(times, 0.5), 1),
        "p95_ms": round(percentile(times, 0.95), 1),
    }


def shares(questions: Iterable[Question], returned: Iterable[list[Span]]) -> dict[str, float]:
    """Recall and precision in characters, and how many a question is given.

    A character returned twice counts once.
    """
    both = gold = given = asked = 0
    for question, spans in zip(questions, returned, strict=True):
        right, held = characters(question.gold), characters(spans)
        both += len(right & held)
        gold += len(right)
        given += len(held)
        asked += 1
    return {
        "recall": round(both / gold, 4),
        "precision": round(both / given, 4) if given else 0.0,
        "characters": round(given / asked, 1),
    }


def characters(spans: Iterable[Span]) -> set[tuple[str, int]]:
    return {(key, place) for key, first, last in spans for place in range(first, last)}
