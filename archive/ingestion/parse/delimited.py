"""CSV and TSV: a record a row, whatever parts its cells."""

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from io import StringIO

from archive.ingestion.parse import titles
from archive.ingestion.parse.blocks import Parsed, ParseError
from archive.ingestion.parse.encoding import decoded
from archive.ingestion.parse.records import Row, Table, listed

DELIMITERS = ",;\t|"
SAMPLE = 200  # rows by which the delimiter is told
LENGTH = 1 << 16  # characters by which it is told


def parse(data: bytes, stem: str) -> Parsed:
    """The title is the file's name: a table says none of its own."""
    text = decoded(data).replace("\x00", "")
    table = Table(rows(text))
    try:
        blocks = list(table.blocks())
    except csv.Error:
        raise ParseError("This table could not be read: its rows are damaged.") from None
    notes = []
    if table.uneven:
        notes.append(f"Rows {listed(table.uneven)} have more cells than there are columns.")
    return Parsed(blocks, titles.from_name(stem), date=titles.date_in_name(stem), notes=notes)


def rows(text: str) -> Iterator[Row]:
    csv.field_size_limit(sys.maxsize)  # what is too long is refused in a sentence, by Table
    named, _, rest = text.partition("\n")
    if named.strip().lower().startswith("sep=") and len(named.strip()) == 5:  # Excel's own line
        yield from read(rest, named.strip()[4])
    else:
        yield from read(text, delimiter(text))


def read(text: str, parted_by: str) -> Iterator[Row]:
    """Rows by the line on which they end, so that an editor finds them."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=parted_by)
    for cells in reader:
        yield reader.line_num, cells


def delimiter(text: str) -> str:
    """What parts most rows into the same number of cells, more than one."""
    sample = text[:LENGTH]
    found = {}
    for each in DELIMITERS:
        widths: Counter[int] = Counter()
        for number, (_, cells) in enumerate(read(sample, each)):
            if number >= SAMPLE:
                break
            widths[len(cells)] += bool(cells)
        width, count = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[1]))
        found[each] = (count if width > 1 else 0, width)
    return max(DELIMITERS, key=lambda each: found[each])
