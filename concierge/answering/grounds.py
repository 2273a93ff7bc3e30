"""Whether a span of a source says what a statement says, and not something near it.

Sharing words is not enough: "printed in Como" shares all but one with "woven in Charlieu". What
belongs to a closed class (`lexicon.py`), a name, a number or a "not" must be the source's own. The
span answers for what it says; what it leaves to the sentences beside it (a name it calls "she")
may stand there, unless the span itself names another.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from concierge.answering.lexicon import kinds
from concierge.answering.reading import Reading


@dataclass(frozen=True, slots=True)
class Ground:
    """A span and what may be taken with it: the sentences beside it, its title, its date."""

    span: Reading
    around: tuple[Reading, ...] = ()
    rows: tuple[Reading, ...] = ()  # the facts of the pieces that the statement names

    @property
    def texts(self) -> tuple[Reading, ...]:
        return (self.span, *self.around, *self.rows)

    @property
    def concepts_around(self) -> frozenset[str]:
        return frozenset[str]().union(*(each.concepts for each in self.around))

    @property
    def names_around(self) -> frozenset[str]:
        return frozenset[str]().union(*(each.names for each in self.around))

    @property
    def words_around(self) -> frozenset[str]:
        return frozenset[str]().union(*(each.words for each in self.around))


def faults(said: Reading, ground: Ground, *, whole: bool = False) -> Iterator[str]:
    """What `said` says that its ground does not, a word for each; none when it is grounded.

    With `whole`, the span is a list of facts rather than a sentence: it names many things, and
    that it names another than the statement is no contradiction.
    """
    yield from _concepts(said, ground, whole)
    yield from _names(said, ground, whole)
    yield from _numbers(said, ground)
    yield from _denials(said, ground)


def _concepts(said: Reading, ground: Ground, whole: bool) -> Iterator[str]:
    around = ground.concepts_around
    of_rows = frozenset[str]().union(*(row.concepts for row in ground.rows))
    for concept in said.concepts - ground.span.concepts - of_rows:
        kind = kinds()[concept]
        rivals = _rivals(said, ground.span, kind.group)
        is_missing = {
            "claimed": True,
            "stated": concept not in around or bool(rivals and not whole),
            "opposed": bool(rivals and not whole),
        }
        if is_missing.get(kind.policy):
            yield f"{kind.group}:{concept}"


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
        if not borrowed or (others and not ground.span.has_pronoun and not whole):
            yield f"name:{name}"


def _numbers(said: Reading, ground: Ground) -> Iterator[str]:
    for figure in said.figures:
        units = _units(figure.readings | figure.parts, ground.texts)
        known = frozenset[str]().union(*(each.counted for each in ground.texts))
        other_unit = figure.unit and units and "" not in units and figure.unit not in units
        if other_unit or not figure.stands_in(known):
            yield f"number:{'/'.join(sorted(figure.readings)) or figure.years}"


def _units(readings: frozenset[str], texts: Iterable[Reading]) -> set[str]:
    return {unit for text in texts for number in readings for unit in text.counted.get(number, ())}


def _denials(said: Reading, ground: Ground) -> Iterator[str]:
    """Where one denies what the other says."""
    span = ground.span
    if said.is_denial:
        if not span.is_denial:
            yield "denial:added"
            return
        shared = said.denied & (span.denied | span.said)
        if shared and not shared & span.denied:
            yield "denial:of another word"
    for head in () if said.is_denial else span.heads:
        if head & said.said and not head & span.said:
            yield "denial:dropped"
