"""Vectors for words: one protocol, several models, chosen by the EMBEDDER setting."""

from archive.embedding.choice import current_embedder, wanted_embedder
from archive.embedding.protocol import Embedder, EmbeddingError, Vectors

__all__ = ["Embedder", "EmbeddingError", "Vectors", "current_embedder", "wanted_embedder"]
