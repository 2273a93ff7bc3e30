"""What the archive and the catalogue hold for a question, for this viewer."""

from archive.search import search_passages
from catalog.search import search_products

from archive.models import Passage
from archive.ranking import fuse
from archive.viewer import Viewer
from concierge.answering.pieces import pieces_for
from concierge.answering.turn import Evidence, Piece, Source, Turn
from concierge.answering.understand import Understanding

SOURCES = 8  # passages an answer may draw on
DEPTH = 30  # hits of each search that are fused


def retrieve(turn: Turn, understood: Understanding) -> Evidence:
    """The best passages and pieces, found once for each query and fused."""
    runs = [search_passages(turn.viewer, query, DEPTH) for query in understood.queries]
    fused = fuse([[hit.passage_id for hit in run] for run in runs])
    support = max((hit.similarity for run in runs for hit in run), default=0.0)
    return Evidence(
        query=understood.standalone,
        sources=sources(turn.viewer, [passage_id for passage_id, _ in fused[:SOURCES]]),
        pieces=pieces(turn, understood),
        support=support,
    )


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


def pieces(turn: Turn, understood: Understanding) -> tuple[Piece, ...]:
    hits = search_products(turn.viewer, understood.standalone, DEPTH)
    return pieces_for(turn, understood, hits)
