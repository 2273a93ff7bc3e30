"""Passages into vectors."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from archive.embedding import Embedder, Vectors
from archive.ingestion.clean import Cleaned
from archive.ingestion.split import Piece, Split

BATCH = 64  # passages between two signs of life


@dataclass(frozen=True, slots=True)
class Embedded:
    document: Cleaned
    pieces: list[Piece]
    vectors: Vectors  # one unit row for each piece
    model: str


def embedding_text(title: str, text: str) -> str:
    """What the model reads of a passage: where it stands, then what it says."""
    return f"{title}\n{text}" if title else text


def embed(split: Split, embedder: Embedder, alive: Callable[[], None]) -> Embedded:
    """`alive` is called after every batch. Raises EmbeddingError."""
    places: dict[str, int] = {}  # the same words twice are embedded once
    order = [
        places.setdefault(embedding_text(piece.title, piece.text), len(places))
        for piece in split.pieces
    ]
    texts, batches = list(places), []
    for start in range(0, len(texts), BATCH):
        batches.append(embedder.embed_documents(texts[start : start + BATCH]))
        alive()
    vectors = np.concatenate(batches)[order]
    return Embedded(split.document, split.pieces, vectors, embedder.model)
