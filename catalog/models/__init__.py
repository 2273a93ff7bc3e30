from catalog.models.imports import CatalogImport, RejectedRow
from catalog.models.names import CatalogName
from catalog.models.product import Product, ProductEmbedding, ProductLexeme, Variant

__all__ = [
    "CatalogImport",
    "CatalogName",
    "Product",
    "ProductEmbedding",
    "ProductLexeme",
    "RejectedRow",
    "Variant",
]
