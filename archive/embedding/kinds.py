"""The kinds of rows that have vectors: passages, and what the floors above name here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet

from archive.embedding.protocol import Embedder, PieceReader
from archive.models.passage import Embedding


@dataclass(frozen=True, slots=True)
class Kind:
    name: str  # in the plural, as an operator is told
    rows: type[Model]
    vectors: type[Embedding]
    field: str  # of `vectors`: the row that one is of
    text: Callable[[Any], str]  # what the model reads of a row

    @property
    def sketched(self) -> bool:
        """Whether sketches are kept beside the vectors."""
        return any(field.name == "sketch" for field in self.vectors._meta.get_fields())

    @property
    def searched(self) -> bool:
        """Whether its rows are found by their words, and by whoever may see them."""
        return any(field.name == "search" for field in self.rows._meta.get_fields())

    @property
    def every(self) -> QuerySet[Any]:
        """All rows, without their words for search, which no model reads."""
        rows = self.rows._default_manager.all()
        return rows.defer("search") if self.searched else rows

    def lacking(self, embedder: Embedder) -> QuerySet[Any]:
        """Rows that have no vector under the model, or not the sketch it makes besides."""
        whole = {self.field: OuterRef("pk"), "model": embedder.model}
        if self.sketched and isinstance(embedder, PieceReader):
            whole["sketch__isnull"] = False
        held = self.vectors._default_manager.filter(**whole)
        return self.every.filter(~Exists(held))

    def models(self) -> set[str]:
        """Those that any row has a vector under."""
        return set(self.vectors._default_manager.values_list("model", flat=True).distinct())


KINDS: list[Kind] = []


def register(kind: Kind) -> Kind:
    """Have rows of `kind` embedded anew at a change of model; called once an app is ready."""
    KINDS.append(kind)
    return kind
