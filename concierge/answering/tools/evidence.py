"""What tools find joins the evidence of the turn: numbers go on, and nothing stands twice."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from concierge.answering.turn import Evidence, Piece, Source


@dataclass(frozen=True, slots=True)
class Grown:
    """The evidence with what was found, and where that now stands in it, in the order found."""

    evidence: Evidence
    sources: tuple[Source, ...] = ()
    pieces: tuple[Piece, ...] = ()
    known: tuple[int, ...] = ()  # numbers of the sources found that stood there before


def with_sources(evidence: Evidence, found: Iterable[Source], support: float) -> Grown:
    """`support` is how likely it is that those found answer."""
    sources = list(evidence.sources)
    fresh: list[Source] = []
    known: list[int] = []
    for each in found:
        same = next((old for old in sources if is_within(each, old)), None)
        if same is None:
            fresh.append(replace(each, number=len(sources) + 1))
            sources.append(fresh[-1])
        elif same not in fresh:
            known.append(same.number)
    grown = replace(
        evidence, sources=tuple(sources), support=max(evidence.support, support if fresh else 0.0)
    )
    return Grown(grown, tuple(fresh), known=tuple(dict.fromkeys(known)))


def is_within(source: Source, other: Source) -> bool:
    """Whether `source` is a stretch of what `other` quotes."""
    end, last = source.start + len(source.text), other.start + len(other.text)
    same = source.version_id == other.version_id
    return same and other.start <= source.start and end <= last


def with_pieces(evidence: Evidence, found: Iterable[Piece]) -> Grown:
    """A piece that stands there keeps its number, and has the facts found last."""
    pieces = list(evidence.pieces)
    changed: list[Piece] = []
    for each in found:
        old = next((piece for piece in pieces if piece.product_id == each.product_id), None)
        number = old.number if old else len(pieces) + 1
        new = replace(each, number=number)
        if old:
            pieces[number - 1] = replace(new, told=old.told or new.told)
        else:
            pieces.append(new)
        changed.append(pieces[number - 1])
    return Grown(replace(evidence, pieces=tuple(pieces)), pieces=tuple(changed))
