"""The keys of clients, wrapped anew under the first of CLIENT_KEYS; what they seal stays."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from concierge.clients import kept_keys
from concierge.clients.keys import Ring, ring
from concierge.clients.models import Key

BATCH = 500  # keys locked at a time


@dataclass(frozen=True, slots=True)
class Rotated:
    """`spare` are the keys of CLIENT_KEYS that wrap nothing any more, by name; `missing` those that
    still wrap something and are not in it."""

    wrapped: int
    current: str
    spare: tuple[str, ...]
    missing: tuple[str, ...]


def rotate(tell: Callable[[int], None] = lambda wrapped: None) -> Rotated:
    """Broken off at any moment, it goes on where it was; the site runs meanwhile.

    `tell` is given how many have been wrapped so far. Raises SealError for a key that was tampered
    with.
    """
    keys, wrapped = ring(), 0
    for old in wrappers():
        if old == keys.current or old not in keys.names:
            continue
        while count := _batch(keys, old):
            wrapped += count
            tell(wrapped)
    if wrapped and kept_keys.path().exists():
        kept_keys.keep()
    using = wrappers()
    return Rotated(
        wrapped=wrapped,
        current=keys.current,
        spare=tuple(name for name in keys.names if name not in {*using, keys.current}),
        missing=missing(),
    )


def _batch(keys: Ring, old: str) -> int:
    """Wrap some of those under `old` anew; one that is being erased meanwhile stays erased."""
    with transaction.atomic():
        rows = list(Key.objects.select_for_update().filter(wrapper=old).order_by("pk")[:BATCH])
        for row in rows:
            row.wrapped = keys.wrap(keys.unwrap(row), row.visitor_id)
            row.wrapper = keys.current
        Key.objects.bulk_update(rows, ["wrapped", "wrapper"])
    return len(rows)


def wrappers() -> list[str]:
    """The keys of the environment that any client's is wrapped by: one probe of the index each."""
    found: list[str] = []
    names = Key.objects.order_by("wrapper").values_list("wrapper", flat=True)
    while (name := names.filter(wrapper__gt=found[-1] if found else "").first()) is not None:
        found.append(name)
    return found


def missing() -> tuple[str, ...]:
    """Those of them that CLIENT_KEYS does not name: what they wrap cannot be opened."""
    return tuple(name for name in wrappers() if name not in ring().names)
