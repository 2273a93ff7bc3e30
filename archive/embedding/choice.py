"""The embedder of this process."""

import os
from functools import lru_cache

from django.conf import settings

from archive.embedding.protocol import Embedder, EmbeddingError


def current_embedder() -> Embedder:
    """The embedder that the EMBEDDER setting names, made once a process and loaded on first use.

    Raises EmbeddingError, with a sentence for the operator, when it names none.
    """
    # A model loaded before a fork must not be used after it: its threads stay with the parent.
    return chosen(settings.EMBEDDER, os.getpid())


@lru_cache(maxsize=2)
def chosen(name: str, process: int) -> Embedder:
    # Imported when chosen: the runtimes take half a second, and a page or a command needs none.
    family, _, model = name.partition(":")
    if name == "minilm":
        from archive.embedding.minilm import MiniLM

        return MiniLM(settings.DATA_DIR / "models")
    if family == "openai" and model:
        from archive.embedding.openai_compatible import Endpoint, OpenAICompatible

        endpoint = Endpoint(settings.EMBEDDER_BASE_URL, settings.EMBEDDER_API_KEY)
        return OpenAICompatible(model, endpoint, settings.EMBEDDER_DIMENSIONS)
    if family == "fastembed" and model:
        from archive.embedding.fastembed import FastEmbed

        return FastEmbed(model, settings.DATA_DIR / "models")
    raise EmbeddingError(
        f'EMBEDDER is "{name}"; it must be "minilm", "openai:MODEL" or "fastembed:MODEL".'
    )
