"""What a remote embedder is given to read: texts without what is personal in them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from concierge.redaction.found import Found, apart
from concierge.redaction.recognise import identifiers
from concierge.redaction.said import introduced, pointed
from concierge.redaction.veil import Veil, replaced

# Of the texts of the house itself only what has a form that is nobody's reference or bar code.
OF_DOCUMENTS = frozenset({"EMAIL", "IBAN", "BIRTH", "PHONE", "IP"})

_veil: ContextVar[Veil | None] = ContextVar("veil", default=None)


@contextmanager
def speaking_with(veil: Veil) -> Iterator[None]:
    """Within it, texts are taken for those of a turn that hides by `veil`."""
    before = _veil.get()
    _veil.set(veil)
    try:
        yield
    finally:
        # Not by its token: a block of an asynchronous journey may end in another context.
        _veil.set(before)


def discreet(texts: Sequence[str], *, of_house: bool) -> list[str]:
    """`texts` as they may leave the house; `of_house` are passages and pieces, not questions.

    Within a turn questions are compared with passages, and every text is taken for a question.
    """
    veil = _veil.get()
    if veil is not None:
        return [veil.without(text) for text in texts]
    return [blank(text, of_house=of_house) for text in texts]


def blank(text: str, *, of_house: bool) -> str:
    found: list[Found] = identifiers(text)
    if of_house:
        found = [each for each in found if each.kind in OF_DOCUMENTS]
    else:
        found = apart([*found, *introduced(text), *pointed(text)])
    return " ".join(replaced(text, found, lambda kind, words: "").split()) if found else text
