"""Passages into vectors."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from archive.embedding import Embedder, PieceReader, Vectors
from archive.ingestion.clean import Cleaned
from archive.ingestion.split import Piece, Split

BATCH = 64  # passages between two signs of life


@dataclass(frozen=True, slots=True)
class Embedded:
    document: Cleaned
    pieces: list[Piece]
    vectors: Vectors  # one unit row for each piece
    sketches: list[bytes | None]  # one for each piece; None where the model makes none
    model: str


def embedding_text(title: str, text: str) -> str:
    """What the model reads of a passage: where it stands, then what it says."""
    return f"{title}\n{text}" if title else text


def read(texts: Sequence[str], embedder: Embedder) -> tuple[Vectors, list[bytes | None]]:
    """A unit row and, of a model that makes them, a sketch of each text. Raises EmbeddingError."""
    if isinstance(embedder, PieceReader):
        vectors, sketches = embedder.read_documents(texts)
        return vectors, [*sketches]
    return embedder.embed_documents(texts), [None] * len(texts)


def embed(split: Split, embedder: Embedder, alive: Callable[[], None]) -> Embedded:
    """`alive` is called after every batch. Raises EmbeddingError."""
    places: dict[str, int] = {}  # the same words twice are embedded once
    order = [
        places.setdefault(embedding_text(piece.title, piece.text), len(places))
        for piece in split.pieces
    ]
    texts, batches, sketches = list(places), [], list[bytes | None]()
    for start in range(0, len(texts), BATCH):
        vectors, made = read(texts[start : start + BATCH], embedder)
        batches.append(vectors)
        sketches += made
        alive()
    ordered = [sketches[place] for place in order]
    return Embedded(
        split.document, split.pieces, np.concatenate(batches)[order], ordered, embedder.model
    )
