"""Passage search: the archive's answer to a query, for one viewer."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from archive import spelling
from archive.codes import codes_in, first, holding
from archive.door import Door, listed
from archive.embedding.index import tend
from archive.lexical import Lexicon
from archive.models import Lexeme, Passage
from archive.ranking import Ranked, Shelf
from archive.support import support
from archive.viewer import Viewer

LEXICON = Lexicon(Passage, Lexeme)
DOCUMENTS = "SELECT id, document_id FROM {rows} WHERE {visible} AND id = ANY(%s::bigint[])"
SHELF = Shelf(LEXICON, words_share=0.5, reranked=True)  # docs/retrieval.md


@dataclass(frozen=True, slots=True)
class PassageHit:
    """One passage found. Ranks count from 1 and are None where it was not among the best."""

    passage_id: int
    document_id: int
    score: float  # from 0 to 1, comparable within one search only
    dense_rank: int | None
    lexical_rank: int | None
    similarity: float  # cosine with the query; 0 when the passage has no vector yet
    bm25: float  # 0 when the passage was not among the best by words


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, best first, and how likely it is that this answers the question."""

    hits: list[PassageHit]
    support: float  # from 0 to 1; archive.support


def find_passages(
    viewer: Viewer, query: str | Sequence[str], top: int = 10, within: Q | None = None
) -> Found:
    """The `top` best passages `viewer` may read, best first; none for an empty query.

    Several queries are several ways to ask the same, a follow-up alone and with what it follows
    say: the scores are their mean, and each rank, cosine and BM25 is the best of any. What has a
    code of the first, a number on a label, comes before all else. `within` narrows what is looked
    through, of what the viewer may read.
    """
    visible, door = Passage.objects.visible_to(viewer), Door.to(Passage, viewer)
    if within is not None:
        visible = visible.filter(within)
        door = Door.of(visible)
    runs = SHELF.runs(door, viewer, query, top)
    exact = holding(visible, "text", codes_in(asked(query)))
    ranked = first(exact, SHELF.best(door, runs, top), top)
    document_of: dict[int, int] = dict(
        door.asked(DOCUMENTS, after=[listed(each.key for each in ranked)])
    )
    hits = [
        hit(each, document_of[each.key])
        for each in ranked
        if each.key in document_of  # withdrawn a moment ago
    ]
    return Found(hits, support(runs) if hits else 0.0)


def search_passages(viewer: Viewer, query: str | Sequence[str], top: int = 10) -> list[PassageHit]:
    """As `find_passages`, the hits alone."""
    return find_passages(viewer, query, top).hits


def asked(query: str | Sequence[str]) -> str:
    """The first of several ways of asking: the question itself."""
    return query if isinstance(query, str) else next(iter(query), "")


def hit(ranked: Ranked, document_id: int) -> PassageHit:
    return PassageHit(
        passage_id=ranked.key,
        document_id=document_id,
        score=ranked.score,
        dense_rank=ranked.dense_rank,
        lexical_rank=ranked.lexical_rank,
        similarity=ranked.similarity,
        bm25=ranked.bm25,
    )


def refresh(brand_id: int) -> None:
    """Count the words of the brand's passages again, after passages have come or gone.

    Then, once what was written is committed, make the vector indexes that have become due.
    """
    count(brand_id)
    transaction.on_commit(tend)


def count(brand_id: int) -> None:
    """As `refresh`, for one who looks after the indexes later."""
    LEXICON.refresh(brand_id)
    spelling.learn(LEXICON, brand_id)


def unlearned() -> list[int]:
    """Brands whose passages were last counted by a release that learned less of them."""
    return spelling.unlearned(LEXICON)
