"""What stands with what in a text: numbers and names with their clauses, deeds with their doers.

Read for `bound.py`, which compares two texts by it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from concierge.answering.figures import Figure, counts
from concierge.answering.lexicon import kinds
from concierge.answering.reading import begins, is_of_sense, parsed, read
from concierge.answering.support import stem

ENDS = re.compile(r"[.!?]\s|\n")
PARTS = re.compile(r"[,;:()–—]|\.\s")
JOINS = frozenset(("and", "but", "while", "whereas", "et", "mais", "tandis", "e", "ed", "ma"))
JOINS |= frozenset(("mentre", "und", "aber", "während", "sowie"))
# What a preposition tells of the name after it; one word may tell either of two things.
PLACED = {
    "where": "in at à en dans a bei",
    "by": "by par da von durch",
    "whence": "from aus von da",
}
PREPOSITIONS = {
    word: frozenset(role for role, words in PLACED.items() if word in words.split())
    for words in PLACED.values()
    for word in words.split()
}
THAN = re.compile(r"\b(?:than|que|als|rispetto a|as \w+ as)\b", re.IGNORECASE)
REACH = 6  # tokens after a preposition in which the names it governs stand
VAGUE = frozenset(("part",))  # what a number counts before what it truly counts: "70 parts of silk"
AMOUNT = frozenset(("price", "price_list"))  # what every price has beside it
BEFORE = 2  # keys before a preposition that it may belong to
FREE = frozenset("0")  # how "free" is read among prices


@dataclass(frozen=True, slots=True)
class Number:
    """A number, what it counts, the keys of its clause and the one right after it."""

    readings: frozenset[str]
    counts: str
    beside: frozenset[str]
    after: str  # "" where nothing follows in its clause


@dataclass(frozen=True, slots=True)
class Name:
    """A name of one or two words, and the keys of its clause."""

    stems: frozenset[str]
    beside: frozenset[str]


@lru_cache(maxsize=2048)
def bonds(text: str, language: str) -> "Bonds":
    return Bonds(text, language)


class Bonds:
    """What stands with what in a text; each kind is read when it is first asked for."""

    def __init__(self, text: str, language: str) -> None:
        self.text, self.language = text, language
        self.tokens, self.words, found, self.keys, named = parsed(text, language)
        self.named = dict(named)  # by place
        for each in found:
            if kinds()[each.concept].group == "country":
                self.named[each.first] = each.concept
        self.places = [token.start() for token in self.tokens]
        self.free = [self.places[each.first] for each in found if each.concept == "free"]

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        return tuple(self._numbers()) if self.figures or self.free else ()

    @cached_property
    def entities(self) -> tuple[tuple[int, int], ...]:
        """The first and the last place of each name, first and last names as one."""
        return tuple(self._entities())

    @cached_property
    def names(self) -> tuple[Name, ...]:
        return tuple(self._names())

    @cached_property
    def roles(self) -> dict[tuple[str, str], frozenset[str]]:
        """By a key and what a preposition tells, the names that it governs."""
        return self._roles() if self.named else {}

    @cached_property
    def doers(self) -> dict[str, frozenset[str]]:
        """By a key, the names that do it."""
        return self._doers()

    @cached_property
    def compared(self) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
        """The keys before and after each "than"."""
        return tuple(self._compared())

    @cached_property
    def dates(self) -> tuple[tuple[str, str, str], ...]:
        """(day, month, year), with "" for what is not told."""
        return tuple(self._dates())

    @cached_property
    def figures(self) -> list[Figure]:
        return sorted(read(self.text, self.language).figures, key=lambda figure: figure.start)

    @cached_property
    def numbered(self) -> frozenset[int]:
        """The places of the words that are numbers, or parts of one."""
        inside = [(figure.start, figure.end) for figure in self.figures if figure.in_words]
        return frozenset(
            at
            for at, place in enumerate(self.places)
            if any(start <= place < end for start, end in inside)
        )

    @cached_property
    def cuts(self) -> list[tuple[int, bool]]:
        return self._cuts([(figure.start, figure.end) for figure in self.figures])

    def _cuts(self, inside: list[tuple[int, int]]) -> list[tuple[int, bool]]:
        """Where clauses part, in order, and whether a sentence ends there."""
        found = {match.start(): True for match in ENDS.finditer(self.text)}
        for match in PARTS.finditer(self.text):
            if not any(start <= match.start() < end for start, end in inside):
                found.setdefault(match.start(), False)
        for token in self.tokens:
            if token.group().lower() in JOINS:
                found.setdefault(token.start(), False)
        return sorted(found.items())

    def _clauses(self, places: list[int]) -> list[tuple[int, int]]:
        """The stretches that hold one of `places` at least: what holds none joins the next one,
        at the end of a sentence the one before."""
        clauses: list[tuple[int, int]] = []
        start = 0
        sentence = 0  # where the clauses of this sentence begin in the list
        for cut, ends in [*self.cuts, (len(self.text), True)]:
            held = sum(start <= place < cut for place in places)
            if held:
                clauses.append((start, cut))
                start = cut
            elif ends:
                if len(clauses) > sentence:
                    clauses[-1] = (clauses[-1][0], cut)
                start = cut
            if ends:
                sentence = len(clauses)
        return clauses

    def _keys_in(self, start: int, end: int) -> set[str]:
        first, last = bisect_left(self.places, start), bisect_left(self.places, end)
        keys: set[str] = set()
        for at in range(first, last):
            if at not in self.numbered and not self.keys[at] & AMOUNT:
                keys |= self.keys[at]
        return keys

    def _numbers(self) -> Iterator[Number]:
        places = [figure.start for figure in self.figures] + self.free
        for start, end in self._clauses(places):
            here = [figure for figure in self.figures if start <= figure.start < end]
            keys = self._keys_in(start, end)
            values = {figure: f"#{min(figure.readings, default='')}" for figure in here}
            for figure in here:
                others = {value for each, value in values.items() if each is not figure}
                beside = frozenset(keys | others | ({figure.unit} - {""}))
                if figure.readings:
                    after = self._after(figure, end)
                    yield Number(figure.readings, counts(figure), beside, after)
            for place in self.free:
                if start <= place < end:
                    beside = frozenset((keys | set(values.values())) - {"free"} | {"money"})
                    yield Number(FREE, "money", beside, "")

    def _after(self, figure: Figure, end: int) -> str:
        """The first key after a number, within its clause; "" before another number."""
        for at, token in enumerate(self.tokens):
            if token.start() < figure.end:
                continue
            if token.start() >= end or at in self.numbered:
                return ""
            if self.keys[at] and not self.keys[at] & VAGUE:
                return min(self.keys[at])
        return ""

    def _entities(self) -> Iterator[tuple[int, int]]:
        places = sorted(self.named)
        while places:
            first = last = places.pop(0)
            while places and places[0] == last + 1:
                gap = self.text[self.tokens[last].end() : self.tokens[places[0]].start()]
                if gap not in (" ", "-", "\u00a0"):
                    break
                last = places.pop(0)
            yield first, last

    def _names(self) -> Iterator[Name]:
        starts = {self.places[first]: (first, last) for first, last in self.entities}
        for start, end in self._clauses(list(starts)):
            keys = self._keys_in(start, end)
            for place, (first, last) in starts.items():
                if start <= place < end:
                    own = frozenset(self.named[at] for at in range(first, last + 1))
                    yield Name(own, frozenset(keys - own))

    def _roles(self) -> dict[tuple[str, str], frozenset[str]]:
        found: dict[tuple[str, str], frozenset[str]] = {}
        for at, word in enumerate(self.words):
            for role in PREPOSITIONS.get(word.lower(), ()):
                if not (governed := self._governed(at)):
                    continue
                for key in self._keys_before(at):
                    found[key, role] = found.get((key, role), frozenset()) | governed
        return found

    def _governed(self, at: int) -> frozenset[str]:
        """The names after a preposition, the first of them near it."""
        reach = range(at + 1, min(at + 1 + REACH, len(self.tokens)))
        stop = next((place for place in reach if self._ends_between(place - 1, place)), reach.stop)
        places = [place for place in reach if place in self.named and place < stop]
        is_near = bool(places) and places[0] <= at + 2
        return frozenset(self.named[place] for place in places) if is_near else frozenset()

    def _ends_between(self, one: int, two: int) -> bool:
        return bool(ENDS.search(self.text, self.tokens[one].end(), self.tokens[two].start() + 1))

    def _keys_before(self, at: int) -> set[str]:
        """The keys of the words before a preposition, names and numbers left aside."""
        keys: set[str] = set()
        left = BEFORE
        for place in range(at - 1, -1, -1):
            gap = self.text[self.tokens[place].end() : self.tokens[place + 1].start()]
            if PARTS.search(gap) or not left or self.words[place].lower() in JOINS:
                break
            if place in self.named or place in self.numbered or not self.keys[place]:
                continue
            keys |= self.keys[place]
            left -= 1
        return keys

    def _doers(self) -> dict[str, frozenset[str]]:
        """By a verb or what may be one, the name before it, or after its "by"."""
        found: dict[str, frozenset[str]] = {}

        def note(at: int, names: frozenset[str]) -> None:
            for key in self.keys[at]:
                found[key] = found.get(key, frozenset()) | names

        for at, word in enumerate(self.words):
            if at + 1 < len(self.words) and self._opens(at) and self._is_deed(at + 1):
                note(at + 1, frozenset((stem(word),)))
        for first, last in self.entities:
            names = frozenset(self.named[at] for at in range(first, last + 1))
            after = last + 1
            if after < len(self.words) and self._is_deed(after):
                gap = self.text[self.tokens[last].end() : self.tokens[after].start()]
                if gap == " " and not self._is_by(after + 1):
                    note(after, names)
            for at in range(max(0, first - 3), first):
                told = "by" in PREPOSITIONS.get(self.words[at].lower(), ())
                if told and at and self._is_deed(at - 1):
                    note(at - 1, names)
        return found

    def _is_by(self, at: int) -> bool:
        """Whether a doer follows: what stands before "drawn by" has drawn nothing."""
        return at < len(self.words) and "by" in PREPOSITIONS.get(self.words[at].lower(), ())

    def _opens(self, at: int) -> bool:
        """Whether a word begins a sentence that may be a name: its capital does not tell."""
        word = self.words[at]
        is_first = begins(self.text, self.tokens[at].start())
        known = any(key in kinds() for key in self.keys[at])
        return is_first and word[0].isupper() and is_of_sense(word) and not known

    def _is_deed(self, at: int) -> bool:
        word = self.words[at]
        return word.islower() and is_of_sense(word) and at not in self.numbered

    def _compared(self) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
        for match in THAN.finditer(self.text):
            start = max((cut for cut, ends in self.cuts if ends and cut < match.start()), default=0)
            end = min((cut for cut, _ in self.cuts if cut > match.end()), default=len(self.text))
            before = frozenset(self._keys_in(start, match.start()))
            after = frozenset(self._keys_in(match.end(), end))
            if before and after:
                yield before, after

    def _dates(self) -> Iterator[tuple[str, str, str]]:
        """Each month with its day and its year, where they stand beside it."""
        for at, token in enumerate(self.tokens):
            month = next((k for k in self.keys[at] if k in kinds() and _is_month(k)), "")
            if not month or at in self.numbered:
                continue
            day = year = ""
            for figure in self.figures:
                gap = figure.start - token.end()
                is_year = counts(figure) == "date" or min(figure.readings, default="").isdigit()
                value = min(figure.readings, default="")
                if 0 < gap <= 2 and len(value) == 4 and is_year:
                    year = value
                elif 0 <= token.start() - figure.end <= 4 and len(value) <= 2:
                    day = value
            yield day, month, year


@lru_cache(maxsize=512)
def _is_month(concept: str) -> bool:
    return kinds()[concept].group == "month"
