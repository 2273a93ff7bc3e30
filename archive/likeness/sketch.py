"""A text in numbers: MinHash of its 5-grams, and a few of its longer stretches as anchors.

MinHash is Broder's (On the resemblance and containment of documents, 1997), anchors are sampled
by their value as Manber samples (Finding similar files in a large file system, 1994).
"""

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

GRAM = 5  # characters
LONG_GRAM = 12  # characters
BANDS, ROWS = 32, 4
HASHES = BANDS * ROWS
ANCHOR = 32  # characters
EVERY = 16  # of how many stretches one is an anchor
CHUNK = 4096  # grams hashed at once
MIX = np.uint64(0x9E3779B97F4A7C15)  # the golden ratio's fraction
DRAWN = np.random.default_rng(20260101)
FACTORS = (DRAWN.integers(0, 2**31, HASHES, dtype=np.uint32) * np.uint32(2) + np.uint32(1))[:, None]
SHIFTS = DRAWN.integers(0, 2**32, HASHES, dtype=np.uint32)[:, None]

Hashes = npt.NDArray[np.uint32]
Keys = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Sketch:
    digest: bytes  # of all words, 16 bytes
    sentences: Keys  # one hash a sentence, as they stand
    least: Hashes  # (HASHES,), the MinHash
    anchors: Keys
    size: int  # how many different 5-grams it has


def sketch(parts: list[str]) -> Sketch:
    """Of a text by its bare sentences."""
    text = " ".join(parts)
    hashes = np.array([key(part) for part in parts], np.uint64)
    return Sketch(hashlib.blake2b(text.encode(), digest_size=16).digest(), hashes, *of_text(text))


def key(words: str) -> int:
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest(), "little")


def of_text(text: str) -> tuple[Hashes, Keys, int]:
    """The MinHash and the anchors of a bare text, and how many different 5-grams it has."""
    rolled = windows(codes(text), ANCHOR)
    found = grams(text)
    return least(found), np.unique(rolled[rolled % np.uint64(EVERY) == 0]), len(found)


def codes(text: str) -> Keys:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64) + np.uint64(1)


def windows(letters: Keys, size: int) -> Keys:
    """A hash of each stretch of `size` letters; of the whole where it is shorter."""
    rolled, width = letters * MIX, 1
    rolled ^= rolled >> np.uint64(29)
    size = max(min(size, len(letters)), 1)
    while width < size:
        step = min(width, size - width)
        rolled = rolled[: len(rolled) - step] * MIX + rolled[step:] * np.uint64(0xD1B54A32D192ED03)
        rolled ^= rolled >> np.uint64(31)
        width += step
    return rolled


def grams(text: str, size: int = GRAM) -> Hashes:
    """Hashes of the different stretches of `size` characters, ascending."""
    return np.unique((windows(codes(text), size) >> np.uint64(32)).astype(np.uint32))


def least(hashes: Hashes) -> Hashes:
    """(HASHES,): the least value of each of so many orders."""
    found = np.full(HASHES, 0xFFFFFFFF, np.uint32)
    for start in range(0, len(hashes), CHUNK):
        ordered = hashes[None, start : start + CHUNK] * FACTORS
        ordered += SHIFTS
        np.minimum(found, ordered.min(1), out=found)
    return found
