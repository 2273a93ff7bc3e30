"""Which of two things in one sentence a word belongs to: "12 % from Brazil" against "from Lyon".

A statement may have every number, name and word of its source and still exchange them. So each
number of a statement is read with what stands in its clause, and it is false where the source has
that beside another number of the kind and not beside this one. The same holds of two names that
change places, of who did it, of where, of the two sides of a "than", and of a day and its year.
Only what the source says otherwise is a fault; what it does not say is judged in `grounds.py`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from concierge.answering.figures import Figure, counts, figures
from concierge.answering.lexicon import TOKEN, find, kinds
from concierge.answering.reading import Reading, begins, is_of_sense, keys_of, names_of
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


@dataclass(frozen=True, slots=True)
class Bonds:
    """What stands with what in a text.

    `roles` has, by a key and what a preposition tells, the names it governs; `doers` by a key the
    names that do it; `compared` the keys before and after a "than"; `dates` (day, month, year),
    with "" for what is not told.
    """

    numbers: tuple[Number, ...]
    names: tuple[Name, ...]
    roles: dict[tuple[str, str], frozenset[str]]
    doers: dict[str, frozenset[str]]
    compared: tuple[tuple[frozenset[str], frozenset[str]], ...]
    dates: tuple[tuple[str, str, str], ...]


def exchanges(said: Reading, told: Iterable[Reading], *, listed: bool = False) -> Iterator[str]:
    """What `said` binds otherwise than `told`, a span and the sentences beside it.

    Where the facts of a piece are `listed`, words are too few to tell one number from another,
    but for the shares of its materials.
    """
    mine = bonds(said.text, said.language)
    theirs = [bonds(each.text, each.language) for each in told]
    for number in mine.numbers:
        if listed and number.counts != "percent":
            continue
        if _is_of_another(number, [each for bond in theirs for each in bond.numbers]):
            yield f"exchanged number:{sorted(number.readings)}"
    yield from _exchanged_names(mine, [each for bond in theirs for each in bond.names])
    yield from _otherwise_done(said, mine, theirs)
    for date in mine.dates:
        if _is_of_another_year(date, [each for bond in theirs for each in bond.dates]):
            yield f"exchanged date:{date}"
    for bond in theirs:
        if any(_is_turned(one, other) for one in mine.compared for other in bond.compared):
            yield "exchanged sides"


def _is_of_another(number: Number, told: list[Number]) -> bool:
    """Whether the source has what stands beside a number beside another, and not beside it."""
    own = [each for each in told if each.readings & number.readings]
    if not own or not number.beside:
        return False
    counted = {number.counts, *(each.counts for each in own)}
    others = [e for e in told if e.counts in counted and not e.readings & number.readings]
    fits = [number.beside & each.beside for each in own]
    if any(all(fit < (number.beside & each.beside) for fit in fits) for each in others):
        return True
    if not number.after or any(each.after in ("", number.after) for each in own):
        return False
    return any(each.after == number.after for each in told if not each.readings & number.readings)


def _exchanged_names(mine: Bonds, told: list[Name]) -> Iterator[str]:
    """Two names of a statement of which each has the other's place."""
    for one in mine.names:
        own = _fit(one, one, told)
        if own is None:
            continue
        for other in mine.names:
            theirs = _fit(one, other, told)
            if other.stems & one.stems or theirs is None or not own < theirs:
                continue
            back, kept = _fit(other, one, told), _fit(other, other, told)
            if back is not None and kept is not None and len(kept) <= len(back):
                yield f"exchanged names:{sorted(one.stems)}"


def _fit(said: Name, of: Name, told: list[Name]) -> frozenset[str] | None:
    """What of the clause of `said` the source has beside the name `of`; None without the name."""
    found = [each for each in told if of.stems & each.stems]
    if not found:
        return None
    beside = said.beside - of.stems
    return max((beside & each.beside for each in found), key=len)


