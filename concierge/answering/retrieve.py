"""What the archive and the catalogue hold for a question, for this viewer."""

import asyncio

from archive.models import Passage
from archive.search import find_passages
from archive.threads import in_thread
from archive.viewer import Viewer
from catalog.search import search_products
from concierge.answering.pieces import Beside, pieces_for
from concierge.answering.seek import sought
from concierge.answering.turn import Evidence, Source, Turn
from concierge.answering.understand import Understanding

SOURCES = 8  # passages an answer may draw on
CANDIDATES = 30  # products looked at for those a question means


async def retrieve(turn: Turn, asked: Understanding) -> Evidence:
    """The best passages and pieces, looked for at the same time."""
    (found, support), beside = await asyncio.gather(
        in_thread(passages)(turn, asked), in_thread(pieces)(turn, asked)
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
    found = find_passages(turn.viewer, asked.queries, SOURCES)
    return sources(turn.viewer, [hit.passage_id for hit in found.hits]), found.support


def pieces(turn: Turn, asked: Understanding) -> Beside:
    """The pieces that satisfy the question's conditions; without any, those it names or means."""
    if found := sought(turn, asked):
        return found
    hits = search_products(turn.viewer, asked.subject, CANDIDATES)
    return Beside(pieces_for(turn, asked, hits))


def sources(viewer: Viewer, passage_ids: list[int]) -> tuple[Source, ...]:
    """The passages in the order given, numbered from 1."""
    visible = Passage.objects.visible_to(viewer).select_related("document")
    found = visible.in_bulk(passage_ids)
    rows = [found[passage_id] for passage_id in passage_ids if passage_id in found]
    return tuple(
        Source(
            number=number,
            title=row.title or row.document.title,
            text=row.text,
            document_id=row.document_id,
            version_id=row.version_id,
            passage_id=row.pk,
            start=row.start,
            page=row.page,
            date=row.document.date,
            kind=row.document.kind,
            language=row.language,
        )
        for number, row in enumerate(rows, start=1)
    )
