"""The steps of a search that an operator may leave out, to see what each is worth."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


class Step(StrEnum):
    """Named in the setting SEARCH_WITHOUT, in the order they are taken; docs/retrieval.md."""

    CONVERSATION = "conversation"  # a follow-up is searched for with the question before it
    REWRITE = "rewrite"  # a model, when there is one, makes a follow-up stand alone
    SPELLING = "spelling"  # words the house does not know are read as those it does
    CONDITIONS = "conditions"  # prices, colours, sizes are conditions on the catalogue's rows
    WORDS = "words"
    MEANING = "meaning"
    RERANK = "rerank"
    COPIES = "copies"  # near-copies are shown once
    NEIGHBOURS = "neighbours"  # passages that follow one another are joined
    FOCUS = "focus"  # of each passage found, the stretch that the question is about


LEFT_OUT: ContextVar[frozenset[str]] = ContextVar("left_out", default=frozenset())


def taken(step: Step) -> bool:
    """Whether searches take `step`."""
    return step not in settings.SEARCH_WITHOUT and step not in LEFT_OUT.get()


@contextmanager
def leaving_out(steps: Iterable[str]) -> Iterator[None]:
    """Let the searches of this context leave out `steps` too, to measure what each is worth."""
    token = LEFT_OUT.set(LEFT_OUT.get() | frozenset(steps))
    try:
        yield
    finally:
        LEFT_OUT.reset(token)


@register
def known_steps(**_: Any) -> list[CheckMessage]:
    unknown = sorted(set(settings.SEARCH_WITHOUT) - set(Step))
    if not unknown:
        return []
    return [
        Error(
            f"SEARCH_WITHOUT names no step of a search: {', '.join(unknown)}.",
            hint=f"The steps are {', '.join(Step)}.",
            id="archive.E001",
        )
    ]
