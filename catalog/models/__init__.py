from catalog.models.imports import CatalogImport, RejectedRow
from catalog.models.product import Product, ProductEmbedding, ProductLexeme, Variant

__all__ = [
    "CatalogImport",
    "Product",
    "ProductEmbedding",
    "ProductLexeme",
    "RejectedRow",
    "Variant",
]
