"""Which embedder: the one that searches use, and the one that the house wants them to use.

They differ while the archive is being embedded anew (`archive.ingestion.reembed`), and both may
then be loaded.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.utils import timezone

from archive.embedding.protocol import Embedder, EmbeddingError

if TYPE_CHECKING:
    from archive.models.embedder import EmbedderInUse


@dataclass(frozen=True, slots=True)
class Choice:
    """An embedder as EMBEDDER, EMBEDDER_DIMENSIONS and EMBEDDER_BASE_URL name it."""

    name: str
    dimensions: int = 0  # asked for; 0 is the model's own number
    base_url: str = ""

    @property
    def api_key(self) -> str:
        """The key for its address; the present key is never sent to the address before."""
        here = self.base_url == settings.EMBEDDER_BASE_URL
        return settings.EMBEDDER_API_KEY if here else settings.EMBEDDER_PREVIOUS_API_KEY

    def made(self) -> Embedder:
        """Made once a process, loaded on first use. Raises EmbeddingError when nothing has its
        name."""
        # A model loaded before a fork must not be used after it: its threads stay with the parent.
        return chosen(self, self.api_key, os.getpid())


USED = "SELECT name, dimensions, base_url FROM archive_embedderinuse"  # one row, or none
FORCED: ContextVar[Embedder | None] = ContextVar("embedder", default=None)


def current_embedder() -> Embedder:
    """The embedder that searches use and new rows are embedded by, read from its row each time.

    Raises EmbeddingError, with a sentence for the operator, when there is none of its name.
    """
    return FORCED.get() or used().made()


def wanted_embedder() -> Embedder:
    """The embedder that the EMBEDDER setting names. Raises EmbeddingError when it names none."""
    return wanted().made()


def wanted() -> Choice:
    if not settings.EMBEDDER.startswith("openai:"):
        return Choice(settings.EMBEDDER)
    return Choice(settings.EMBEDDER, settings.EMBEDDER_DIMENSIONS, settings.EMBEDDER_BASE_URL)


def used() -> Choice:
    with connection.cursor() as cursor:
        cursor.execute(USED)
        row = cursor.fetchone()
    if row is None:
        return wanted()
    choice, present = Choice(*row), wanted()
    same = (choice.name, choice.dimensions) == (present.name, present.dimensions)
    return present if same else choice  # the same model may have moved to another address


def adopt() -> None:
    """Write down the model in use, with the first vectors: a later EMBEDDER is then a change."""
    rows = stored().objects
    if not rows.exists():
        rows.bulk_create([row_of(wanted())], ignore_conflicts=True)


def settled() -> bool:
    """Whether the model in use is written down and is the one that EMBEDDER names."""
    return stored().objects.filter(**asdict(wanted())).exists()


def switch(choice: Choice) -> None:
    """Let searches use `choice` from now on, in every process; one statement."""
    stored().objects.bulk_create(
        [row_of(choice)],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["name", "dimensions", "base_url", "model", "since", "trouble"],
    )


def row_of(choice: Choice) -> "EmbedderInUse":
    return stored()(**asdict(choice), model=choice.made().model, since=timezone.now())


def stored() -> "type[EmbedderInUse]":
    # Imported when asked for: an embedder can be loaded by a process that has no database.
    from archive.models.embedder import EmbedderInUse

    return EmbedderInUse


@contextmanager
def searching_with(embedder: Embedder) -> Iterator[None]:
    """Let the searches of this context use `embedder`, to measure one before the house has it."""
    token = FORCED.set(embedder)
    try:
        yield
    finally:
        FORCED.reset(token)


@lru_cache(maxsize=2)
def chosen(choice: Choice, api_key: str, process: int) -> Embedder:
    # Imported when chosen: the runtimes take half a second, and a page or a command needs none.
    family, _, model = choice.name.partition(":")
    if choice.name == "minilm":
        from archive.embedding.minilm import MiniLM

        return MiniLM(settings.DATA_DIR / "models")
    if family == "openai" and model:
        from archive.embedding.openai_compatible import Endpoint, OpenAICompatible

        return OpenAICompatible(model, Endpoint(choice.base_url, api_key), choice.dimensions)
    if family == "fastembed" and model:
        from archive.embedding.fastembed import FastEmbed

        return FastEmbed(model, settings.DATA_DIR / "models")
    raise EmbeddingError(
        f'EMBEDDER is "{choice.name}"; it must be "minilm", "openai:MODEL" or "fastembed:MODEL".'
    )
