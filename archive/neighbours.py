"""Passages found beside one another, joined into one stretch of their document."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from archive.passages import Read

MOST = 3  # passages of a stretch: a longer one would be most of what an answer is made from

WHOLE = """
    SELECT passage, substr(text, first + 1, last - first) FROM unnest(
        %s::bigint[], %s::bigint[], %s::int[], %s::int[]
    ) AS held (passage, version, first, last)
    JOIN archive_documentversion AS version ON version.id = held.version
"""


@dataclass(frozen=True, slots=True)
class Stretch:
    """`version.text[start:end] == text`: one passage found, or several that follow one another."""

    passage: Read  # the best of them
    start: int
    end: int
    text: str


def joined(found: Sequence[Read]) -> list[Stretch]:
    """Passages that stand next to one another in a document as one, at the place of the best."""
    groups: list[list[Read]] = []
    for passage in found:  # best first, so that the first of a group is its best
        near = next((group for group in groups if beside(passage, group)), None)
        if near is None:
            groups.append([passage])
        else:
            near.append(passage)
    texts = whole([group for group in groups if len(group) > 1])
    return [stretch(group, texts.get(group[0].pk, "")) for group in groups]


def whole(groups: Sequence[Sequence[Read]]) -> dict[int, str]:
    """What each group covers of its version's text, by the key of its best."""
    if not groups:
        return {}
    given = [(g[0].pk, g[0].version_id, min(each.start for each in g), ends(g)) for g in groups]
    with connection.cursor() as cursor:
        cursor.execute(WHOLE, list(map(list, zip(*given, strict=True))))
        return dict(cursor.fetchall())


def ends(group: Sequence[Read]) -> int:
    return max(each.end for each in group)


def beside(passage: Read, group: Sequence[Read]) -> bool:
    """Whether `passage` comes right before or after what `group` covers, and there is room."""
    if len(group) >= MOST or passage.version_id != group[0].version_id:
        return False
    numbers = [each.number for each in group]
    return passage.number in (min(numbers) - 1, max(numbers) + 1)


def stretch(group: Sequence[Read], text: str = "") -> Stretch:
    """Of passages that follow one another, the best first; `text` is what they cover."""
    best = group[0]
    if len(group) == 1:
        return Stretch(best, best.start, best.end, best.text)
    return Stretch(best, min(each.start for each in group), ends(group), text)
