"""What a text says word-piece by word-piece, kept in 16 bytes each, and how a question meets it.

Late interaction (Khattab and Zaharia, "ColBERT", 2020): each word-piece of a question looks for the
one of the text that it is most like. A text's vectors are kept as the signs of their projections
on random directions (Charikar, 2002); the question's stay as they are. docs/retrieval.md has what
the bits cost in quality.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from archive.embedding.protocol import Vectors, unit_rows

BITS = 128  # of a word-piece
SEED = 0  # of the directions: sketches made with others mean nothing to these
BYTES = BITS // 8


@lru_cache(maxsize=4)
def directions(dimensions: int) -> Vectors:
    """Random directions at right angles, the same on every machine: (dimensions, BITS)."""
    # RandomState, because its numbers are promised never to change.
    drawn = np.random.RandomState(SEED).standard_normal((max(dimensions, BITS), BITS))
    right, upper = np.linalg.qr(drawn)
    signed = right * np.sign(np.diag(upper))  # else a linear algebra library would choose
    return np.asarray(signed[:dimensions], dtype=np.float32)


def projected(tokens: Vectors) -> Vectors:
    """Word-pieces' vectors (n, dimensions) on the directions, (n, BITS)."""
    rows: Vectors = unit_rows(tokens) @ directions(tokens.shape[1])
    return rows


def sketched(tokens: Vectors) -> bytes:
    """Word-pieces' vectors (n, dimensions) as n times BYTES bytes, in order."""
    return np.packbits(projected(tokens) > 0, axis=1).tobytes()


def likeness(asked: Vectors, weights: Vectors, sketches: Sequence[bytes]) -> NDArray[np.float64]:
    """For each of `sketches`, none of them empty, how well it meets the question.

    `asked` is the question's word-pieces, projected, (n, BITS); `weights` (n,) says what each
    counts. The mean over the question's word-pieces of the best product with any of the text's.
    """
    if not sketches or not len(asked):
        return np.zeros(len(sketches))
    codes = np.frombuffer(b"".join(sketches), dtype=np.uint8).reshape(-1, BYTES)
    signs = np.unpackbits(codes, axis=1).astype(np.float32)
    products = 2 * (signs @ asked.T) - asked.sum(axis=1)
    ends = np.cumsum([len(sketch) // BYTES for sketch in sketches])
    best = np.maximum.reduceat(products, [0, *ends[:-1]], axis=0) / BITS**0.5
    met: NDArray[np.float64] = best.astype(np.float64) @ (weights / weights.sum())
    return met
