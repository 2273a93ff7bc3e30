"""Looks for very many byte strings at once, at every offset of every file.

The last eight bytes of each are a number; so are any eight bytes of a file. A table of bits tells
in one step whether a number may be one of them, and only those that may be are compared.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

WINDOW = 8  # bytes
CHUNK = 8 * 2**20  # bytes read at a time
BITS = 24
SPREAD = np.uint64(0x9E3779B97F4A7C15)
Sought = tuple[str, str]  # (the mark's kind, the form it was found in)


class Needles:
    """`found` counts what was found, by kind and form; `seen` is bytes looked through."""

    def __init__(self, patterns: Iterable[tuple[bytes, Sought]]) -> None:
        self.by_window: dict[int, list[tuple[bytes, Sought]]] = {}
        for pattern, sought in patterns:
            window = int.from_bytes(pattern[-WINDOW:], "little")
            self.by_window.setdefault(window, []).append((pattern, sought))
        numbers = np.array(list(self.by_window), dtype=np.uint64)
        self.maybe = np.zeros(2**BITS, dtype=bool)
        self.maybe[self._place(numbers)] = True
        self.longest = max(
            (len(pattern) for each in self.by_window.values() for pattern, _ in each),
            default=WINDOW,
        )
        self.count = sum(len(each) for each in self.by_window.values())
        self.seen = 0

    def _place(self, numbers: np.ndarray) -> np.ndarray:
        return (numbers * SPREAD) >> np.uint64(64 - BITS)

    def look(self, place: str, chunks: Iterable[bytes]) -> Counter[tuple[str, str, str]]:
        """(place, kind, form) of each finding; what lies across two chunks is found too."""
        found: Counter[tuple[str, str, str]] = Counter()
        left = b""
        for chunk in chunks:
            self.seen += len(chunk)
            whole = left + chunk
            for kind, form in self._in(whole, len(left)):
                found[place, kind, form] += 1
            left = whole[-(self.longest - 1) :]
        return found

    def _in(self, whole: bytes, old: int) -> Iterator[Sought]:
        """Those that end after the first `old` bytes."""
        begin = max(0, old - WINDOW + 1)
        if len(whole) - begin < WINDOW:
            return
        raw = np.frombuffer(whole, dtype=np.uint8)[begin:]
        windows = np.lib.stride_tricks.sliding_window_view(raw, WINDOW)
        for start in range(0, len(windows), CHUNK):
            numbers = np.ascontiguousarray(windows[start : start + CHUNK]).view("<u8").ravel()
            for at in np.flatnonzero(self.maybe[self._place(numbers)]):
                end = begin + start + int(at) + WINDOW
                for pattern, sought in self.by_window.get(int(numbers[at]), ()):
                    if (
                        whole[:end].endswith(pattern)
                        if end < self.longest
                        else (whole[end - len(pattern) : end] == pattern)
                    ):
                        yield sought


def read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def files(folder: Path) -> Iterator[Path]:
    """Every file below, however deep; one that goes meanwhile held nothing."""
    for path in sorted(folder.rglob("*")) if folder.exists() else ():
        if path.is_file() and not path.is_symlink():
            yield path
