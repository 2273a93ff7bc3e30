"""What an embedding model must do for the archive and the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class EmbeddingError(RuntimeError):
    """The model could not be made ready or did not answer; the text is for an operator."""


class Embedder(Protocol):
    """Turns words into vectors whose dot product says how near they are in meaning."""

    @property
    def model(self) -> str:
        """The name vectors are stored under; vectors of two models are never compared."""
        ...

    @property
    def dimensions(self) -> int: ...

    @property
    def languages(self) -> frozenset[str] | None:
        """ISO 639-1 codes of those it knows; None when it knows them all, or nobody can say."""
        ...

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """Unit rows in the order of `texts`, float32, (n, dimensions). Raises EmbeddingError."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """One unit vector, float32, (dimensions,). Raises EmbeddingError."""
        ...

    def warm(self) -> None:
        """Load what the first call would load. Raises EmbeddingError."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """A question, read whole and word-piece by word-piece."""

    vector: Vectors  # of unit length, (dimensions,)
    pieces: Vectors  # on the directions of archive.embedding.sketch, (n, BITS)
    spans: tuple[tuple[int, int], ...]  # of each piece in the question, in characters


@runtime_checkable
class PieceReader(Protocol):
    """What an embedder has besides, if it tells what it makes of each word-piece, at no cost.

    Methods alone: to ask whether an embedder is one must not ask its endpoint for `dimensions`.
    """

    def read_documents(self, texts: Sequence[str]) -> tuple[Vectors, list[bytes]]:
        """Vectors as `embed_documents` gives them, and a sketch of each text, all of it.

        Raises EmbeddingError.
        """
        ...

    def read_query(self, text: str) -> Reading:
        """Raises EmbeddingError."""
        ...


def unit_rows(rows: Vectors) -> Vectors:
    """Each row scaled to length one; a row of zeros stays as it is."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1.0), dtype=np.float32)
