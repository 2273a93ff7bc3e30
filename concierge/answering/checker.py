"""Finds what in the evidence grounds a statement, and numbers the citations as they are used."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from babel.dates import get_month_names

from concierge.answering import figures, support
from concierge.answering.grounds import Ground, faults, is_denied
from concierge.answering.lexicon import LANGUAGES, kinds
from concierge.answering.offered import had, unnamed
from concierge.answering.reading import Reading, named_in, paired, read, tongue
from concierge.answering.support import ANCHOR, AROUND, Claim, Passage, Span
from concierge.answering.turn import Cited, Evidence, Piece, Source
from concierge.answering.withhold import Withheld

SUPPORTED = 0.4  # the least share of a statement that its source must have
REPAIRED = 0.6  # the same, where the model named no source or a wrong one
SHORT = 3  # words of a statement that must all stand there, where the model named no source
TRANSLATED = 0.5  # the same, of names, numbers and concepts, between two languages
CLEARLY = 0.1  # of plain words that a pair must have more than a sentence that contradicts
SLIGHTLY = 0.05  # that a sentence which contradicts must have more than one that does not
CONTRADICTION = ("exchanged", "denies", "rival number", "rival name", "rival opposed")
TRIED = 6  # spans of a source that are compared closely, those that share most first
ANSWERS = 256  # for which what grounds their statements is remembered
MONTHS = get_month_names("wide", locale="en")
Found = tuple[float, Span | None]


@dataclass
class Checker:
    """`house` is the house's name, which a statement may always use."""

    evidence: Evidence
    withheld: Withheld = field(default_factory=Withheld)
    house: str = ""
    citations: list[Cited] = field(default_factory=list)
    language: str = "en"  # in which a statement is read that does not show its own
    _grounds: dict[tuple[int, Span, tuple[Reading, ...]], Ground] = field(default_factory=dict)

    @cached_property
    def sources(self) -> dict[int, Source]:
        return {source.number: source for source in self.evidence.sources}

    @cached_property
    def pieces(self) -> dict[int, Piece]:
        return {piece.number: piece for piece in self.evidence.pieces}

    @cached_property
    def asked(self) -> figures.Known:
        return figures.known(f"{self.evidence.query}\n{self.evidence.told}")

    def recalls(self, statement: str) -> bool:
        """Whether it is what the client has said: its names, its figures and most of its words."""
        told = Span(self.evidence.told, 0, len(self.evidence.told))
        claim = support.Claim.of(statement)
        return (
            claim.names <= told.words
            and all(figure.stands_in(told.numbers) for figure in claim.numbers)
            and told.supports(claim) >= SUPPORTED
        )

    @cached_property
    def all_numbers(self) -> figures.Known:
        known = (numbers_of(source) for source in self.evidence.sources)
        return self.piece_numbers(self.evidence.pieces).union(*known)

    @cached_property
    def _house_names(self) -> frozenset[str]:
        return frozenset(support.stem(word) for word in self.house.split())

    def piece_numbers(self, pieces: Iterable[Piece]) -> figures.Known:
        known = (figures.known(f"{piece.title} {piece.facts}") for piece in pieces)
        return frozenset[str]().union(*known)

    @cached_property
    def _named(self) -> frozenset[str]:
        texts = [source.text for source in self.evidence.sources]
        texts += [f"a {piece.title}. {piece.facts}" for piece in self.evidence.pieces]
        pairs = frozenset[tuple[str, str]]().union(*map(paired, texts))
        return frozenset[str]().union(*map(named_in, texts), *pairs)

    def read(self, statement: str) -> Reading:
        """The statement read in its language, without the house's own name."""
        return self._with_names(read(statement, self.tongue(statement)))

    def tongue(self, statement: str) -> str:
        """The language of a statement, the titles of pieces left aside."""
        plain = unnamed(statement, self.evidence.pieces) if self.evidence.pieces else statement
        return tongue(plain) or self.language

    def _with_names(self, said: Reading) -> Reading:
        """With a first word that the evidence has as a name, and without the house's own."""
        opening = {said.opening} if said.opening in self._named else set()
        names = (said.names | opening) - self._house_names
        return said if names == said.names else replace(said, names=names)

    def cite(self, number: int, *statements: str, pieces: Iterable[Piece] = ()) -> int | None:
        """The citation's number for the span of source `number` that grounds a statement."""
        source = self.sources.get(number)
        if source is None:
            return None
        rows = tuple(self._row(piece) for piece in pieces)
        found = [self.grounded(source, each, SUPPORTED, rows) for each in statements]
        score, span = max(found, key=lambda pair: pair[0])
        return self._numbered(source, span) if span and score else None

    def repair(self, statement: str, pieces: Iterable[Piece] = ()) -> int | None:
        """The same, of whichever source grounds the statement best."""
        rows = tuple(self._row(piece) for piece in pieces)
        is_short = len(Claim.of(statement).words) <= SHORT
        least = 1.0 if is_short else REPAIRED
        found = [
            (self.grounded(source, statement, least, rows), source)
            for source in self.sources.values()
        ]
        (score, span), source = max(found, key=lambda pair: pair[0][0], default=((0.0, None), None))
        return self._numbered(source, span) if source and span and score else None

    @cached_property
    def _found(self) -> dict[tuple[int, str, float, tuple[Reading, ...]], Found]:
        return remembered(self.evidence.sources, self.evidence.pieces, self.house, self.language)

    def grounded(
        self, source: Source, statement: str, least: float, rows: tuple[Reading, ...] = ()
    ) -> Found:
        """The span that grounds a statement and how much of it it has; 0 where none does.

        What a span that shares clearly more contradicts, no other grounds. A statement is asked
        about while it is said, when its marker comes and when the answer has ended.
        """
        key = (source.number, statement, least, rows)
        if key not in self._found:
            self._found[key] = self._look_for(source, statement, least, rows)
        return self._found[key]

    def _look_for(
        self, source: Source, statement: str, least: float, rows: tuple[Reading, ...]
    ) -> Found:
        said = self.read(statement)
        if not self._has_pairs(source, said, rows):
            return 0.0, None
        likely = self._likely(source, statement, said, least)
        clean = (each for each in likely if not any(self._faults(said, source, each[1], rows)))
        chosen = next(clean, None)
        if chosen is None:
            return 0.0, None
        if self._is_overruled(said, statement, source, chosen[1], [span for _, span in likely]):
            return 0.0, None
        return chosen

    def _is_overruled(
        self, said: Reading, statement: str, source: Source, chosen: Span, likely: list[Span]
    ) -> bool:
        """Whether a sentence contradicts a statement that shares more with it than `chosen` does.

        One that denies it overrules, too, where it has a word of it that `chosen` leaves out.
        """
        alike = likeness(said, statement, translated=self.is_translated(source, said))
        least = alike(chosen) + (-CLEARLY if chosen.parts else SLIGHTLY)
        left_out = Claim.of(statement).words - chosen.words
        is_settled = False  # whether a closer sentence has said the same
        for span in sorted((each for each in likely if not each.parts), key=alike, reverse=True):
            is_closer = alike(span) > least and not is_settled
            if not is_closer and (span in (chosen, *chosen.parts) or not span.words & left_out):
                continue
            if not is_closer:
                if is_denied(said, self._ground(source, span, ())):
                    return True
                continue
            found = list(self._faults(said, source, span, ()))
            if any(each.startswith(CONTRADICTION) for each in found):
                return True
            is_settled = not found
        return False

    def _faults(
        self, said: Reading, source: Source, span: Span, rows: tuple[Reading, ...]
    ) -> Iterator[str]:
        return faults(said, self._ground(source, span, rows))

    def _has_pairs(self, source: Source, said: Reading, rows: tuple[Reading, ...]) -> bool:
        """Whether first and last names are joined as the source or a piece joins them."""
        known = paired(source.text) | paired(source.title)
        known = known.union(*(paired(row.text) for row in rows))
        return all(
            pair in known or self._house_names & {*pair} or not {*pair} <= self._named
            for pair in said.pairs
        )

    def nearest(self, source: Source, statement: str) -> Span | None:
        """The span of a source that a statement shares most with, grounded or not."""
        likely = self._likely(source, statement, self.read(statement), SUPPORTED)
        return likely[0][1] if likely else None

    def _likely(
        self, source: Source, statement: str, said: Reading, least: float
    ) -> list[tuple[float, Span]]:
        """The spans that share most with a statement, best first; a pair after its better part."""
        passage = self._passage(source)
        if self.is_translated(source, said):
            score = {span: shared(said, self._ground(source, span, ())) for span in passage.spans}
            least = TRANSLATED
        else:
            claim = Claim.of(statement)
            score = {span: span.supports(claim) for span in passage.spans}
        alone = max((score[span] for span in passage.singles), default=0.0)
        found = [(score[span], span) for span in passage.singles if score[span] >= least]
        found.sort(key=lambda pair: -pair[0])
        pairs = [(score[span], span) for span in passage.pairs if score[span] >= least]
        pairs.sort(key=lambda pair: -pair[0])
        first = [each for each in pairs if each[0] >= alone + support.PAIR_GAIN]
        return [*first[:1], *found[:TRIED], *pairs[:TRIED]]

    def _ground(self, source: Source, span: Span, rows: tuple[Reading, ...]) -> Ground:
        key = (source.number, span, rows)
        if key not in self._grounds:
            self._grounds[key] = self._read_ground(source, span, rows)
        return self._grounds[key]

    def _read_ground(self, source: Source, span: Span, rows: tuple[Reading, ...]) -> Ground:
        passage, code = self._passage(source), self._code(source)
        beside = [read(text, code) for text in passage.beside(span)]
        head = (read(source.title, code), read(dated(source.date), "en"))
        here = self._with_names(read(source.text[span.start : span.end], code))
        parts = tuple(read(part.text[part.start : part.end], code) for part in span.parts)
        return Ground(here, tuple(beside), head, parts, rows)

    def is_translated(self, source: Source, said: Reading) -> bool:
        return said.language != self._code(source)

    def _code(self, source: Source) -> str:
        written = source.language[:2] or support.language(source.text)
        return written if written in LANGUAGES else "en"

    def _passage(self, source: Source) -> Passage:
        return Passage.of(source.text, source.title, self._code(source))

    def _numbered(self, source: Source, span: Span) -> int:
        return self.quote(source, span.start, span.end)

    def quote(self, source: Source, start: int, end: int) -> int:
        """The citation's number for `source.text[start:end]`."""
        text = source.text[start:end]
        start, end = source.start + start, source.start + end
        for cited in self.citations:
            if (cited.source.version_id, cited.start, cited.end) == (source.version_id, start, end):
                return cited.number
        number = len(self.citations) + 1
        self.citations.append(Cited(number, source, start, end, text))
        return number

    def _row(self, piece: Piece) -> Reading:
        facts = f"{piece.title}. {piece.facts}"
        code = support.language(facts)
        return read(facts, code if code in LANGUAGES else "en")

    def piece_supports(self, piece: Piece, statement: str) -> bool:
        """Whether the facts of a piece have all that a statement says.

        That it is in stock or out of it is held to each form by `offered.is_sound`.
        """
        statement = had(statement, self.tongue(statement))
        said, row = self.read(statement), self._row(piece)
        if said.language == row.language:
            facts = Span.whole(f"{piece.title}. {piece.facts}", row.language)
            share = facts.supports(Claim.of(statement))
            enough = share >= SUPPORTED
        else:
            enough = shared(said, Ground(row)) >= TRANSLATED
        if not enough or any(faults(said, Ground(row), whole=True)):
            return False
        if self._is_contradicted(said, statement, piece, row):
            return False
        title = read(f"a {piece.title}", row.language)
        strangers = said.names - title.names
        return not strangers or not (title.names - said.names)

    def _is_contradicted(self, said: Reading, statement: str, piece: Piece, row: Reading) -> bool:
        """Whether the nearest sentence of its facts says the opposite."""
        claim = Claim.of(statement)
        passage = Passage.of(piece.facts, piece.title, row.language)
        nearest = max(passage.singles, key=lambda span: span.supports(claim), default=None)
        if nearest is None or nearest.supports(claim) < SUPPORTED:
            return False
        span = read(piece.facts[nearest.start : nearest.end], row.language)
        found = faults(said, Ground(span, (row,)))
        return any(each.startswith(("denies", "rival opposed")) for each in found)


