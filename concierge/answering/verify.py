"""Holds a model's draft to its evidence: what is not supported is not said.

A draft is judged sentence by sentence:

- a marker stays when a span of its source supports what stands before it; it then means exactly
  that span, and markers are numbered anew in the order they appear;
- a sentence whose markers all fell, or that had none, is cited to whatever source supports it;
- a sentence with a number that neither its sources nor the pieces have goes, and so does one
  that gives a piece a price its rows do not have;
- a sentence that recites a prompt goes, and so does one with an address that neither the words it
  cites nor the house's contact have;
- a sentence that claims something and is left without support goes; courtesies stay, and so
  does what the archive is said not to tell;
- a draft of which nothing supported is left was no answer: `UnsupportedError`.

A statement in another language than its source shares only names and numbers with it. It is
judged by those; without any it stays, but uncited.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from archive.sentences import sentences
from concierge.answering import figures, support
from concierge.answering.support import Claim, Passage, Span
from concierge.answering.turn import Cited, Evidence, Piece, Source
from concierge.answering.withhold import Withheld

SUPPORTED = 0.4  # the least share of a statement that its source must have
REPAIRED = 0.6  # the same, where the model named no source or a wrong one
TRANSLATED = 0.6  # the same, of names and numbers alone, between two languages
STATEMENT = 4  # words from which a sentence without names or numbers claims something

MARKERS = re.compile(
    r"\s*[\[【]\s*(?:sources?\s*)?(?P<inside>P?\d{1,3}(?:\s*[,;]\s*P?\d{1,3})*)\s*[\]】]"
)
ONE = re.compile(r"(P?)(\d+)")
AMOUNT = r"\d[\d.,'’\u00a0\u202f ]*"
CURRENCY = r"(?:€|\$|£|¥|\b(?:EUR|USD|GBP|CHF|JPY|euros?|dollars?|pounds?)\b)"
PRICE = re.compile(rf"{CURRENCY}\s*{AMOUNT}|{AMOUNT}\s*{CURRENCY}", re.IGNORECASE)
# "Two carrés are under 400 euros": a limit the client has set is no claim of ours.
LIMIT = re.compile(
    r"\b(?:under|below|less than|within|up to|over|above|more than|sous|moins de|au-dessous de"
    r"|jusqu'à|plus de|sotto|meno di|fino a|oltre|unter|weniger als|bis|über|mehr als)\s+"
    rf"(?:(?:your|budget|of|{CURRENCY})\s*)*{AMOUNT}",
    re.IGNORECASE,
)
CLOSING = re.compile(r"[\s.!?…:;,\"'”’»)]*$")
NO_ANSWER = "[none]"
# "The archive does not tell who wove it" is what an honest answer says of its own limits.
LIMITS = re.compile(
    r"\barchiv\w*\b.*\b(?:not|no|nothing|silent|pas|rien|non|nulla|nicht|nichts|kein\w*)\b",
    re.IGNORECASE,
)


class UnsupportedError(Exception):
    """Nothing the draft says is supported by the evidence."""

    reason = "unsupported"


@dataclass(frozen=True, slots=True)
class Verified:
    """What is left of a draft, its citations by number, and the pieces it names, in order."""

    text: str
    citations: tuple[Cited, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Marker:
    """`[number]` or, of a piece, `[Pnumber]`, standing after `at` characters of the bare text."""

    at: int
    number: int
    of_piece: bool


def markers_in(match: re.Match[str], at: int) -> Iterator[Marker]:
    for piece, number in ONE.findall(match["inside"]):
        yield Marker(at, int(number), bool(piece))


def bare(draft: str) -> tuple[str, list[Marker]]:
    """The draft without its markers, and where they stood."""
    draft = draft.replace(NO_ANSWER, "")
    parts: list[str] = []
    markers: list[Marker] = []
    length = position = 0
    for match in MARKERS.finditer(draft):
        parts.append(draft[position : match.start()])
        length += len(parts[-1])
        markers.extend(markers_in(match, length))
        position = match.end()
    parts.append(draft[position:])
    return "".join(parts), markers


@dataclass
class Checker:
    """Finds the spans that support statements, and numbers them as they are first used."""

    evidence: Evidence
    withheld: Withheld = field(default_factory=Withheld)
    citations: list[Cited] = field(default_factory=list)
    _passages: dict[int, Passage] = field(default_factory=dict)

    @cached_property
    def sources(self) -> dict[int, Source]:
        return {source.number: source for source in self.evidence.sources}

    @cached_property
    def pieces(self) -> dict[int, Piece]:
        return {piece.number: piece for piece in self.evidence.pieces}

    @cached_property
    def asked(self) -> figures.Known:
        return figures.known(self.evidence.query)

    @cached_property
    def all_numbers(self) -> figures.Known:
        known = (numbers_of(source) for source in self.evidence.sources)
        return self.piece_numbers(self.evidence.pieces).union(*known)

    def piece_numbers(self, pieces: Iterable[Piece]) -> figures.Known:
        known = (figures.known(f"{piece.title} {piece.facts}") for piece in pieces)
        return frozenset[str]().union(*known)

    def cite(self, number: int, *statements: str) -> int | None:
        """The citation's number for the span of source `number` that supports a statement."""
        source = self.sources.get(number)
        if source is None:
            return None
        found = [self._best(source, statement, SUPPORTED) for statement in statements]
        score, span = max(found, key=lambda pair: pair[0])
        return self._numbered(source, span) if span and score else None

    def repair(self, statement: str) -> int | None:
        """The same, of whichever source supports the statement best."""
        found = [
            (self._best(source, statement, REPAIRED), source) for source in self.sources.values()
        ]
        (score, span), source = max(found, key=lambda pair: pair[0][0], default=((0.0, None), None))
        return self._numbered(source, span) if source and span and score else None

    def _best(self, source: Source, statement: str, least: float) -> tuple[float, Span | None]:
        """The best span and how well it supports; 0 below what is asked of it."""
        claim = Claim.of(statement)
        if self.is_translated(source, statement):
            claim, least = Claim(claim.names, claim.names, claim.numbers), TRANSLATED
        score, span = self._passage(source).best(claim)
        return (score, span) if score >= least else (0.0, None)

    def is_translated(self, source: Source, statement: str) -> bool:
        said, written = support.language(statement), source.language[:2]
        return bool(said and written and said != written)

    def _passage(self, source: Source) -> Passage:
        if source.number not in self._passages:
            self._passages[source.number] = Passage.of(source.text, source.title)
        return self._passages[source.number]

    def _numbered(self, source: Source, span: Span) -> int:
        start, end = source.start + span.start, source.start + span.end
        for cited in self.citations:
            if (cited.source.version_id, cited.start, cited.end) == (source.version_id, start, end):
                return cited.number
        number = len(self.citations) + 1
        text = source.text[span.start : span.end]
        self.citations.append(Cited(number, source, start, end, text))
        return number

    def piece_supports(self, piece: Piece, statement: str) -> bool:
        facts = f"{piece.title}. {piece.facts}"
        return Span(facts, 0, len(facts)).supports(Claim.of(statement)) >= SUPPORTED


