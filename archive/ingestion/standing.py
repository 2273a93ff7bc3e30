"""How far a change of embedding model has come, counted from the rows."""

from dataclasses import dataclass

from archive.embedding import current_embedder, wanted_embedder
from archive.embedding.kinds import KINDS
from archive.models import EmbedderInUse


@dataclass(frozen=True, slots=True)
class Share:
    kind: str
    done: int  # rows with a vector under the wanted model
    rows: int


@dataclass(frozen=True, slots=True)
class Standing:
    used: str  # the model that searches use
    wanted: str
    shares: tuple[Share, ...]
    kept: tuple[str, ...]  # other models whose vectors are still there
    trouble: str  # why the change has halted, empty when it has not

    @property
    def done(self) -> int:
        return sum(share.done for share in self.shares)

    @property
    def rows(self) -> int:
        return sum(share.rows for share in self.shares)


def standing() -> Standing:
    """Reads every row's number: a second or two at a million. Raises EmbeddingError."""
    used, wanted = current_embedder().model, wanted_embedder()
    shares, kept = [], set[str]()
    for kind in KINDS:
        rows = kind.every.count()
        shares.append(Share(kind.name, rows - kind.lacking(wanted).count(), rows))
        kept |= kind.models() - {used, wanted.model}
    trouble = EmbedderInUse.objects.values_list("trouble", flat=True).first() or ""
    return Standing(used, wanted.model, tuple(shares), tuple(sorted(kept)), trouble)
