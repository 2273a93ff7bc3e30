"""One sentence of a draft, judged: whether it stays, and what may be said in its place."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from concierge.answering import figures, support
from concierge.answering.checker import Checker
from concierge.answering.civil import is_courtesy, is_plain_answer, offers_a_deed
from concierge.answering.lexicon import kinds
from concierge.answering.markers import Marker
from concierge.answering.offered import is_sound, mentions, segments
from concierge.answering.reading import Reading
from concierge.answering.turn import Piece, Source

LONGEST_QUOTE = 45  # words of a source's sentence that may stand for a removed one

AMOUNT = r"\d[\d.,'’\u00a0\u202f ]*"
CURRENCY = r"(?:€|\$|£|¥|\b(?:EUR|USD|GBP|CHF|JPY|euros?|dollars?|pounds?)\b)"
# "Two carrés are under 400 euros": a limit the client has set is no claim of ours.
LIMIT = re.compile(
    r"\b(?:under|below|less than|within|up to|over|above|more than|sous|moins de|au-dessous de"
    r"|jusqu'à|plus de|sotto|meno di|fino a|oltre|unter|weniger als|bis|über|mehr als)\s+"
    rf"(?:(?:your|budget|of|{CURRENCY})\s*)*{AMOUNT}(?:{CURRENCY})?",
    re.IGNORECASE,
)
CLOSING = re.compile(r"[\s.!?…:;,\"'”’»)]*$")
# "The archive does not tell who wove it" is what an honest answer says of its own limits; what
# follows a "but" is another matter.
TELLING = (
    r"(?:say|tell|told|mention|record|hold|give|describe|know|contain|keep|show|reveal|specif|state"
    r"|name|explain|note|answer|dit|disent|mentionn|préci|indiqu|conserv|donn|dic|menzion|riport"
    r"|indic|specific|conserv|sag|nenn|erwähn|verrät|verzeichn|berichtet|weiß)"
)
SILENCE = re.compile(
    r"\b(?:archiv\w*|sources?|fonti|quellen)\b[^.;:]{0,40}?(?:"
    r"\b(?:nothing|silent|rien|nulla|nichts|muet\w*|silent\w*)\b(?<!not silent)"
    rf"|\b(?:not|no|pas|non|nicht|kein\w*)\b[^.;:]{{0,25}}?\b{TELLING}"
    rf"|{TELLING}\w*[^.;:]{{0,25}}?\b(?:not|no|pas|nicht|kein\w*)\b)"
    r"(?! (?:only|doubt|secret|seulement|solo|nur))",
    re.IGNORECASE,
)
TURNING = re.compile(
    r"[;:]|\b(?:but|however|yet|though|although|except|mais|cependant|toutefois|ma|però|tuttavia"
    r"|aber|jedoch|sondern)\b|, (?:and|et|e|und)\b",
    re.IGNORECASE,
)
PRONOUNS = (
    r"(?:it|its|they|their|them|these|those|this|that|he|she|his|her|both|such|il|elle|ils|elles"
    r"|ce|c['’]|cette|ces|son|sa|ses|leurs?|cela|celui|celle|esso|essa|egli|lei|lui|loro|questo"
    r"|questa|questi|queste|suo|sua|er|sie|es|dies\w*|ihr\w*|sein\w*)"
)
LEANING = re.compile(rf"[\"'“‘«(—–\s-]*{PRONOUNS}(?!\w)", re.IGNORECASE)
# "You told me that your wrist is 15 cm": said back as the client's own words, not as the archive's.
RECALLING = re.compile(
    r"\b(?:you(?:'ve| have)? (?:(?:just|first|earlier) )?(?:said|told|mentioned|wrote|asked)"
    r"|as you (?:said|say)|vous (?:m'avez|m’avez|nous avez|avez|l'avez) (?:dit|parlé|indiqué|écrit)"
    r"|(?:lei )?(?:mi |ci )?ha (?:detto|scritto|accennato)"
    r"|sie (?:sagten|schrieben|erwähnten|haben (?:mir |uns )?(?:gesagt|geschrieben|erzählt)))\b",
    re.IGNORECASE,
)
QUOTES = {"en": "“{}”", "fr": "« {} »", "it": "«{}»", "de": "„{}“"}


class Judged:
    """`bare` is the sentence without its markers; `markers` stand at places within it.

    `cited` has (place, citation) of the markers that hold; they are noted in the checker as soon
    as a sentence is judged, and `forget` takes them back. `about` are the pieces that the sentence
    before speaks of, which this one may call "it".
    """

    def __init__(
        self,
        checker: Checker,
        bare: str,
        markers: list[tuple[Marker, int]],
        about: Sequence[Piece] = (),
    ) -> None:
        self.checker, self.bare = checker, bare
        self.plain = LIMIT.sub(self._without_limit, bare)
        self.said = checker.read(self.plain)
        self.pieces = self._pieces(markers) or (list(about) if self.leans else [])
        self.sources = [m for m, _ in markers if not m.of_piece]
        self.cited: list[tuple[int, int]] = []
        self._before = len(checker.citations)
        self.is_supported = self.stays = self._recalls()
        if not self.stays and is_sound(self.plain, self.pieces, self.said.language):
            is_grounded = self._ground([pair for pair in markers if not pair[0].of_piece])
            self.is_supported = is_grounded and (
                bool(self.cited) or self._is_of_a_piece(self.plain)
            )
            self.stays = is_grounded and not self._is_strange()
        if not self.stays:
            self.forget()

    def forget(self) -> None:
        """Take back the citations that only this sentence has made."""
        del self.checker.citations[self._before :]

    @property
    def leans(self) -> bool:
        """Whether it begins with a word for what the sentence before has named."""
        return bool(LEANING.match(self.bare))

    @property
    def is_bare(self) -> bool:
        """Whether it is a "yes" or a "no" alone."""
        return is_plain_answer(self.bare)

    @property
    def is_delicate(self) -> bool:
        """Whether it claims what a house must be able to prove, a price included."""
        return is_delicate(self.said)

    def _recalls(self) -> bool:
        """Whether it gives the client's own words back as theirs, and claims nothing delicate."""
        if (
            not RECALLING.search(self.bare)
            or self.is_delicate
            or self.checker.withheld.strange(self.bare)
        ):
            return False
        return self.checker.recalls(RECALLING.sub("", self.bare))

    def _is_strange(self) -> bool:
        """Whether it names an address that the words it cites do not."""
        numbers = {number for _, number in self.cited}
        cited = [each.text for each in self.checker.citations if each.number in numbers]
        facts = [piece.facts for piece in self.checker.evidence.pieces]
        withheld = self.checker.withheld
        return withheld.strange(self.bare, cited + facts) or withheld.pretends(self.bare, cited)

    def _pieces(self, markers: list[tuple[Marker, int]]) -> list[Piece]:
        marked = [self.checker.pieces.get(m.number) for m, _ in markers if m.of_piece]
        every = tuple(self.checker.pieces.values())
        named = [piece for *_, piece in mentions(self.bare, every)] if every else []
        return list(dict.fromkeys([piece for piece in marked if piece] + named))

    def _without_limit(self, match: re.Match[str]) -> str:
        """Spaces for a limit that the client has set, so that places stay what they are."""
        limits = figures.figures(match.group())
        asked = all(figure.stands_in(self.checker.asked) for figure in limits)
        return " " * len(match.group()) if asked else match.group()

    def _ground(self, markers: list[tuple[Marker, int]]) -> bool:
        """Whether each part of the sentence is grounded; notes the citations that hold."""
        since = 0
        for at, group in groupby(markers, key=lambda pair: pair[1]):
            numbers = [
                self.checker.cite(
                    marker.number, self.plain[:at], self.plain[since:at], pieces=self.pieces
                )
                for marker, _ in group
            ]
            found = [number for number in numbers if number]
            self.cited += [(at, number) for number in dict.fromkeys(found)]
            if not found and not self._stands(since, at):
                return False
            since = at
        return self._stands(since, len(self.plain))

    def _stands(self, since: int, at: int) -> bool:
        """Whether a part without a marker that holds may be said all the same."""
        part = self.plain[since:at]
        if not self._claims(part) or self._is_of_a_piece(part):
            return True
        earlier = self.cited[-1:] if since else []
        for marker in self.sources if earlier else []:
            number = self.checker.cite(marker.number, self.plain[:at], pieces=self.pieces)
            if number in {each for _, each in earlier}:
                return True
        number = self.checker.repair(self.plain[:at], pieces=self.pieces)
        if not number:
            return False
        if (at, number) not in self.cited:
            self.cited.append((at, number))
        return True

    def _is_of_a_piece(self, part: str) -> bool:
        """Whether a piece has all of a part, or each of several what is said of it."""
        if any(self.checker.piece_supports(piece, part) for piece in self.pieces):
            return True
        told = segments(part, self.pieces)
        return bool(told) and all(self.checker.piece_supports(*each) for each in told)

    def _claims(self, part: str) -> bool:
        """Whether a part says something that would need support."""
        silence = SILENCE.search(part)
        if silence and not self._is_firm(part[: silence.start()]):
            turn = TURNING.search(part, silence.end())
            return self._claims(part[turn.end() :]) if turn else False
        said = self.checker.read(part)
        if part.rstrip("\"'”’») ").endswith("?"):
            return is_delicate(said) or bool(said.figures) or offers_a_deed(part)
        stated = any(kinds()[c].policy in ("claimed", "stated", "named") for c in said.concepts)
        return (
            stated
            or bool(said.figures or said.names)
            or not (is_courtesy(part) or is_plain_answer(part))
        )

    def _is_firm(self, part: str) -> bool:
        """Whether what stands before a word of silence already claims something delicate."""
        said = self.checker.read(part)
        return is_delicate(said) or bool(said.figures)

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

    @property
    def instead(self) -> str:
        """What may be said in place of a delicate sentence that goes; empty where nothing may.

        A piece's price and stock as its row has them, or the sentence of the source it cites that
        is nearest to it, word for word.
        """
        if not self.is_delicate or self.checker.withheld.strange(self.bare):
            return ""
        groups = {kinds()[concept].group for concept in self.said.concepts}
        if len(self.pieces) == 1 and groups & {"price", "stock"}:
            [piece] = self.pieces
            return f"{piece.title}: {piece.facts.splitlines()[0]}."
        return self.quoted()

    def quoted(self) -> str:
        """The nearest whole sentence of a source that it cites, with its mark; else empty."""
        for source in self._marked():
            span = self.checker.nearest(source, self.plain)
            if span is None:
                continue
            text = source.text[span.start : span.end]
            if self._may_stand_alone(text) and not self._is_quoted(source, span):
                number = self.checker.quote(source, span.start, span.end)
                return f"{QUOTES[self.said.language].format(text)} [{number}]"
        return ""

    def _marked(self) -> Iterator[Source]:
        """The sources it cites that are written in its own language."""
        for marker in self.sources:
            source = self.checker.sources.get(marker.number)
            if source and not self.checker.is_translated(source, self.said):
                yield source

    def _may_stand_alone(self, text: str) -> bool:
        whole = text[-1:] in ".!…" and not text.startswith(("|", "#"))
        strange = self.checker.withheld.strange(text) or self.checker.withheld.recited(text)
        return (
            whole and not LEANING.match(text) and len(text.split()) <= LONGEST_QUOTE and not strange
        )

    def _is_quoted(self, source: Source, span: support.Span) -> bool:
        start, end = source.start + span.start, source.start + span.end
        return any(
            cited.source.version_id == source.version_id and start < cited.end and cited.start < end
            for cited in self.checker.citations
        )


def tried(
    checker: Checker, bare: str, markers: list[tuple[Marker, int]], about: Sequence[Piece] = ()
) -> Judged:
    """A sentence judged without a citation being noted."""
    judged = Judged(checker, bare, markers, about)
    judged.forget()
    return judged


def is_delicate(said: Reading) -> bool:
    """Whether a reading has a claim of price, stock, composition, care and the like."""
    return any(kinds()[concept].policy == "claimed" for concept in said.concepts)
