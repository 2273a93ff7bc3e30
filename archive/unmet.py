"""Which words of a question are met by none of the passages found for it.

A passage meets a word that it has, or one of whose word-pieces means nearly the same
(`archive.embedding.sketch`). "How much is the Heron insured for?" finds much about the Heron, and
nothing that is anything like being insured.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from archive.embedding import PieceReader, current_embedder
from archive.embedding.sketch import BYTES
from archive.models import Passage
from archive.viewer import Viewer

# Of the most that a word-piece can be met, all its signs agreeing. Chosen on 151 questions over
# two dozen articles (docs/answering.md): at 0.45 it told one of 86 that had an answer.
MET = 0.45
LOOKED_AT = 3  # passages, best first: further ones are about something else
WORD = re.compile(r"[^\W\d_][\w’'-]*")


def unmet(viewer: Viewer, query: str, passages: Sequence[int]) -> list[str]:
    """The words of `query` that none of the best of `passages` is anything like, in order.

    [] where the embedding model tells nothing of single words. Raises EmbeddingError.
    """
    embedder = current_embedder()
    if not isinstance(embedder, PieceReader) or not passages:
        return []
    held = Passage.objects.visible_to(viewer).filter(
        pk__in=passages[:LOOKED_AT], embeddings__model=embedder.model
    )
    sketches = [bytes(each) for each in held.values_list("embeddings__sketch", flat=True) if each]
    if not sketches:
        return []
    reading = embedder.read_query(query)
    shares = met(reading.pieces, b"".join(sketches))
    return [
        found.group()
        for found in WORD.finditer(query)
        if mean_within(shares, reading.spans, found.span()) < MET
    ]


def met(asked: NDArray[np.float32], sketches: bytes) -> NDArray[np.float32]:
    """How well each of `asked` (n, BITS) is met by any of the word-pieces, at most 1."""
    codes = np.frombuffer(sketches, dtype=np.uint8).reshape(-1, BYTES)
    signs = np.unpackbits(codes, axis=1).astype(np.float32)
    best = (2 * (signs @ asked.T) - asked.sum(axis=1)).max(axis=0)
    shares: NDArray[np.float32] = best / np.abs(asked).sum(axis=1)
    return shares


def mean_within(
    shares: NDArray[np.float32], spans: Sequence[tuple[int, int]], word: tuple[int, int]
) -> float:
    """The mean share of the word-pieces that lie in `word`; 1 where there is none."""
    own = [
        share
        for share, (start, end) in zip(shares, spans, strict=True)
        if start < word[1] and end > word[0]
    ]
    return float(np.mean(own)) if own else 1.0
