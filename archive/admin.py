"""The curator's desk. Each part of it registers its own pages."""

from archive.console import (
    brands,
    cleaning,
    copies,
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
    "cleaning",
    "copies",
    "documents",
    "history",
    "notices",
    "passages",
    "proposals",
    "runs",
    "sources",
    "versions",
]
