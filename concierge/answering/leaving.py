"""A question on its way to an embedder outside the house: with the client's yes, and redacted."""

from collections.abc import Sequence

from archive.embedding import EmbeddingError
from concierge.clients.asking import asking
from concierge.clients.consent import permits
from concierge.clients.models import Purpose
from concierge.redaction import embedded


def discreet(texts: Sequence[str], *, of_house: bool) -> list[str]:
    """The texts as they may leave. Raises EmbeddingError where the client has not allowed it.

    The search then goes on by words alone.
    """
    visitor = "" if of_house else asking.get()
    if visitor and not permits(visitor, Purpose.SERVE):
        raise EmbeddingError("The client does not allow that their words leave the house.")
    return embedded.discreet(texts, of_house=of_house)
