"""How much of a file's known content comes out of it, and where.

Text: `2 * common / (ours + known)` over characters in reading order, where `common` is the longest
common subsequence (the Indel ratio); white space runs count as one blank, and the marks that
stand for structure (cell bars, bullets) are left out on both sides. Headings: F1 over (level,
words). Cells: F1 over (first cell of the row, column, words): a cell is right only in its row and
column. Turns: F1 over (speaker, words). Spans: the share of passages, headings, pages and turns
that are exactly the characters they claim to be.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from archive.ingestion.clean import Cleaned, clean, plain
from archive.ingestion.parse.blocks import Parsed
from archive.ingestion.parse.registry import CSV, TSV, XLSX
from archive.ingestion.split import split
from bench.fidelity.records import as_rows

RECORDS = {CSV, TSV, XLSX}  # read as records: "Column: value; Column: value"
STRUCTURE = re.compile(r"[|•▪◦‣●○■]|^[-–*] ", re.M)
BAR = re.compile(r"\s*\|\s*")
Truth = dict[str, Any]


@dataclass
class Counts:
    """Of things found: how many were right, how many there are, how many we gave."""

    right: int = 0
    known: int = 0
    given: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.right + other.right, self.known + other.known, self.given + other.given)

    @property
    def f1(self) -> float | None:
        """None where there is nothing to find and nothing was found."""
        whole = self.known + self.given
        return 2 * self.right / whole if whole else None


@dataclass
class Figures:
    """Of one file."""

    text: float
    headings: Counts
    cells: Counts
    turns: Counts
    spans: Counts
    wrong: dict[str, list[Any]] = field(default_factory=dict)  # what is missing and what is extra


def normal(text: str) -> str:
    return " ".join(STRUCTURE.sub(" ", unicodedata.normalize("NFC", text)).split())


def similarity(known: str, ours: str) -> float:
    known, ours = normal(known), normal(ours)
    whole = len(known) + len(ours)
    return 2 * common(known, ours) / whole if whole else 1.0


def common(one: str, other: str) -> int:
    """Length of the longest common subsequence, a row of bits at a time (Hyyrö 2004)."""
    places: dict[str, int] = {}
    for place, character in enumerate(one):
        places[character] = places.get(character, 0) | 1 << place
    whole = (1 << len(one)) - 1
    row = whole
    for character in other:
        met = row & places.get(character, 0)
        row = (row + met | row - met) & whole
    return len(one) - row.bit_count()


def text_of(truth: Truth) -> str:
    lines = []
    for kind, *rest in truth["parts"]:
        if kind == "table":
            lines.extend(" ".join(filter(None, row)) for row in rest[0])
        elif kind == "turn":
            lines.append(f"{rest[0]}: {rest[2]}")
        elif kind == "ol":
            lines.append(f"{rest[0]}. {rest[1]}")
        elif kind == "note":
            lines.append(f"{rest[0]} {rest[1]}")
        else:
            lines.append(rest[-1])
    return "\n".join(lines)


def headings_of(truth: Truth) -> list[tuple[int, str]]:
    return [(rest[0], normal(rest[1])) for kind, *rest in truth["parts"] if kind == "h"]


def cells_of(rows: list[list[str]]) -> list[tuple[str, int, str]]:
    """(first cell of the row, column, words) of each cell that holds words."""
    clean_rows = [[" ".join(cell.split()) for cell in row] for row in rows]
    return [(row[0], column, cell) for row in clean_rows for column, cell in enumerate(row) if cell]


def known_cells(truth: Truth) -> list[tuple[str, int, str]]:
    tables = [rest[0] for kind, *rest in truth["parts"] if kind == "table"]
    return [cell for rows in tables for cell in cells_of(rows)]


def given_cells(text: str) -> list[tuple[str, int, str]]:
    return cells_of([BAR.split(line) for line in text.split("\n") if "|" in line])


def known_turns(truth: Truth) -> list[tuple[str, str]]:
    return [(rest[0], normal(rest[2])) for kind, *rest in truth["parts"] if kind == "turn"]


def given_turns(document: Cleaned) -> list[tuple[str, str]]:
    found = []
    for turn in document.turns:
        said = document.text[turn.start : turn.end].removeprefix(f"{turn.speaker}:")
        found.append((turn.speaker, normal(said)))
    return found


def counted(known: list[Any], given: list[Any]) -> tuple[Counts, list[Any]]:
    """The counts, and what is missing ("-") and extra ("+")."""
    ours, theirs = Counter(given), Counter(known)
    right = (ours & theirs).total()
    wrong = [("-", each) for each in (theirs - ours)] + [("+", each) for each in (ours - theirs)]
    return Counts(right, len(known), len(given)), wrong


def spans(parsed: Parsed, document: Cleaned) -> Counts:
    """Passages, headings, pages and turns against the characters they stand for."""
    text = document.text
    pieces = split(document).pieces
    found = [text[each.start : each.end] == each.text for each in pieces]
    found += [bool(each.text.strip()) and each.text == each.text.strip() for each in pieces]
    for wanted, given in (
        ([b.text for b in parsed.blocks if b.level and plain(b.text)], document.headings),
        ([b.text for b in parsed.blocks if b.speaker and plain(b.text)], spanned(document)),
    ):
        found.append(len(wanted) == len(given))
        found += [
            plain(words) == text[span["start"] : span["end"]]
            for words, span in zip(wanted, given, strict=False)
        ]
    if document.pages:
        bounds = [page["start"] for page in document.pages] + [len(text)]
        ends = [page["end"] for page in document.pages]
        found += [bounds[0] == 0, bounds[1:] == ends]
        found += [text[p["start"] : p["end"]].strip() != "" for p in document.pages]
    return Counts(sum(found), len(found), len(found))


def spanned(document: Cleaned) -> list[dict[str, int]]:
    return [{"start": turn.start, "end": turn.end} for turn in document.turns]


def figures(truth: Truth, parsed: Parsed) -> Figures:
    document = clean(parsed)
    text = as_rows(document.text) if parsed.media_type in RECORDS else document.text
    titled = [(h["level"], normal(document.text[h["start"] : h["end"]])) for h in document.headings]
    headings, wrong_headings = counted(headings_of(truth), titled)
    cells, wrong_cells = counted(known_cells(truth), given_cells(text))
    turns, wrong_turns = counted(known_turns(truth), given_turns(document))
    return Figures(
        similarity(text_of(truth), text),
        headings,
        cells,
        turns,
        spans(parsed, document),
        {"headings": wrong_headings, "cells": wrong_cells, "turns": wrong_turns},
    )
