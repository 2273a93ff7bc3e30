"""Vectors for the wordings: of those written just now, and of all at a change of model."""

from archive.embedding import choice, current_embedder
from archive.embedding.kinds import Kind, register
from archive.ingestion.reembed import fill
from concierge.approved.models import ApprovedAnswer, Wording, WordingEmbedding

WORDINGS = register(
    Kind("wordings", Wording, WordingEmbedding, "wording", lambda wording: wording.text)
)


def embed_missing(answer: ApprovedAnswer) -> int:
    """Embed the answer's wordings that lack a vector under the model in use; how many.

    Must not run inside a transaction: the model may be at the other end of a wire. Raises
    EmbeddingError when it fails; the sweep of `archive.ingestion.reembed` then makes them up.
    """
    embedder = current_embedder()
    done: list[int] = []
    fill(WORDINGS, WORDINGS.lacking(embedder).filter(answer=answer), embedder, done.append)
    choice.adopt()
    return sum(done)
