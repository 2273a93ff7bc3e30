"""Vectors for products: of those edited just now, and of all at a change of model."""

from archive.embedding import choice, current_embedder
from archive.embedding.kinds import Kind, register
from archive.ingestion.reembed import fill
from archive.models import Brand
from catalog.details import embedding_text
from catalog.models import Product, ProductEmbedding

PRODUCTS = register(Kind("products", Product, ProductEmbedding, "product", embedding_text))


def embed_missing(brand: Brand) -> int:
    """Embed the brand's products that lack a vector under the model in use; how many.

    Repeat it after a kill. Raises EmbeddingError when the model fails.
    """
    embedder = current_embedder()
    done: list[int] = []
    fill(PRODUCTS, PRODUCTS.lacking(embedder).filter(brand=brand), embedder, done.append)
    choice.adopt()
    return sum(done)
