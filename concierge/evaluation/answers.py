"""Questions with gold evidence asked in turn, and how well the answers rest on it."""

import json
import re
from collections.abc import Iterator
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.models import Brand, DocumentVersion
from archive.threads import in_thread
from archive.viewer import Viewer
from archive.wall.scope import reading
from concierge.answering.answer import answer
from concierge.answering.manners import voice_of
from concierge.answering.turn import Done, Exchange, Reply, Turn, Voice

UNANSWERABLE = "unanswerable"


class BadQuestionsError(ValueError):
    """The file is not one of questions; the text says where and why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One row of the file: `evidence` is [(document key's file name, quote)]."""

    id: str
    kind: str
    text: str
    history: tuple[Exchange, ...]
    evidence: tuple[tuple[str, str], ...]


def read_questions(path: Path) -> list[Asked]:
    """Raises BadQuestionsError."""
    asked = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            asked.append(question(json.loads(line)))
        except KeyError as error:
            raise BadQuestionsError(f"{path.name}, line {number}: it has no {error}.") from error
        except (ValueError, TypeError, AttributeError, IndexError) as error:
            raise BadQuestionsError(f"{path.name}, line {number}: {error}") from error
    return asked


def question(row: dict[str, Any]) -> Asked:
    turns = row.get("turns") or [{"role": "user", "text": row["text"]}]
    if not all(isinstance(turn["text"], str) and turn["text"].strip() for turn in turns):
        raise ValueError("a text must be words.")
    return Asked(
        id=str(row["_id"]),
        kind=str(row.get("kind", "single")),
        text=turns[-1]["text"],
        history=tuple(
            Exchange("client" if turn["role"] == "user" else "concierge", turn["text"])
            for turn in turns[:-1]
        ),
        evidence=tuple((e["document"], e["quote"]) for e in row.get("evidence", [])),
    )


async def ask_all(brand: Brand, questions: list[Asked]) -> list[tuple[Asked, Reply]]:
    """Each question answered as a public visitor would be, nothing kept."""
    voice = await in_thread(voice_of)(brand)
    return [(asked, await reply_to(brand, voice, asked)) for asked in questions]


async def reply_to(brand: Brand, voice: Voice, asked: Asked) -> Reply:
    turn = Turn(
        brand=voice,
        question=asked.text,
        history=asked.history,
        viewer=Viewer.reading(brand.pk),
        reference=asked.id,
    )
    with reading(turn.viewer):  # behind the wall, as a visitor
        async with aclosing(answer(turn)) as events:
            async for event in events:
                if isinstance(event, Done):
                    return event.reply
    raise RuntimeError("the answer ended without a reply")


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def measured(replies: list[tuple[Asked, Reply]]) -> dict[str, Any]:
    """The metrics and one result a question."""
    versions = DocumentVersion.objects.select_related("document").in_bulk(
        {cited.source.version_id for _, reply in replies for cited in reply.citations}
    )
    results = [result(asked, reply, versions) for asked, reply in replies]
    answerable = [r for r in results if r["kind"] != UNANSWERABLE]
    unanswerable = [r for r in results if r["kind"] == UNANSWERABLE]
    citations = [cited for r in results for cited in r["citations"]]
    return {
        "questions": len(results),
        "answerable": len(answerable),
        "cites_gold_document": share(answerable, "cites_gold_document"),
        "contains_gold_quote": share(answerable, "contains_gold_quote"),
        "refused_answerable": share(answerable, "refused"),
        "refused_unanswerable": share(unanswerable, "refused"),
        "exact_citations": share(citations, "exact"),
        "words_per_answer": mean_words(results),
        "results": results,
    }


def share(rows: list[dict[str, Any]], name: str) -> float | None:
    return round(sum(bool(row[name]) for row in rows) / len(rows), 4) if rows else None


def mean_words(rows: list[dict[str, Any]]) -> float | None:
    lengths = [len(row["answer"].split()) for row in rows if not row["refused"]]
    return round(sum(lengths) / len(lengths), 1) if lengths else None


def result(asked: Asked, reply: Reply, versions: dict[int, DocumentVersion]) -> dict[str, Any]:
    citations = list(cited_json(reply, versions))
    quoted = [flat(cited["cited_text"]) for cited in citations]
    return {
        "_id": asked.id,
        "kind": asked.kind,
        "question": asked.text,
        "answer": reply.text,
        "refused": reply.refused,
        "rung": reply.rung,
        "citations": citations,
        "cites_gold_document": any(
            cited["document"].endswith(document)
            for cited in citations
            for document, _ in asked.evidence
        ),
        "contains_gold_quote": any(
            flat(quote) in said for _, quote in asked.evidence for said in quoted
        ),
    }


def cited_json(reply: Reply, versions: dict[int, DocumentVersion]) -> Iterator[dict[str, Any]]:
    for cited in reply.citations:
        version = versions[cited.source.version_id]
        yield {
            "document": version.document.key,
            "cited_text": cited.text,
            "start": cited.start,
            "end": cited.end,
            "page": version.page_at(cited.start),
            "exact": version.text[cited.start : cited.end] == cited.text,
        }
