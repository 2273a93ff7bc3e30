"""Vectors for products that have none under today's model: after an edit, or a change of model."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef

from archive.embedding import current_embedder
from archive.models import Brand
from catalog.details import embedding_text
from catalog.models import Product, ProductEmbedding

BATCH = 256  # products


def embed_missing(brand: Brand, progress: Callable[[int], None] = lambda done: None) -> int:
    """Embed the brand's products that lack a vector; how many. Repeat it after a kill.

    `progress` is told how many are done. Raises EmbeddingError when the model fails.
    """
    embedder = current_embedder()
    own = ProductEmbedding.objects.filter(product=OuterRef("pk"), model=embedder.model)
    lacking = Product.objects.filter(~Exists(own), brand=brand).defer("search").order_by("pk")
    done = 0
    while batch := list(lacking[:BATCH]):
        rows = embedder.embed_documents([embedding_text(product) for product in batch])
        # The same product may have been embedded meanwhile, by an import say: that one is kept.
        ProductEmbedding.objects.bulk_create(
            [
                ProductEmbedding(brand=brand, product=product, model=embedder.model, vector=row)
                for product, row in zip(batch, rows, strict=True)
            ],
            ignore_conflicts=True,
        )
        done += len(batch)
        progress(done)
    return done
