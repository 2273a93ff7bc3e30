"""What a log shows of an address: what people wrote into it is nobody's business."""

import re
from collections.abc import Iterator
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver

PART = re.compile(r"[a-z0-9_.-]*")  # of an address of ours
ROW = re.compile(r"\d{0,7}|[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}")
LEFT_OUT = "…"


def shown_path(path: str, *, answered: bool) -> str:
    """An address with those of its parts left out that no page of the product's has.

    Of one that was not `answered` only the words of our own routes are shown, and numbers of rows:
    a name in small letters looks like a house's.
    """
    return "/".join(part if is_ours(part, answered) else LEFT_OUT for part in path.split("/"))


def is_ours(part: str, answered: bool) -> bool:
    if answered:
        return PART.fullmatch(part) is not None
    return part in words() or ROW.fullmatch(part) is not None


@cache
def words() -> frozenset[str]:
    """The parts of all routes that stand in them as they are."""
    return frozenset(walked(get_resolver().url_patterns))


def walked(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for each in patterns:
        yield from (part for part in str(each.pattern).split("/") if PART.fullmatch(part))
        if isinstance(each, URLResolver):
            yield from walked(each.url_patterns)
