"""Product search: the catalogue's answer to a query, for one viewer."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from archive.embedding.index import tend
from archive.lexical import Lexicon
from archive.ranking import Shelf
from archive.viewer import Viewer
from catalog.models import Product, ProductLexeme

LEXICON = Lexicon(Product, ProductLexeme)
# Clients name pieces, materials and numbers, so words say more here than in the archive.
SHELF = Shelf(LEXICON, words_share=0.6)  # docs/retrieval.md


@dataclass(frozen=True, slots=True)
class ProductHit:
    """One product found. Ranks count from 1 and are None where it was not among the best."""

    product_id: int
    score: float  # from 0 to 1, comparable within one search only
    dense_rank: int | None
    lexical_rank: int | None
    similarity: float  # cosine with the query; 0 when the product has no vector yet
    bm25: float  # 0 when the product was not among the best by words


def search_products(viewer: Viewer, query: str | Sequence[str], top: int = 10) -> list[ProductHit]:
    """The `top` best products `viewer` may see, best first; none for an empty query.

    Several queries are several ways to ask the same, a follow-up alone and with what it follows
    say: the scores are their mean, and each rank, cosine and BM25 is the best of any.
    """
    visible = Product.objects.visible_to(viewer)
    return [
        ProductHit(
            product_id=each.key,
            score=each.score,
            dense_rank=each.dense_rank,
            lexical_rank=each.lexical_rank,
            similarity=each.similarity,
            bm25=each.bm25,
        )
        for each in SHELF.search(visible, viewer, query, top)
    ]


def refresh(brand_id: int) -> None:
    """Count the words of the brand's products again, after products have come or gone."""
    LEXICON.refresh(brand_id)
    transaction.on_commit(tend)
