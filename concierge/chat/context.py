"""A citation opened: the quoted words in the text around them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from concierge.chat.models import Citation

AROUND = 1400  # characters of the document shown on each side, at most


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the document, in parts: (words, whether they are the quoted ones)."""

    parts: tuple[tuple[str, bool], ...]
    is_heading: bool = False
    is_first_quoted: bool = False


def cited_context(citation: Citation) -> dict[str, Any]:
    """The text around the quoted words, cut between paragraphs or words; where it stands."""
    version = citation.version
    text = version.text
    start = _earlier_bound(text, citation.start)
    end = _later_bound(text, citation.end)
    heads = [(h["start"], h["end"]) for h in version.headings]
    above = [text[begin:finish] for begin, finish in heads if finish <= citation.start]
    return {
        "citation": citation,
        "document": version.document,
        "heading": above[-1].strip() if above else "",
        "paragraphs": list(_paragraphs(text, (start, end), citation, heads)),
        "starts_inside": start > 0,
        "ends_inside": end < len(text),
    }


def _paragraphs(
    text: str, span: tuple[int, int], citation: Citation, heads: list[tuple[int, int]]
) -> Iterator[Paragraph]:
    begin, end = span
    for line in text[begin:end].splitlines(keepends=True):
        finish = begin + len(line.rstrip())
        if finish > begin:
            first, last = (min(max(c, begin), finish) for c in (citation.start, citation.end))
            parts = (
                (text[begin:first], False),
                (text[first:last], True),
                (text[last:finish], False),
            )
            yield Paragraph(
                parts=tuple((words, quoted) for words, quoted in parts if words),
                is_heading=any(begin < e and s < finish for s, e in heads),
                is_first_quoted=begin <= citation.start < finish,
            )
        begin += len(line)


def _earlier_bound(text: str, position: int) -> int:
    low = max(0, position - AROUND)
    if low == 0:
        return 0
    for bound in ("\n", ". ", " "):
        found = text.find(bound, low, position)
        if found >= 0:
            return found + len(bound)
    return low


def _later_bound(text: str, position: int) -> int:
    high = min(len(text), position + AROUND)
    if high == len(text):
        return high
    for bound in ("\n", ". ", " "):
        found = text.rfind(bound, position, high)
        if found >= 0:
            return found + len(bound.strip())
    return high
