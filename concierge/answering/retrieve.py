"""What the archive and the catalogue hold for a question, for this viewer."""

import asyncio
from collections.abc import Sequence

from archive.copies import shown_once
from archive.neighbours import Stretch, joined, stretch
from archive.passages import read
from archive.search import PassageHit, find_passages
from archive.steps import Step, taken
from archive.threads import SEARCHES, in_thread
from archive.viewer import Viewer
from catalog.search import search_products
from concierge.answering.pieces import Beside, pieces_for
from concierge.answering.seek import sought
from concierge.answering.turn import Evidence, Source, Turn
from concierge.answering.understand import Understanding

SOURCES = 8  # passages an answer may draw on
LOOKED_AT = 12  # passages, so that copies left out make room for others
CANDIDATES = 30  # products looked at for those a question means


async def retrieve(turn: Turn, asked: Understanding) -> Evidence:
    """The best passages and pieces, looked for at the same time."""
    (found, support), beside = await asyncio.gather(
        in_thread(passages, SEARCHES)(turn, asked), in_thread(pieces, SEARCHES)(turn, asked)
    )
    return Evidence(
        query=asked.standalone,
        sources=found,
        pieces=beside.pieces,
        support=support,
        finding=beside.finding,
    )


def passages(turn: Turn, asked: Understanding) -> tuple[tuple[Source, ...], float]:
    """The sources, best first, and how likely it is that they answer."""
    found = find_passages(turn.viewer, asked.queries, LOOKED_AT)
    return sources(turn.viewer, found.hits), found.support


def pieces(turn: Turn, asked: Understanding) -> Beside:
    """The pieces that satisfy the question's conditions; without any, those it names or means."""
    if found := sought(turn, asked):
        return found
    hits = search_products(turn.viewer, asked.subject, CANDIDATES)
    return Beside(pieces_for(turn, asked, hits))


def sources(viewer: Viewer, hits: Sequence[PassageHit]) -> tuple[Source, ...]:
    """The best SOURCES of the passages, numbered from 1 in the order given.

    Near-copies are left out, and what stands side by side in a document is one source.
    """
    rows = read(viewer, [hit.passage_id for hit in hits])
    found = [(rows[hit.passage_id], hit.score) for hit in hits if hit.passage_id in rows]
    if taken(Step.COPIES):
        found = shown_once(found)
    best = [passage for passage, _ in found[:SOURCES]]
    stretches = joined(best) if taken(Step.NEIGHBOURS) else [stretch([each]) for each in best]
    return tuple(source(number, each) for number, each in enumerate(stretches, start=1))


def source(number: int, found: Stretch) -> Source:
    passage = found.passage
    return Source(
        number=number,
        title=passage.title or passage.document_title,
        text=found.text,
        document_id=passage.document_id,
        version_id=passage.version_id,
        passage_id=passage.pk,
        start=found.start,
        page=passage.page,
        date=passage.date,
        kind=passage.kind,
        language=passage.language,
    )