def numbers_of(source: Source) -> figures.Known:
    """The numbers a model has read in a source, its heading included."""
    return figures.known(f"{source.title} {source.date} {source.text}")


def verify(draft: str, evidence: Evidence, withheld: Withheld | None = None) -> Verified:
    """What of `draft` the evidence supports. Raises UnsupportedError when nothing is."""
    checker = Checker(evidence, withheld or Withheld())
    text, markers = bare(draft)
    ours = checker.withheld.recited(text)
    kept: list[str] = []
    pieces: list[Piece] = []
    position, supported = 0, False
    for start, end in sentences(text):
        gap = text[position:start]
        position = end
        if any(first < end and start < last for first, last in ours):
            continue
        own = [marker for marker in markers if start < marker.at <= end]
        judged = _Sentence(checker, text[start:end], [(m, m.at - start) for m in own])
        if not judged.stays:
            kept.append("\n\n" if "\n\n" in gap else "")
            continue
        kept += [gap, judged.text]
        supported = supported or judged.is_supported
        pieces += [piece for piece in judged.pieces if piece not in pieces]
    if not supported:
        raise UnsupportedError
    return Verified(tidied("".join(kept)), tuple(checker.citations), tuple(pieces))


def tidied(text: str) -> str:
    """Without the bullets, line ends and spaces that removed sentences leave behind."""
    text = re.sub(r"(?m)^[ \t]*(?:[-*•–]|\d{1,2}[.)])[ \t]*$", "", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


class _Sentence:
    """One sentence of a draft, judged."""

    def __init__(self, checker: Checker, bare: str, markers: list[tuple[Marker, int]]) -> None:
        self.checker, self.bare = checker, bare
        self.claimed = any(not marker.of_piece for marker, _ in markers)
        self.pieces = self._pieces(markers)
        self.is_supported = self.stays = False
        if not self._has_sound_numbers(markers):
            return
        before = len(checker.citations)
        self.cited = self._cited(markers)
        self.is_supported = bool(self.cited) or self._is_of_a_piece()
        self.stays = (self.is_supported or not self._claims()) and not self._is_strange()
        if not self.stays:
            del checker.citations[before:]

    def _is_strange(self) -> bool:
        """Whether it names an address that the words it cites do not."""
        numbers = {number for _, number in self.cited}
        cited = [each.text for each in self.checker.citations if each.number in numbers]
        facts = [piece.facts for piece in self.checker.evidence.pieces]
        return self.checker.withheld.strange(self.bare, cited + facts)

    def _pieces(self, markers: list[tuple[Marker, int]]) -> list[Piece]:
        marked = [self.checker.pieces.get(m.number) for m, _ in markers if m.of_piece]
        said = support.folded(self.bare)
        named = [p for p in self.checker.pieces.values() if support.folded(p.title) in said]
        return list(dict.fromkeys([piece for piece in marked if piece] + named))

    def _has_sound_numbers(self, markers: list[tuple[Marker, int]]) -> bool:
        """Whether each number is its sources' or a piece's, and each price of a piece its own."""
        said = LIMIT.sub(self._without_limit, self.bare)
        known = self._numbers(markers)
        prices = " ".join(match.group() for match in PRICE.finditer(said))
        rows = self.checker.piece_numbers(self.pieces) if self.pieces else known
        return all(figure.stands_in(known) for figure in figures.figures(said)) and all(
            figure.stands_in(rows) for figure in figures.figures(prices)
        )

    def _without_limit(self, match: re.Match[str]) -> str:
        limits = figures.figures(match.group())
        return "" if all(f.stands_in(self.checker.asked) for f in limits) else match.group()

    def _numbers(self, markers: list[tuple[Marker, int]]) -> figures.Known:
        """The numbers this sentence may use: its own sources' and the catalogue's."""
        sources = [self.checker.sources.get(m.number) for m, _ in markers if not m.of_piece]
        own = [numbers_of(source) for source in sources if source]
        if not own:
            return self.checker.all_numbers
        return self.checker.piece_numbers(self.checker.evidence.pieces).union(*own)

    def _cited(self, markers: list[tuple[Marker, int]]) -> list[tuple[int, int]]:
        """(place in the bare sentence, citation) of the markers that hold, or of one found."""
        cited: list[tuple[int, int]] = []
        since = place = 0
        for marker, at in markers:
            if marker.of_piece:
                continue
            if at > place:
                since, place = place, at
            number = self.checker.cite(marker.number, self.bare[:at], self.bare[since:at])
            if number and (at, number) not in cited:
                cited.append((at, number))
        if not cited and (self.claimed or self._claims()) and not self._is_of_a_piece():
            number = self.checker.repair(self.bare)
            cited = [(len(self.bare), number)] if number else []
        return cited

    def _is_of_a_piece(self) -> bool:
        return any(self.checker.piece_supports(piece, self.bare) for piece in self.pieces)

    def _claims(self) -> bool:
        """Whether the sentence says something that would need support."""
        if LIMITS.search(self.bare):
            return False
        claim = Claim.of(self.bare)
        translated = [
            self.checker.is_translated(s, self.bare) for s in self.checker.sources.values()
        ]
        if translated and all(translated):
            return bool(claim.numbers)
        return bool(self.claimed or claim.numbers or claim.names or len(claim.words) >= STATEMENT)

    @property
    def text(self) -> str:
        """The sentence with its markers, those at its end put before the full stop."""
        body = CLOSING.sub("", self.bare)
        closing = self.bare[len(body) :]
        parts, position = [], 0
        for at, number in self.cited:
            place = min(at, len(body))
            parts += [self.bare[position:place], " " if place > position else "", f"[{number}]"]
            position = place
        return "".join([*parts, self.bare[position : len(body)], closing])
