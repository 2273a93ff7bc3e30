"""Rows of CSV and TSV files with the lines they stand on; a broken row never takes the next."""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from catalog.feeds.opening import RECORD_LIMIT, Line, lines
from catalog.feeds.product import FeedError

csv.field_size_limit(2 * RECORD_LIMIT)
DELIMITERS = ("\t", ",", ";", "|")


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one row; `reason` says why they are not to be trusted."""

    line: int
    cells: list[str]
    reason: str = ""
    cut: bool = False


class RecordTooLongError(Exception):
    """A quoted cell runs on past RECORD_LIMIT: its closing quote is missing."""


class RecordLines(Iterator[str]):
    """The lines csv.reader takes for one record, kept so that they can be given back."""

    def __init__(self, source: Iterator[Line]) -> None:
        self.source = source
        self.waiting: deque[Line] = deque()
        self.taken: list[Line] = []
        self.size = 0
        self.ended = False

    def __next__(self) -> str:
        if self.waiting:
            line = self.waiting.popleft()
        else:
            following = next(self.source, None)
            if following is None:
                self.ended = bool(self.taken)
                raise StopIteration
            line = following
        self.taken.append(line)
        self.size += len(line.text)
        if self.size > RECORD_LIMIT and not line.fault:
            raise RecordTooLongError
        return one_ending(line.text)

    def begin(self) -> None:
        self.taken, self.size, self.ended = [], 0, False

    def give_back(self) -> None:
        """All but the first line: they may well be rows of their own."""
        self.waiting.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]


def one_ending(text: str) -> str:
    """`text` with "\\n" at its end and none of the lone "\\r" that csv.reader stops at."""
    body = text.rstrip("\r\n").replace("\r", " ")
    return f"{body}\n" if text.endswith(("\n", "\r")) else body


def delimiter_of(header: str) -> str:
    """The mark that parts the most cells of a header line."""
    return max(DELIMITERS, key=lambda mark: len(cells_of(header, mark)))


def cells_of(text: str, delimiter: str) -> list[str]:
    """The cells of one line on its own, however broken; [] when there are none."""
    try:
        return next(csv.reader([one_ending(text)], delimiter=delimiter), [])
    except csv.Error:
        return []


def well_quoted(taken: list[Line], delimiter: str) -> bool:
    """Whether a record over several lines ends its quotes where cells end.

    If not, a stray quote has opened a cell and the next one of a later row has closed it.
    """
    texts = (one_ending(line.text) for line in taken)
    try:
        return len(list(csv.reader(texts, delimiter=delimiter, strict=True))) == 1
    except csv.Error:
        return False


def records(source: RecordLines, delimiter: str, width: int) -> Iterator[Record]:
    """The records of `source`, each with `width` cells or a reason why not; blank ones left out.

    A record that goes wrong over several lines is given up for its first line only.
    """
    reader = csv.reader(source, delimiter=delimiter)
    overlong = False
    while True:
        source.begin()
        cells: list[str] = []
        try:
            cells = next(reader)
        except StopIteration:
            return
        except RecordTooLongError:
            reason = f"the row is longer than {RECORD_LIMIT:,} characters"
        except csv.Error as error:
            reason = f"the row cannot be read: {error}"
        else:
            reason = fault(source, cells, delimiter, width)
        first, last = source.taken[0], source.taken[-1]
        if not reason:
            overlong = False
            if any(cell.strip() for cell in cells):
                yield Record(first.number, cells)
            continue
        # What follows an endless cell is its own lines, up to the next that looks like a row.
        if not overlong or len(cells_of(first.text, delimiter)) == width:
            cut = not last.text.endswith(("\n", "\r")) and not last.fault
            yield Record(first.number, cells_of(first.text, delimiter), reason, cut)
        overlong = overlong or source.size > RECORD_LIMIT
        source.give_back()


def fault(source: RecordLines, cells: list[str], delimiter: str, width: int) -> str:
    """Why the cells just read are no row, or ""."""
    for line in source.taken:
        if line.fault:
            return line.fault
    if source.ended or (len(source.taken) > 1 and not well_quoted(source.taken, delimiter)):
        return "a quoted cell that begins here never ends"
    if any(cells) and len(cells) != width:
        return f"the row has {len(cells)} cells and the header {width}"
    return ""


def table(path: Path) -> tuple[list[str], Iterator[Record]]:
    """The cells of the header, and the records after it. Raises FeedError without a header."""
    source = RecordLines(lines(path))
    for text in source:
        line = text.removeprefix("\ufeff")
        # Spreadsheets may say what parts the cells on a line of its own before the header.
        if line.strip() and not line.casefold().startswith("sep="):
            delimiter = delimiter_of(line)
            header = [cell.strip() for cell in cells_of(line, delimiter)]
            return header, records(source, delimiter, len(header))
    raise FeedError(f"{path.name} is empty.")
