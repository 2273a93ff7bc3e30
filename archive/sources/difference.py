"""Two texts beside each other, paragraph by paragraph, with the words that differ marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

TOKEN = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)
BESIDE = 1  # unchanged paragraphs shown before and after a change
LONGEST = 6000  # characters of a pair of paragraphs beyond which words are not compared
PAIRS = 300  # of paragraphs whose words are compared; further ones are marked whole
MANY = 5000  # paragraphs beyond which those that recur often are not aligned

Words = list[tuple[bool, str]]  # (whether it differs, text)


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph before and after, None where there is none; or unchanged ones to be folded."""

    before: Words | None = None
    after: Words | None = None
    hidden: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        return any(differs for side in (self.before, self.after) for differs, _ in side or [])


def difference(before: str, after: str) -> list[Row]:
    """The rows of a page that shows what `after` changes, unchanged stretches folded."""
    old, new = paragraphs(before), paragraphs(after)
    rows: list[Row] = []
    matcher = SequenceMatcher(None, old, new, autojunk=len(new) > MANY)
    blocks = matcher.get_opcodes()
    pairs = PAIRS
    for number, (kind, start, end, first, last) in enumerate(blocks):
        if kind == "equal":
            rows += folded(old[start:end], head=number > 0, tail=number < len(blocks) - 1)
        else:
            rows += changed(old[start:end], new[first:last], closely=pairs > 0)
            pairs -= min(end - start, last - first)
    return rows


def paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def folded(same: list[str], *, head: bool, tail: bool) -> Iterator[Row]:
    """Unchanged paragraphs: those next to a change, and how many stand between them."""
    front = BESIDE if head else 0
    back = BESIDE if tail else 0
    if len(same) <= front + back + 1:
        front, back = len(same), 0
    for each in same[:front]:
        yield Row([(False, each)], [(False, each)])
    if hidden := same[front : len(same) - back]:
        yield Row(hidden=tuple(hidden))
    for each in same[len(same) - back :] if back else []:
        yield Row([(False, each)], [(False, each)])


def changed(old: list[str], new: list[str], *, closely: bool) -> Iterator[Row]:
    """Paragraphs that were replaced, each beside the one in its place; words told if `closely`."""
    for before, after in zip_longest(old, new):
        if before is None:
            yield Row(None, [(True, after)])
        elif after is None:
            yield Row([(True, before)], None)
        else:
            whole = not closely or len(before) + len(after) > LONGEST
            yield Row([(True, before)], [(True, after)]) if whole else Row(*marked(before, after))


def marked(before: str, after: str) -> tuple[Words, Words]:
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    left: Words = []
    right: Words = []
    # Spaces alone never make two paragraphs alike.
    matcher = SequenceMatcher(str.isspace, old, new, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        same = kind == "equal"
        add(left, not same, "".join(old[start:end]))
        add(right, not same, "".join(new[first:last]))
    return left, right


def add(words: Words, differs: bool, text: str) -> None:
    """Joined to what came before where both differ but for a space between them."""
    if not text:
        return
    if len(words) >= 2 and differs and words[-1][1].isspace() and words[-2][0]:
        space = words.pop()[1]
        words[-1] = (True, words[-1][1] + space + text)
    else:
        words.append((differs, text))
