"""A citation opened: the quoted words in the text around them."""

from typing import Any

from concierge.chat.models import Citation

AROUND = 1200  # characters of the document shown on each side


def cited_context(citation: Citation) -> dict[str, Any]:
    """The words before, quoted and after, cut at a paragraph or a word; where in the document."""
    version = citation.version
    text = version.text
    start = _earlier_bound(text, citation.start)
    end = _later_bound(text, citation.end)
    return {
        "citation": citation,
        "document": version.document,
        "version": version,
        "heading": _heading(version.headings, text, citation.start),
        "before": text[start : citation.start],
        "quoted": text[citation.start : citation.end],
        "after": text[citation.end : end],
        "starts_inside": start > 0,
        "ends_inside": end < len(text),
    }


def _earlier_bound(text: str, position: int) -> int:
    low = max(0, position - AROUND)
    if low == 0:
        return 0
    for bound in ("\n\n", "\n", " "):
        found = text.find(bound, low, position)
        if found >= 0:
            return found + len(bound)
    return low


def _later_bound(text: str, position: int) -> int:
    high = min(len(text), position + AROUND)
    if high == len(text):
        return high
    for bound in ("\n\n", "\n", " "):
        found = text.rfind(bound, position, high)
        if found >= 0:
            return found
    return high


def _heading(headings: list[dict[str, int]], text: str, position: int) -> str:
    above = [h for h in headings if h["start"] <= position]
    return text[above[-1]["start"] : above[-1]["end"]] if above else ""
