"""What stands on every page of a PDF: handed over with the reason, not lost."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from archive.ingestion.parse import layout
from archive.ingestion.parse.blocks import Block, Dropped
from archive.ingestion.parse.layout import Line

NUMBER = re.compile(r"[\W_]*#(?:[\W_]|#)*")  # what a page number is without its figures


def dropped(pages: list[list[Line]], blocks: list[Block]) -> list[Dropped]:
    """The lines that `layout.to_blocks` left out of `pages` when it made `blocks` of them."""
    furniture = layout.recurring(pages)
    if all(id(line) in furniture for page in pages for line in page):
        return []  # then it left nothing out
    starts = [block.page or 0 for block in blocks]
    found = list(lines(pages, furniture))
    counts: dict[tuple[str, str], set[int]] = {}
    for edge, masked, line in found:
        counts.setdefault((edge, masked), set()).add(line.page)
    return sorted(
        (
            to_dropped(edge, masked, line, len(counts[edge, masked]), starts, len(pages))
            for edge, masked, line in found
        ),
        key=lambda each: each.place,
    )


def lines(pages: list[list[Line]], furniture: set[int]) -> Iterator[tuple[str, str, Line]]:
    """(edge, words without their figures, line), down the pages."""
    for page in pages:
        for place, line in enumerate(page):
            if id(line) in furniture:
                edge = "top" if place < len(page) / 2 else "foot"
                yield edge, layout.masked(line.words), line


def to_dropped(
    edge: str, masked: str, line: Line, count: int, starts: list[int], pages: int
) -> Dropped:
    number = NUMBER.fullmatch(masked)
    rule = "page_number" if number else "running_head" if edge == "top" else "running_foot"
    place = (bisect_left if edge == "top" else bisect_right)(starts, line.page)
    value = f"stands at the {edge} of {count} of {pages} pages"
    return Dropped(line.words, rule, value, place, line.page, f"{edge} {masked}")
