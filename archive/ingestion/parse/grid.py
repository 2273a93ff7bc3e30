"""The cells of an HTML table in their columns, and the tables that are none."""

from typing import Any

from lxml import etree

Element = etree._Element

REPEATED = 80  # characters of a cell over several rows that each of them says again
WIDEST, TALLEST = 100, 1000  # columns and rows that one cell may reach over
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class Grid:
    """One table, its rows in order. A cell over several rows stands in each, so that a row can
    be read alone; one over several columns stands in the first."""

    def __init__(self) -> None:
        self.cells: list[str] = []  # of the open row
        self.below: dict[int, tuple[int, str]] = {}  # by column: rows still to come, words

    def add(self, said: str, rows: str | None, columns: str | None) -> None:
        """A cell with its `rowspan` and `colspan` as the page states them."""
        self.fill()
        down, across = span(rows, TALLEST), span(columns, WIDEST)
        for column in range(across):
            said = said if column == 0 else ""
            if down > 1:
                again = said if len(said) <= REPEATED else ""
                self.below[len(self.cells)] = (down - 1, again)
            self.cells.append(said)

    def fill(self) -> None:
        """The columns that a cell from above reaches into."""
        while (at := len(self.cells)) in self.below:
            left, said = self.below.pop(at)
            if left > 1:
                self.below[at] = (left - 1, said)
            self.cells.append(said)

    def row(self) -> list[str]:
        """The cells of the row just closed, one a column."""
        self.fill()
        found, self.cells = self.cells, []
        return found


def span(stated: str | None, most: int) -> int:
    """0 is, by the standard, to the end of the table."""
    number = int(stated) if stated and stated.isdigit() and len(stated) < 7 else 1
    return min(number or most, most)


def frames(root: Element) -> set[Element]:
    """The tables that lay out the page: by their role, or with headings or tables in cells."""
    found: set[Element] = set()
    open_ones: list[list[Any]] = []  # table, whether it has column heads
    tags = ("table", "th", *HEADINGS)
    for event, element in etree.iterwalk(root, events=("start", "end"), tag=tags):
        if event == "end":
            if element.tag == "table" and open_ones:
                open_ones.pop()
        elif element.tag == "th" and open_ones:
            open_ones[-1][1] = True
        elif open_ones and not open_ones[-1][1]:
            found.add(open_ones[-1][0])
        if event == "start" and element.tag == "table":
            open_ones.append([element, False])
            if element.get("role") in {"presentation", "none"}:
                found.add(element)
    return found
