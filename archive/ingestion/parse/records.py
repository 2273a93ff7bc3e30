"""Rows of a table into blocks: a record a row where the columns have names."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice, pairwise

from archive.ingestion.parse.blocks import MOST, Block, ParseError

LOOK = 20  # rows in which the names of the columns are looked for
NUMBER = re.compile(r"[\d\s.,:/%€$£¥+-]*\d[\d\s.,:/%€$£¥+-]*")
YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
LONGEST_NAME = 60  # characters of a column's name

Row = tuple[int, list[str]]  # its number in the file, from 1, and its cells


class Table:
    """The rows of one sheet or file; `uneven` are the numbers of those that do not fit the head.

    A row under a head is "Column: value; Column: value", without the cells that are empty; one
    without is "value | value". What stands in one cell above the head is a paragraph.
    """

    def __init__(self, rows: Iterable[Row], *, page: int | None = None) -> None:
        self.rows = ((number, trimmed(cells)) for number, cells in rows)
        self.page = page
        self.uneven: list[int] = []
        self.size = 0  # characters so far

    def blocks(self) -> Iterator[Block]:
        filled = (row for row in self.rows if row[1])
        first = list(islice(filled, LOOK))
        at = head_of([cells for _, cells in first])
        above = first if at is None else first[:at]
        for number, (_, cells) in enumerate(above):
            yield self.block(" | ".join(cells), first=number == 0 or len(cells) == 1)
        if at is None:
            yield from (self.block(" | ".join(cells)) for _, cells in filled)
            return
        names = unique(first[at][1])
        for place, (number, cells) in enumerate(chain(first[at + 1 :], filled)):
            if len(cells) > len(names):
                self.uneven.append(number)
            yield self.block(record(names, cells), first=place == 0)

    def block(self, text: str, *, first: bool = False) -> Block:
        """Raises ParseError once there is more than one document may have."""
        self.size += len(text)
        if self.size > MOST:
            raise ParseError(
                f"This table holds more than {MOST // 1_000_000} million characters: "
                "bring it in in parts."
            )
        return Block(text, before="\n\n" if first else "\n", page=self.page)


def trimmed(cells: list[str]) -> list[str]:
    """`cells` on one line each, without the empty ones at the end."""
    cells = [" ".join(cell.split()) for cell in cells]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def head_of(rows: list[list[str]]) -> int | None:
    """The place of the row that names the columns: words alone, different, over other cells."""
    widest = max(map(len, rows), default=0)
    for place, cells in enumerate(rows):
        if len(cells) < 2 or 2 * len(cells) < widest:
            continue
        named = [cell for cell in cells if cell]
        numbers = [cell for cell in named if NUMBER.fullmatch(cell)]
        words = (not numbers or are_years(numbers)) and max(map(len, named)) <= LONGEST_NAME
        apart = len({cell.casefold() for cell in named}) == len(named)
        whole = len(named) > len(cells) / 2
        return place if words and apart and whole and place + 1 < len(rows) else None
    return None


def are_years(cells: list[str]) -> bool:
    """Whether they name columns of accounts: years that follow one another, up or down."""
    if len(cells) < 2 or not all(map(YEAR.fullmatch, cells)):
        return False
    years = list(map(int, cells))
    return {after - before for before, after in pairwise(years)} in ({1}, {-1})


def unique(names: list[str]) -> list[str]:
    return [name or f"Column {place}" for place, name in enumerate(names, 1)]


def record(names: list[str], cells: list[str]) -> str:
    """The row in words; cells beyond the last name stand at its end, by themselves."""
    said = [f"{name}: {cell}" for name, cell in zip(names, cells, strict=False) if cell]
    return "; ".join([*said, *filter(None, cells[len(names) :])])


def listed(numbers: Iterable[int], most: int = 12) -> str:
    """Numbers as a person writes them: "3, 7-9 and 14", the rest counted."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    said = [str(a) if a == b else f"{a}-{b}" for a, b in spans]
    if len(said) > most:
        return f"{', '.join(said[:most])} and more"
    return " and ".join(filter(None, [", ".join(said[:-1]), said[-1]]))
