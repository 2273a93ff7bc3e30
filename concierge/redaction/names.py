"""An optional model that knows names by how they stand, for a house that installs one.

`NAME_MODEL` is the dotted path of a class made without arguments, with one method `names(text)`
that gives the places of names of people as pairs (start, end). It is made once a process, used by
several threads at once, and waited for: it should answer in milliseconds.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from concierge.redaction.found import Found


class NameModel(Protocol):
    def names(self, text: str) -> Iterable[tuple[int, int]]: ...


def modelled(text: str) -> Iterator[Found]:
    """Names that the house's model finds; none without one. Raises what the model raises."""
    if settings.NAME_MODEL:
        for start, end in made(settings.NAME_MODEL).names(text):
            yield Found("NAME", start, end)


@lru_cache(maxsize=1)
def made(path: str) -> NameModel:
    model: NameModel = import_string(path)()
    return model
