"""The curator's desk. Each part of it registers its own pages."""

from archive.console import (
    brands,
    documents,
    history,
    notices,
    passages,
    proposals,
    runs,
    sources,
    versions,
)

__all__ = [
    "brands",
    "documents",
    "history",
    "notices",
    "passages",
    "proposals",
    "runs",
    "sources",
    "versions",
]
