"""Whether a span of a source says what a statement says, and not something near it.

Sharing words is not enough: "printed in Como" shares all but one with "woven in Charlieu". What
belongs to a closed class (`lexicon.py`), a name, a number or a "not" must be the source's own. The
span answers for what it says; what it leaves to the sentences beside it (a name it calls "she")
may stand there, unless the span itself names another.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from concierge.answering.bound import exchanges
from concierge.answering.figures import YEAR, Figure, counts
from concierge.answering.lexicon import Kind, kinds
from concierge.answering.reading import Reading

NO_KIND = Kind("", "")


@dataclass(frozen=True, slots=True)
class Ground:
    """A span and what may be taken with it: the sentences beside it, its title, its date."""

    span: Reading
    around: tuple[Reading, ...] = ()  # the sentences beside it
    head: tuple[Reading, ...] = ()  # the title and the date of its source
    parts: tuple[Reading, ...] = ()  # the sentences of a span of two
    rows: tuple[Reading, ...] = ()  # the facts of the pieces that the statement names

    @property
    def beside(self) -> tuple[Reading, ...]:
        return (*self.around, *self.head, *self.rows)

    @property
    def concepts_around(self) -> frozenset[str]:
        return frozenset[str]().union(*(each.concepts for each in (*self.around, *self.head)))

    @property
    def names_around(self) -> frozenset[str]:
        return frozenset[str]().union(*(each.names for each in (*self.around, *self.head)))

    @property
    def words_around(self) -> frozenset[str]:
        return frozenset[str]().union(*(each.words for each in (*self.around, *self.head)))


def faults(said: Reading, ground: Ground, *, whole: bool = False) -> Iterator[str]:
    """What `said` says that its ground does not, a word for each; none when it is grounded.

    With `whole`, the span is a list of facts rather than a sentence: it names many things, and
    that it names another than the statement is no contradiction.
    """
    yield from _concepts(said, ground, whole)
    yield from _names(said, ground, whole)
    yield from _numbers(said, ground)
    yield from _denials(said, ground)
    yield from exchanges(said, (ground.span, *ground.around), listed=whole)


def _concepts(said: Reading, ground: Ground, whole: bool) -> Iterator[str]:
    around = ground.concepts_around
    of_rows = frozenset[str]().union(*(row.concepts for row in ground.rows))
    for concept in said.concepts - ground.span.concepts - of_rows:
        kind = kinds()[concept]
        rivals = _rivals(said, ground.span, kind.group)
        opposed = bool(rivals and not whole)
        is_missing = {
            "claimed": True,
            "stated": concept not in around or opposed,
            "opposed": opposed,
        }
        if is_missing.get(kind.policy):
            yield f"{f'rival {kind.policy}' if opposed else kind.group}:{concept}"


def _rivals(said: Reading, span: Reading, group: str) -> set[str]:
    """What of the class the span says and the statement does not."""
    return {each for each in span.concepts - said.concepts if kinds()[each].group == group}


def _names(said: Reading, ground: Ground, whole: bool) -> Iterator[str]:
    of_rows = (row.words | row.names for row in ground.rows)
    missing = said.names.difference(ground.span.names, *of_rows)
    others = ground.span.names - said.names
    for name in missing:
        if name in ground.span.words:
            continue
        borrowed = name in ground.names_around or name in ground.words_around
        rivalled = others and not ground.span.begins_unnamed and not whole
        if rivalled or not borrowed:
            yield f"{'rival name' if rivalled else 'name'}:{name}"


def _numbers(said: Reading, ground: Ground) -> Iterator[str]:
    for figure in said.figures:
        if not figure.stands_in(frozenset(ground.span.counted)):
            beside = frozenset[str]().union(*(each.counted for each in ground.beside))
            of_date = frozenset[str]().union(*(each.counted for each in ground.head[1:]))
            is_rivalled = _has_rival(figure, said, ground.span) and not figure.stands_in(of_date)
            if is_rivalled or not figure.stands_in(beside):
                yield f"{'rival number' if is_rivalled else 'number'}:{figure}"
                continue
            texts: tuple[Reading, ...] = ground.beside
        else:
            texts = (ground.span,)
        units = _units(figure.readings | figure.parts, texts)
        if figure.unit and units and figure.unit not in units and not _may_be_bare(figure, units):
            yield f"unit:{figure}"


def _may_be_bare(figure: Figure, units: set[str]) -> bool:
    """Whether a number may lack its unit there: not a day its month."""
    return "" in units and kinds().get(figure.unit, NO_KIND).group != "month"


def _has_rival(figure: Figure, said: Reading, span: Reading) -> bool:
    """Whether the span counts the same thing otherwise: "two days" against "three days"."""
    if counts(figure) == "date" and _is_between(figure, span):
        return False
    told = {reading for each in said.figures for reading in each.readings}
    return any(
        each.readings.isdisjoint(told) and counts(each) == counts(figure)
        for each in span.figures
        if each.readings
    )


def _is_between(figure: Figure, span: Reading) -> bool:
    """Whether a year lies within those of the span: 1934 is none of "from 1931 to 1952"."""
    years = [int(r) for each in span.figures for r in each.readings if YEAR.fullmatch(r)]
    said = [int(reading) for reading in figure.readings if YEAR.fullmatch(reading)]
    return len(years) > 1 and all(min(years) < year < max(years) for year in said)


def _units(readings: frozenset[str], texts: Iterable[Reading]) -> set[str]:
    return {unit for text in texts for number in readings for unit in text.counted.get(number, ())}


def _denials(said: Reading, ground: Ground) -> Iterator[str]:
    """Where one denies what the other says."""
    span = ground.span
    for run in said.denials:
        keys = frozenset[str]().union(*run)
        if keys & span.denied:
            continue
        if keys & span.said:
            yield "denies:added"
        elif not span.denials:
            yield "denial:added"
    for part in ground.parts or (span,):
        for run in part.denials:
            head = run[0] if run else frozenset[str]()
            # Of a term that a house must be able to prove, wherever in the denial it stands.
            keys = head if said.denials else head.union(*map(_provable, run))
            if keys & said.said - said.denied - part.said and not _is_limit(said, part):
                yield "denies:dropped"


def is_denied(said: Reading, ground: Ground) -> bool:
    """Whether the ground denies what a statement says."""
    return "denies:dropped" in _denials(said, ground)


def _provable(keys: frozenset[str]) -> frozenset[str]:
    return frozenset(k for k in keys if kinds().get(k, NO_KIND).policy in ("claimed", "stated"))


def _is_limit(said: Reading, part: Reading) -> bool:
    """Whether "not more than" is said as "at most"."""
    return "at_most" in said.concepts and "more" in part.concepts
