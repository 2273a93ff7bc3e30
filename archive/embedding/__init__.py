"""Vectors for words: one protocol, several models, chosen by the EMBEDDER setting."""

from archive.embedding.choice import current_embedder, wanted_embedder
from archive.embedding.protocol import Embedder, EmbeddingError, PieceReader, Reading, Vectors

__all__ = [
    "Embedder",
    "EmbeddingError",
    "PieceReader",
    "Reading",
    "Vectors",
    "current_embedder",
    "wanted_embedder",
]
