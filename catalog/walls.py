"""The walls of the catalogue's tables."""

from archive.wall.policies import FOR_AUDIENCE, OF_BRAND, PUBLISHED, behind, of_brand, wall
from catalog import models

wall(models.Product, of_brand(reader=PUBLISHED))
wall(models.Variant, behind(models.Product, "product_id", read=True))
wall(models.ProductEmbedding, of_brand(reader=FOR_AUDIENCE))
wall(models.ProductLexeme, of_brand(reader=OF_BRAND))
wall(models.CatalogName, of_brand(reader=OF_BRAND))
wall(models.NamesLearned, of_brand(reader=OF_BRAND))
wall(models.CatalogImport, of_brand())
wall(models.RejectedRow, behind(models.CatalogImport, "catalog_import_id"))