@lru_cache(maxsize=ANSWERS)
def remembered(
    sources: tuple[Source, ...], pieces: tuple[Piece, ...], house: str, language: str
) -> dict[tuple[int, str, float, tuple[Reading, ...]], Found]:
    """What has been found of statements from this evidence, by all who check one answer."""
    return {}


def likeness(said: Reading, statement: str, *, translated: bool) -> Callable[[Span], float]:
    """How much of a statement's plain words a span has, its names and numbers left aside."""
    if translated:
        concepts = {each for each in said.concepts if kinds()[each].policy != "opposed"}

        def by_concepts(span: Span) -> float:
            there = read(span.text[span.start : span.end], span.language).concepts
            return len(concepts & there) / len(concepts) if concepts else 0.0

        return by_concepts
    claim = Claim.of(statement)
    numbers = support.stems(" ".join(said.text[f.start : f.end] for f in said.figures))
    plain = Claim(claim.words - claim.names - said.names - numbers, frozenset(), ())
    return lambda span: span.supports(plain)


def shared(said: Reading, ground: Ground) -> float:
    """The share of a statement's names, numbers and concepts that a ground of another language has.

    0 for a statement that has none of them: it cannot be compared.
    """
    concepts = {each for each in said.concepts if kinds()[each].policy != "opposed"}
    weight = len(concepts) + ANCHOR * (len(said.names) + len(said.figures))
    if not weight:
        return 0.0
    have = float(len(concepts & ground.span.concepts))
    have += AROUND * len(concepts & ground.concepts_around - ground.span.concepts)
    names = ground.span.names | ground.names_around | ground.span.words | ground.words_around
    known = frozenset(ground.span.counted).union(*(each.counted for each in ground.beside))
    have += ANCHOR * len(said.names & names)
    have += ANCHOR * sum(figure.stands_in(known) for figure in said.figures)
    return have / weight


def numbers_of(source: Source) -> figures.Known:
    """The numbers a model has read in a source, its heading included."""
    return figures.known(f"{source.title} {source.date} {source.text}", source.language[:2])


def dated(date: str) -> str:
    """An ISO date with its month in words, so that either can be told."""
    year, _, rest = date.partition("-")
    month, _, day = rest.partition("-")
    if not month.isdigit() or int(month) not in MONTHS:
        return date
    return f"{day} {MONTHS[int(month)]} {year}"


def _with_names(said: Reading, names: frozenset[str]) -> Reading:
    return replace(said, names=names)
