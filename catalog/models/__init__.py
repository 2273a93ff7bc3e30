from catalog.models.imports import CatalogImport, RejectedRow
from catalog.models.names import CatalogName, NamesLearned
from catalog.models.product import Product, ProductEmbedding, ProductLexeme, Variant

__all__ = [
    "CatalogImport",
    "CatalogName",
    "NamesLearned",
    "Product",
    "ProductEmbedding",
    "ProductLexeme",
    "RejectedRow",
    "Variant",
]
