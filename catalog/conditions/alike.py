"""Pieces like one that was spoken of: by its own vector, with what is said to differ."""

from dataclasses import replace

from pgvector.django import CosineDistance

from archive.embedding import EmbeddingError, current_embedder
from catalog.conditions.conditions import Conditions, Likeness, Price, Value, Wanted
from catalog.models import CatalogName, Product, ProductEmbedding
from catalog.models.product import ProductQuerySet

Aspect, Concept = CatalogName.Aspect, CatalogName.Concept


def compared(asked: Conditions, piece: Product) -> Conditions:
    """`asked`, of the piece's own kind and, when it says so, cheaper or dearer than the piece."""
    wanted = asked.wanted
    if not asked.kinds and (own := kind_of(piece)):
        wanted = (*wanted, own)
    prices = piece.price_range()
    price = asked.price
    if prices.low is not None and prices.high is not None:
        if asked.likeness == Likeness.CHEAPER:
            price = Price(None, prices.low, prices.currency, strictly=True)
        elif asked.likeness == Likeness.DEARER:
            price = Price(prices.high, None, prices.currency, strictly=True)
    return replace(asked, wanted=wanted, price=price)


def kind_of(piece: Product) -> Wanted | None:
    if piece.kind:
        value = Value(Aspect.KIND, "", piece.kind)
    elif piece.category:
        value = Value(Aspect.CATEGORY, "", piece.category)
    else:
        return None
    return Wanted(Concept.KIND, piece.kind or piece.category.rpartition(">")[2].strip(), (value,))


def likest(among: ProductQuerySet, piece: Product, most: int) -> dict[int, float]:
    """Cosine by primary key of the `most` pieces most like `piece`, the most alike first."""
    try:
        model = current_embedder().model
    except EmbeddingError:
        return {}
    own = ProductEmbedding.objects.filter(product=piece, model=model).first()
    if own is None:
        return {}
    rows = among.filter(embeddings__model=model)
    far = CosineDistance("embeddings__vector", own.vector)
    found = rows.annotate(far=far).order_by("far", "pk").values_list("pk", "far")[:most]
    return {key: 1.0 - distance for key, distance in found}
