"""Which of two things in one sentence a word belongs to: "12 % from Brazil" against "from Lyon".

A statement may have every number, name and word of its source and still exchange them. So each
number of a statement is read with what stands in its clause, and it is false where the source has
that beside another number of the kind and not beside this one. The same holds of two names that
change places, of who did it, of where, of the two sides of a "than", and of a day and its year.
Only what the source says otherwise is a fault; what it does not say is judged in `grounds.py`.
"""

from collections.abc import Iterable, Iterator

from concierge.answering.bonds import Bonds, Name, Number, bonds
from concierge.answering.reading import Reading


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
    if len(mine.names) > 1:
        yield from _exchanged_names(mine, [each for bond in theirs for each in bond.names])
    yield from _otherwise_done(said, mine, theirs)
    for date in mine.dates:
        if _is_of_another_year(date, [each for bond in theirs for each in bond.dates]):
            yield f"exchanged date:{date}"
    for one in mine.compared:
        if any(_is_turned(one, other) for bond in theirs for other in bond.compared):
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
