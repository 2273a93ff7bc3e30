"""From texts to clusters: the same, nearly the same, and the same with other words in it."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
import numpy.typing as npt

from archive.likeness import pairs
from archive.likeness.pairs import Pairs
from archive.likeness.reading import Reading, Words, folded, read, sentences
from archive.likeness.sketch import GRAM, LONG_GRAM, Hashes, Keys, Sketch, grams, key, of_text
from archive.likeness.telling import apart

CONTAINED = 0.6  # share of the shorter text's 5-grams that the longer has
LONG_CONTAINED = 0.35  # share of its longer stretches: two texts of one language share short ones
SAME_WRITING = 0.85  # of two MinHashes agree: then a sentence in both recurs but once
SPREAD = 0.02  # by which the agreement of two MinHashes may fall short of what it stands for
LEAST = 50  # characters that have to be left when what recurs is taken out
MOST = 100  # texts in one cluster, copies of the same words not counted

EXACT, NEAR, VARIANT = "exact", "near", "variant"

CHUNK = 20_000  # pairs compared at once

Counts = npt.NDArray[np.int64]
Shares = npt.NDArray[np.float64]
Texts = Callable[[Sequence[int]], Mapping[int, str]]  # by their numbers


@dataclass(frozen=True, slots=True)
class Cluster:
    kind: str
    members: dict[int, float]  # by number, ascending: the share of the shorter in another


@dataclass(slots=True)
class Text:
    """What has been looked up of one text, as far as it was needed."""

    full: str  # folded
    left: str  # bare, without what recurs
    of_size: dict[int, Hashes] = field(default_factory=dict)
    words: Reading | None = None

    def grams(self, size: int) -> Hashes:
        if size not in self.of_size:
            self.of_size[size] = grams(self.left, size)
        return self.of_size[size]

    def reading(self, catalogue: Words) -> Reading:
        if self.words is None:
            self.words = read(self.full, catalogue)
        return self.words


def agreement(least: Hashes, found: Pairs) -> Shares:
    """(pairs,): the share of their MinHashes that agree, about what they have in common."""
    agree = np.empty(len(found))
    for start in range(0, len(found), CHUNK):
        part = found[start : start + CHUNK]
        agree[start : start + CHUNK] = (least[part[:, 0]] == least[part[:, 1]]).mean(1)
    return agree


def likely(least: Hashes, sizes: Counts, found: Pairs) -> npt.NDArray[np.bool_]:
    """(pairs,): whether so much of the shorter may be in the longer."""
    short, long = np.sort(sizes[found], 1).T
    fewest = CONTAINED * short / (long + (1 - CONTAINED) * short)
    likely: npt.NDArray[np.bool_] = agreement(least, found) >= fewest - SPREAD
    return likely


def find(sketches: Sequence[Sketch], texts: Texts, catalogue: Words = frozenset()) -> list[Cluster]:
    """The clusters of `sketches`, a text with its number in each place; the largest share first.

    Only the texts of which a copy is likely are asked for.
    """
    copies: defaultdict[bytes, list[int]] = defaultdict(list)
    for number, each in enumerate(sketches):
        copies[each.digest].append(number)
    same = list(copies.values())
    comparison = Comparison([sketches[numbers[0]] for numbers in same], numbered(texts, same))
    comparison.look(catalogue)
    found = [
        Cluster(NEAR if len(group) > 1 else EXACT, spread(group, comparison.shares, same))
        for group in comparison.near
        if len(group) > 1 or len(same[group[0]]) > 1
    ]
    return found + [
        Cluster(VARIANT, {same[each][0]: comparison.shares.get(each, 0.0) for each in group})
        for group in comparison.variants()
    ]


def numbered(texts: Texts, same: list[list[int]]) -> Texts:
    """`texts` by the number of what is the same."""

    def asked(wanted: Sequence[int]) -> Mapping[int, str]:
        found = texts([same[each][0] for each in wanted])
        return {each: found[same[each][0]] for each in wanted}

    return asked


def spread(group: list[int], shares: dict[int, float], same: list[list[int]]) -> dict[int, float]:
    members = {
        number: 1.0 if len(same[each]) > 1 else shares.get(each, 1.0)
        for each in group
        for number in same[each]
    }
    return dict(sorted(members.items()))


class Comparison:
    """All texts of a brand beside one another, none of them twice."""

    def __init__(self, sketches: Sequence[Sketch], texts: Texts) -> None:
        self.sketches = sketches
        self.asked = texts
        self.texts: dict[int, Text] = {}
        self.catalogue: Words = frozenset()
        self.recurring = frozenset[int]()
        self.held: dict[tuple[int, int], float] = {}
        self.verdicts: dict[tuple[int, int], str] = {}
        self.shares: dict[int, float] = {}  # the best of each
        self.near: list[list[int]] = [[number] for number in range(len(sketches))]

    def look(self, catalogue: Words) -> None:
        if len(self.sketches) < 2:
            return
        self.catalogue = catalogue
        least = np.stack([each.least for each in self.sketches])
        anchors = [each.anchors for each in self.sketches]
        sizes = np.array([each.size for each in self.sketches])
        self.leave_recurring(least, anchors, sizes)
        candidates = pairs.unique(np.concatenate([pairs.anchored(anchors), pairs.banded(least)]))
        candidates = candidates[likely(least, sizes, candidates)]
        self.load(np.unique(candidates).tolist())
        self.unite(sorted(self.alike(candidates), reverse=True))

    def leave_recurring(self, least: Hashes, anchors: list[Keys], sizes: Counts) -> None:
        """Put in their places what they are without the sentences that recur."""
        banded = pairs.banded(least)
        banded = banded[agreement(least, banded) >= SAME_WRITING]
        writings = pairs.groups(len(least), banded)
        found = pairs.recurring([each.sentences for each in self.sketches], writings)
        self.recurring = frozenset(found.tolist())
        holding = [
            number
            for number, each in enumerate(self.sketches)
            if np.isin(each.sentences, found).any()
        ]
        self.load(holding)
        for number in holding:
            least[number], anchors[number], sizes[number] = of_text(self.texts[number].left)

    def load(self, numbers: list[int]) -> None:
        wanted = [number for number in numbers if number not in self.texts]
        for number, text in self.asked(wanted).items():
            full = folded(text)
            parts = sentences(full)
            left = " ".join(part for part in parts if key(part) not in self.recurring)
            self.texts[number] = Text(full, left if len(left) >= LEAST else " ".join(parts))

    def alike(self, candidates: Pairs) -> Iterator[tuple[float, int, int]]:
        for one, other in candidates.tolist():
            share = self.contained(one, other)
            if not share:
                continue
            self.shares[one] = max(share, self.shares.get(one, 0.0))
            self.shares[other] = max(share, self.shares.get(other, 0.0))
            if self.verdict(one, other) == NEAR:
                yield share, one, other

    def contained(self, one: int, other: int) -> float:
        """The share of the shorter text in the longer; 0 where it is no copy."""
        pair = min(one, other), max(one, other)
        if pair not in self.held:
            share = self.share(one, other, GRAM)
            enough = share >= CONTAINED and self.share(one, other, LONG_GRAM) >= LONG_CONTAINED
            self.held[pair] = share if enough else 0.0
        return self.held[pair]

    def share(self, one: int, other: int, size: int) -> float:
        first, second = self.texts[one].grams(size), self.texts[other].grams(size)
        if len(first) > len(second):
            first, second = second, first
        places = np.searchsorted(second, first)
        places[places == len(second)] = 0
        return float((second[places] == first).mean())

    def verdict(self, one: int, other: int) -> str:
        """NEAR, VARIANT, or "" for texts that have too little in common."""
        pair = min(one, other), max(one, other)
        if pair not in self.verdicts:
            first, second = (self.texts[each].reading(self.catalogue) for each in pair)
            if len(first.words) > len(second.words):
                first, second = second, first
            if not self.contained(*pair):
                self.verdicts[pair] = ""
            else:
                differ = apart(first, second)
                self.verdicts[pair] = VARIANT if differ else NEAR
        return self.verdicts[pair]

    def unite(self, found: list[tuple[float, int, int]]) -> None:
        """Clusters of what is near, the surest first; none holds two texts that are apart."""
        cluster = dict(enumerate(self.near))
        for _, one, other in found:
            first, second = cluster[one], cluster[other]
            if first is second or not self.may_unite(first, second):
                continue
            first += second
            for each in second:
                cluster[each] = first
        self.near = list({id(each): each for each in cluster.values()}.values())

    def may_unite(self, first: list[int], second: list[int]) -> bool:
        """Whether the longest text of both holds every other, and no two are apart.

        Else a short text that is in two others would make one of them.
        """
        both = first + second
        if len(both) > MOST:
            return False
        longest = max(both, key=lambda each: len(self.texts[each].left))
        if any(self.verdict(longest, each) != NEAR for each in both if each != longest):
            return False
        return all(self.verdict(one, other) != VARIANT for one, other in product(first, second))

    def variants(self) -> list[list[int]]:
        """What is the same but for a number or a name, one of each cluster."""
        first = {each: group[0] for group in self.near for each in group}
        told = [
            (first[one], first[other])
            for (one, other), verdict in self.verdicts.items()
            if verdict == VARIANT
        ]
        found = pairs.unique(np.array(told, np.int64).reshape(-1, 2))
        joined = pairs.groups(len(self.sketches), found)
        groups: defaultdict[int, list[int]] = defaultdict(list)
        for each in np.unique(found).tolist():
            groups[int(joined[each])].append(each)
        return list(groups.values())
