"""Two texts beside each other, paragraph by paragraph, with the words that differ marked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from archive.sources.match import opcodes

TOKEN = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)
WORD = re.compile(r"[^\W_]+")
BESIDE = 1  # unchanged paragraphs shown before and after a change
LONGEST = 6000  # characters of a pair of paragraphs beyond which words are not compared
PAIRS = 300  # of paragraphs whose words are compared; further ones are marked whole
CROSSES = 2500  # pairs of paragraphs compared within one stretch
ALIKE = 0.3  # share of words in both from which two paragraphs stand beside each other

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
    blocks = opcodes(old, new)
    pairs = PAIRS
    for number, (kind, start, end, first, last) in enumerate(blocks):
        if kind == "equal":
            rows += folded(old[start:end], head=number > 0, tail=number < len(blocks) - 1)
        else:
            rows += changed(old[start:end], new[first:last], pairs)
            pairs = max(0, pairs - min(end - start, last - first))
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


def changed(old: list[str], new: list[str], pairs: int) -> Iterator[Row]:
    """Paragraphs that were replaced, each beside the one it resembles; words told in `pairs`."""
    for place, (before, after) in enumerate(aligned(old, new)):
        if before is None:
            yield Row(None, [(True, after or "")])
        elif after is None:
            yield Row([(True, before)], None)
        else:
            whole = place >= pairs or len(before) + len(after) > LONGEST
            yield Row([(True, before)], [(True, after)]) if whole else Row(*marked(before, after))


def aligned(old: list[str], new: list[str]) -> Iterator[tuple[str | None, str | None]]:
    """Pairs in the order of both, chosen so that together they resemble each other most."""
    if len(old) == len(new) == 1 or len(old) * len(new) > CROSSES:
        yield from zip_longest(old, new)
        return
    words = [set(WORD.findall(each)) for each in old], [set(WORD.findall(each)) for each in new]
    # best[i][j]: the most that old[i:] and new[j:] can come to.
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            pair = likeness(words[0][i], words[1][j]) + best[i + 1][j + 1]
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(old) or j < len(new):
        if i < len(old) and best[i][j] == best[i + 1][j]:
            yield old[i], None
            i += 1
        elif j < len(new) and best[i][j] == best[i][j + 1]:
            yield None, new[j]
            j += 1
        else:
            yield old[i], new[j]
            i, j = i + 1, j + 1


def likeness(one: set[str], other: set[str]) -> float:
    """The share of words that both have, 0 where it says nothing."""
    share = len(one & other) / max(len(one | other), 1)
    return share if share >= ALIKE else 0.0


def marked(before: str, after: str) -> tuple[Words, Words]:
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    left: Words = []
    right: Words = []
    for kind, start, end, first, last in opcodes(old, new):
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