def _otherwise_done(said: Reading, mine: Bonds, theirs: list[Bonds]) -> Iterator[str]:
    """Who did it, and where, where the source has another name in that very place."""
    for key, names in mine.roles.items():
        told = frozenset[str]().union(*(bond.roles.get(key, ()) for bond in theirs))
        if told and not told & names:
            yield f"exchanged role:{key}"
    for verb, names in mine.doers.items():
        told = frozenset[str]().union(*(bond.doers.get(verb, ()) for bond in theirs))
        if told and not told & names and told & said.names:
            yield f"exchanged doer:{verb}"


def _is_of_another_year(date: tuple[str, str, str], told: list[tuple[str, str, str]]) -> bool:
    """Whether the source has the month of a date, and never so that day and year agree."""
    same = [each for each in told if each[1] == date[1]]
    return bool(same) and not any(
        all(not one or not other or one == other for one, other in zip(date, each, strict=True))
        for each in same
    )


def _is_turned(
    said: tuple[frozenset[str], frozenset[str]], told: tuple[frozenset[str], frozenset[str]]
) -> bool:
    """Whether what the source compares with is what the statement compares."""
    turned = said[0] & told[1]
    return bool(turned - said[1]) and not (said[1] - said[0]) & (told[1] - told[0])


@lru_cache(maxsize=4096)
def bonds(text: str, language: str) -> Bonds:
    return _Bound(text, language).bonds()


class _Bound:
    """A text, token by token."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.tokens = list(TOKEN.finditer(text))
        self.words = [token.group() for token in self.tokens]
        found = list(find(self.words, language))
        self.keys = keys_of(self.words, found, language)
        self.names = dict(names_of(text, self.tokens, found, language))
        for each in found:
            if kinds()[each.concept].group == "country":
                self.names[each.first] = each.concept
        self.figures = sorted(figures(text, language), key=lambda figure: figure.start)
        self.free = [each.first for each in found if each.concept == "free"]
        inside = [(figure.start, figure.end) for figure in self.figures]
        self.numbered = {
            at
            for at, token in enumerate(self.tokens)
            if any(start <= token.start() < end for start, end in inside)
        }
        self.cuts = self._cuts(inside)

    def bonds(self) -> Bonds:
        return Bonds(
            tuple(self._numbers()),
            tuple(self._named()),
            self._roles(),
            self._doers(),
            tuple(self._compared()),
            tuple(self._dates()),
        )

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
        return {
            key
            for at, token in enumerate(self.tokens)
            if start <= token.start() < end
            and at not in self.numbered
            and not self.keys[at] & AMOUNT
            for key in self.keys[at]
        }

    def _numbers(self) -> Iterator[Number]:
        free = [self.tokens[at].start() for at in self.free]
        places = [figure.start for figure in self.figures] + free
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
            for place in free:
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
        """The first and the last place of each name, first and last names as one."""
        places = sorted(self.names)
        while places:
            first = last = places.pop(0)
            while places and places[0] == last + 1:
                gap = self.text[self.tokens[last].end() : self.tokens[places[0]].start()]
                if gap not in (" ", "-", "\u00a0"):
                    break
                last = places.pop(0)
            yield first, last

    def _named(self) -> Iterator[Name]:
        entities = list(self._entities())
        starts = {self.tokens[first].start(): (first, last) for first, last in entities}
        for start, end in self._clauses(list(starts)):
            keys = self._keys_in(start, end)
            for place, (first, last) in starts.items():
                if start <= place < end:
                    own = frozenset(self.names[at] for at in range(first, last + 1))
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
        places = [place for place in reach if place in self.names and place < stop]
        is_near = bool(places) and places[0] <= at + 2
        return frozenset(self.names[place] for place in places) if is_near else frozenset()

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
            if place in self.names or place in self.numbered or not self.keys[place]:
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
        for first, last in self._entities():
            names = frozenset(self.names[at] for at in range(first, last + 1))
            after = last + 1
            if after < len(self.words) and self._is_deed(after):
                gap = self.text[self.tokens[last].end() : self.tokens[after].start()]
                if gap == " ":
                    note(after, names)
            for at in range(max(0, first - 3), first):
                told = "by" in PREPOSITIONS.get(self.words[at].lower(), ())
                if told and at and self._is_deed(at - 1):
                    note(at - 1, names)
        return found

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
