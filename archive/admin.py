"""The curator's desk. Each part of it registers its own pages."""

from archive.console import brands, documents, runs

__all__ = ["brands", "documents", "runs"]
