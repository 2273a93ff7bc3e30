"""How much of what is personal is hidden, and how much that is not."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from time import process_time

from bench.redaction.sets import FACT, Marked, Utterance
from concierge.redaction.facts import Facts
from concierge.redaction.found import Found
from concierge.redaction.veil import Veil

Wanted = Callable[[str], bool]


@dataclass
class Tally:
    """By kind: how many were marked and wholly hidden, found, and found where nothing is."""

    marked: Counter[str] = field(default_factory=Counter)
    hidden: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)  # of the process's own time
    missed: list[tuple[str, str]] = field(default_factory=list)  # (kind, text)
    mistaken: list[tuple[str, str]] = field(default_factory=list)

    def recall(self, wanted: Wanted) -> float:
        marked = sum(count for kind, count in self.marked.items() if wanted(kind))
        hidden = sum(count for kind, count in self.hidden.items() if wanted(kind))
        return round(hidden / marked, 4) if marked else 1.0

    @property
    def precision(self) -> float:
        found = self.found.total()
        return round(1 - self.wrong.total() / found, 4) if found else 1.0

    @property
    def altered(self) -> int:
        """Facts of the house of which anything was hidden."""
        return self.hidden[FACT]

    def by_kind(self) -> dict[str, str]:
        return {kind: f"{self.hidden[kind]}/{count}" for kind, count in sorted(self.marked.items())}


def tally(utterances: Iterable[Utterance], facts: Facts) -> Tally:
    told = Tally()
    for each in utterances:
        began = process_time()
        found = Veil(each.known, facts, [each.text]).found(each.text)
        told.milliseconds.append((process_time() - began) * 1000)
        for mark in each.marks:
            told.marked[mark.kind] += 1
            touched = covered(each.text, mark, found)
            hit = touched > 0 if mark.kind == FACT else touched == signs(each.text, mark)
            told.hidden[mark.kind] += hit
            if hit == (mark.kind == FACT):
                told.missed.append((f"{mark.kind}: {each.text[mark.start : mark.end]}", each.text))
        for one in found:
            told.found[one.kind] += 1
            if not any(m.is_personal and overlaps(m, one) for m in each.marks):
                told.wrong[one.kind] += 1
                told.mistaken.append((f"{one.kind}: {each.text[one.start : one.end]}", each.text))
    return told


def overlaps(mark: Marked, found: Found) -> bool:
    return mark.start < found.end and found.start < mark.end


def signs(text: str, mark: Marked) -> int:
    """Letters and digits of it: a full stop left over tells nobody anything."""
    return sum(each.isalnum() for each in text[mark.start : mark.end])


def covered(text: str, mark: Marked, found: Iterable[Found]) -> int:
    places = {place for one in found for place in range(one.start, one.end)}
    return sum(text[place].isalnum() for place in range(mark.start, mark.end) if place in places)
