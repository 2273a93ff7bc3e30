"""What one answer is made from, what it is, and the events it arrives by.

Everything here is frozen and holds plain values: a turn can be built, stored and replayed without
a database.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from archive.viewer import Viewer
from concierge.llm.protocol import Payer
from concierge.redaction.known import Known
from concierge.voice.manner import Manner


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose concierge is speaking: the house's name, its language and how to reach a person.

    `manners` is how it speaks, one for each language it has written, its own first; made by
    concierge.answering.manners.voice_of.
    """

    name: str
    language: str = "en"
    contact: str = ""
    manners: tuple[Manner, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """One earlier message of the conversation."""

    role: Literal["client", "concierge"]
    text: str
    learned: bool = False  # what it tells is among what is remembered, as it has become since


@dataclass(frozen=True, slots=True)
class Turn:
    """Everything needed to answer one message. `history` is oldest first, without `question`."""

    brand: Voice
    question: str
    viewer: Viewer
    history: tuple[Exchange, ...] = ()
    reference: str = ""  # the answer it is for, written in the usage ledger
    read_as: str = ""  # the question with its spelling mended, to search by; empty: as it is
    shown: tuple[int, ...] = ()  # products beside the last answer that had any
    visitor: str = ""  # who asks, for budgets alone; never told to a model
    tier: Literal["new", "known", "client"] = "new"  # how well they are known
    address: str = ""  # a fingerprint of where they ask from, for budgets alone
    summary: str = ""  # of what was said before `history`, with who said it
    kind: str = ""  # as it was understood (concierge.answering.recognise.Kind)
    remembered: tuple[str, ...] = ()  # of the client, "kind: their words"; only with their yes
    known: tuple[Known, ...] = ()  # of the client: names, addresses; hidden from providers
    aside: str = ""  # said before the answer: which of the client's sizes was taken

    @property
    def payer(self) -> Payer:
        """Whose budgets the calls for this turn count against."""
        return Payer(self.viewer.brand_id, self.visitor, self.tier, self.address)


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered passage: `version.text[start : start + len(text)] == text`."""

    number: int  # from 1; what a marker [n] refers to
    title: str
    text: str
    document_id: int
    version_id: int
    passage_id: int | None
    start: int  # of `text` in the version's text
    page: int | None = None
    date: str = ""
    kind: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A product and its facts as its rows have them; a marker [Pn] refers to it."""

    number: int  # from 1
    product_id: int
    title: str
    facts: str  # one fact a line: price, availability, materials
    told: str = ""  # what the rows say of it to this question, as a sentence of the answer
    stated: str = ""  # its name, price and stock, then its forms, in the language of the question
    variant_id: int | None = None  # the form that the question means, where it means one
    is_service: bool = False  # done for a client: its price is the archive's to tell first


def forms_of(pieces: Iterable[Piece]) -> dict[int, int]:
    """By product, the variant that the question means; without the pieces it means as a whole."""
    return {piece.product_id: piece.variant_id for piece in pieces if piece.variant_id}


@dataclass(frozen=True, slots=True)
class Guidance:
    """What the house answers to a question near this one, for a model to be guided by.

    Only its `sources` may be cited: they are numbered when a prompt is made of them.
    """

    question: str
    text: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for `query`, best first.

    `support` is how likely it is that the sources answer, from 0 to 1 (archive.support).
    """

    query: str
    sources: tuple[Source, ...] = ()
    pieces: tuple[Piece, ...] = ()
    support: float = 0.0
    finding: str = ""  # what the catalogue's rows answer: a count, a superlative, what is missed
    guidance: tuple[Guidance, ...] = ()  # nearest first; models alone heed it
    told: str = ""  # what the client has said, which may be said back as theirs


@dataclass(frozen=True, slots=True)
class Cited:
    """The words a marker rests on: `version.text[start:end] == text`, in `source`'s version."""

    number: int  # the marker in the reply, from 1
    source: Source
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one rung: `outcome` is answered, refused, failed or skipped."""

    rung: str
    outcome: Literal["answered", "refused", "failed", "skipped"]
    reason: str = ""
    ms: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """A finished answer: `text` carries a marker [n] for each of `citations`, in order."""

    text: str
    citations: tuple[Cited, ...] = ()
    product_ids: tuple[int, ...] = ()
    forms: dict[int, int] = field(default_factory=dict)  # by product, the variant that is meant
    rung: str = ""
    reason: str = ""  # why this rung answers, for its step
    refused: bool = False
    kind: str = ""  # what was asked for, as it was understood
    person: bool = False  # a person is offered
    steps: tuple[Step, ...] = ()
    timings_ms: dict[str, int] = field(default_factory=dict)
    prompt_version: str = ""  # and the voice's, where the house has written one
    voice_score: float | None = None  # from 0 to 1; None where the house has written no voice
    voice_faults: tuple[dict[str, str], ...] = ()  # {rule, words}
    support: float | None = None  # of the evidence; None where none was looked for
    nearest: int | None = None  # the passage that was found first, whether or not it answers


@dataclass(frozen=True, slots=True)
class Draft:
    """What a model has said so far, as far as it was shown, and the evidence it is held to."""

    text: str  # its markers mean the evidence's sources
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Delta:
    """Further words of the answer, to be shown after those before them.

    `draft` is where a model speaks: should the answer be stopped here, it tells what stands.
    """

    text: str
    draft: Draft | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Restart:
    """The rung that was speaking failed: what it had shown is taken back."""

    reason: str


@dataclass(frozen=True, slots=True)
class Done:
    """The answer as it stands: its text replaces what the deltas showed."""

    reply: Reply


Event = Delta | Restart | Done
