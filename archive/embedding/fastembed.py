"""Models of the optional `fastembed` package, for those who can reach a model hub."""

import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from archive.embedding.protocol import EmbeddingError, Vectors, unit_rows

ENGLISH = re.compile(r"(^|[-_/])en([-_.]|$)")  # in the name of a model of English alone


class FastEmbed:
    """One model by its name at the hub; downloaded into `folder` on first use."""

    def __init__(self, name: str, folder: Path) -> None:
        self.model = name
        self.folder = folder
        self.languages = frozenset({"en"}) if ENGLISH.search(name) else None

    @cached_property
    def dimensions(self) -> int:
        return len(self.embed_query("dimensions"))

    def warm(self) -> None:
        self.embed_query("warm")

    def embed_query(self, text: str) -> Vectors:
        rows = np.array(list(self._loaded.query_embed(text)), dtype=np.float32)
        vector: Vectors = unit_rows(rows)[0]
        return vector

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return unit_rows(np.array(list(self._loaded.passage_embed(texts)), dtype=np.float32))

    @cached_property
    def _loaded(self) -> Any:
        try:
            from fastembed import TextEmbedding
        except ImportError as error:
            raise EmbeddingError(
                f'EMBEDDER names the fastembed model "{self.model}", but fastembed is not '
                "installed: `pip install fastembed`, or choose EMBEDDER=minilm."
            ) from error
        try:
            return TextEmbedding(self.model, cache_dir=str(self.folder))
        except (ValueError, OSError) as error:
            raise EmbeddingError(f"fastembed cannot load {self.model}: {error}") from error
