"""What leaves the house to be embedded passes through here first.

The archive does not know whose words it is given; what hides personal data stands above it, and is
named by EMBEDDER_DISCRETION.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class Discretion(Protocol):
    """The texts as they may leave, in their order. `of_house` are passages, not questions."""

    def __call__(self, texts: Sequence[str], *, of_house: bool) -> list[str]: ...


def discreet(texts: Sequence[str], *, of_house: bool) -> list[str]:
    """Raises ImportError where the setting names nothing: then nothing leaves."""
    return named(settings.EMBEDDER_DISCRETION)(texts, of_house=of_house)


@lru_cache(maxsize=1)
def named(path: str) -> Discretion:
    found: Discretion = import_string(path)
    return found
