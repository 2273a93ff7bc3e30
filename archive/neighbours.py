"""Passages found beside one another, joined into one stretch of their document."""

from collections.abc import Sequence
from dataclasses import dataclass

from archive.models import DocumentVersion, Passage

MOST = 3  # passages of a stretch: a longer one would be most of what an answer is made from


@dataclass(frozen=True, slots=True)
class Stretch:
    """`version.text[start:end] == text`: one passage found, or several that follow one another."""

    passage: Passage  # the best of them
    start: int
    end: int
    text: str


def joined(found: Sequence[Passage]) -> list[Stretch]:
    """Passages that stand next to one another in a document as one, at the place of the best."""
    groups: list[list[Passage]] = []
    for passage in found:  # best first, so that the first of a group is its best
        near = next((group for group in groups if beside(passage, group)), None)
        if near is None:
            groups.append([passage])
        else:
            near.append(passage)
    texts = dict(
        DocumentVersion.objects.filter(
            pk__in={group[0].version_id for group in groups if len(group) > 1}
        ).values_list("pk", "text")
    )
    return [stretch(group, texts.get(group[0].version_id, "")) for group in groups]


def beside(passage: Passage, group: Sequence[Passage]) -> bool:
    """Whether `passage` comes right before or after what `group` covers, and there is room."""
    if len(group) >= MOST or passage.version_id != group[0].version_id:
        return False
    numbers = [each.number for each in group]
    return passage.number in (min(numbers) - 1, max(numbers) + 1)


def stretch(group: Sequence[Passage], text: str = "") -> Stretch:
    """Of passages that follow one another, the best first; `text` is their version's."""
    best = group[0]
    if len(group) == 1:
        return Stretch(best, best.start, best.end, best.text)
    start, end = min(each.start for each in group), max(each.end for each in group)
    return Stretch(best, start, end, text[start:end])
