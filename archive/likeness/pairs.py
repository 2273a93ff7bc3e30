"""Which texts may be copies of one another, out of all the pairs there are."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from archive.likeness.sketch import BANDS, HASHES, ROWS, Hashes, Keys

MANY = 40  # texts in one band of which not every pair is looked at, only neighbours
RECURS = 12  # writings that may share a sentence before it is nobody's own
ODD = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], np.uint64
)  # any odd numbers will do

Pairs = npt.NDArray[np.int64]  # (pairs, 2), the lower number first, ascending, none twice


def banded(least: Hashes) -> Pairs:
    """Pairs of rows of `least` (texts, HASHES) that agree in a whole band.

    Of many in one band, those are paired that are nearest in the band behind it.
    """
    found = [np.empty((0, 2), np.int64)]
    for band in range(BANDS):
        rows = least[:, band * ROWS : (band + 1) * ROWS].astype(np.uint64)
        keys = (rows * ODD).sum(1, dtype=np.uint64)
        found += together(keys, least[:, (band + 1) * ROWS % HASHES])
    return unique(np.concatenate(found))


def anchored(anchors: Sequence[Keys]) -> Pairs:
    """Pairs of texts that share a longer stretch which no more than RECURS hold."""
    sizes = [len(each) for each in anchors]
    owners = np.repeat(np.arange(len(anchors)), sizes)
    keys = np.concatenate([*anchors, np.empty(0, np.uint64)])
    found = [np.empty((0, 2), np.int64)]
    found += together(keys, owners, owners, RECURS)
    return unique(np.concatenate(found))


def together(
    keys: Keys,
    order: npt.NDArray[Any],
    owners: npt.NDArray[Any] | None = None,
    most: int | None = None,
) -> Iterator[Pairs]:
    """Pairs of places (or of their owners) that have one key; keys of more than `most` do not."""
    placed = np.lexsort((order, keys))
    same = keys[placed]
    starts = np.flatnonzero(np.r_[True, same[1:] != same[:-1]]) if len(same) else np.empty(0, int)
    sizes = np.diff(np.r_[starts, len(same)])
    named = placed if owners is None else owners[placed]
    for size in np.unique(sizes[sizes > 1]):
        if most is not None and size > most:
            break
        blocks = named[starts[sizes == size][:, None] + np.arange(size)]
        reach = size if size <= MANY else 2
        for step in range(1, reach):
            yield np.stack([blocks[:, :-step].ravel(), blocks[:, step:].ravel()], 1)


def unique(pairs: Pairs) -> Pairs:
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    return np.unique(np.sort(pairs, 1), axis=0)


def groups(count: int, pairs: Pairs) -> npt.NDArray[np.int64]:
    """(count,): the lowest number each is joined to, directly or by others."""
    lowest = np.arange(count)
    while True:
        least = np.minimum(lowest[pairs[:, 0]], lowest[pairs[:, 1]])
        joined = lowest.copy()
        np.minimum.at(joined, pairs[:, 0], least)
        np.minimum.at(joined, pairs[:, 1], least)
        joined = joined[joined]
        if (joined == lowest).all():
            return lowest
        lowest = joined


def recurring(sentences: Sequence[Keys], writings: npt.NDArray[np.int64]) -> Keys:
    """The sentences that stand in more than RECURS writings, ascending."""
    parts = [np.unique(each) for each in sentences]
    owners = np.repeat(writings, [len(each) for each in parts])
    keys = np.concatenate([*parts, np.empty(0, np.uint64)])
    held = np.unique(np.stack([keys, owners.astype(np.uint64)], 1), axis=0)[:, 0]
    found, counts = np.unique(held, return_counts=True)
    return found[counts > RECURS]
