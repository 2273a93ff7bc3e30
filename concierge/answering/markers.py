"""The marks [n] and [Pn] that a model puts after what it says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MARKERS = re.compile(
    r"\s*[\[【]\s*(?:sources?\s*)?(?P<inside>P?\d{1,3}(?:\s*[,;]\s*P?\d{1,3})*)\s*[\]】]"
)
# What looks like a marker and is none: [-1], [1e3], [P], [source A].
STRAY = re.compile(
    r"\s*[\[【]\s*(?:[-+–^]?\d[\d.,;:eE+–^-]*|P?n|P-?\d*|sources?\b[^\]】\n]{0,20})\s*[\]】]"
)
ONE = re.compile(r"(P?)(\d+)")
ANY = re.compile(f"{MARKERS.pattern}|{STRAY.pattern}")
NO_ANSWER = "[none]"


@dataclass(frozen=True, slots=True)
class Marker:
    """`[number]` or, of a piece, `[Pnumber]`, standing after `at` characters of the bare text."""

    at: int
    number: int
    of_piece: bool


def markers_in(match: re.Match[str], at: int) -> Iterator[Marker]:
    for piece, number in ONE.findall(match["inside"] or ""):
        yield Marker(at, int(number), bool(piece))


def bare(draft: str) -> tuple[str, list[Marker]]:
    """The draft without its markers, those that mean nothing included, and where they stood."""
    draft = draft.replace(NO_ANSWER, "")
    parts: list[str] = []
    markers: list[Marker] = []
    length = position = 0
    for match in ANY.finditer(draft):
        parts.append(draft[position : match.start()])
        length += len(parts[-1])
        markers.extend(markers_in(match, length))
        position = match.end()
    parts.append(draft[position:])
    return "".join(parts), markers
