"""Holds a model's draft to its evidence: what is not supported is not said.

A draft is judged sentence by sentence (`judge.py`):

- a marker stays when a span of its source says what stands before it (`grounds.py`); it then means
  exactly that span, and markers are numbered anew in the order they appear;
- a sentence whose markers all fell, or that had none, is cited to whatever source says it;
- a sentence with a name, a number, a "not" or a term of a closed class that its source does not
  have goes, and so does one that gives a piece a price its rows do not have;
- a sentence on price, stock, authenticity, sustainability, composition or care that goes is
  replaced by the row's own facts or by the source's own sentence, where that can stand alone;
- a sentence that recites a prompt goes, and so does one with an address that neither the words it
  cites nor the house's contact have;
- a sentence that claims something and is left without support goes; courtesies stay, and so
  does what the archive is said not to tell;
- what began with a word for what has gone ("It", "However") is quoted, shortened or goes too;
- a draft of which nothing supported is left was no answer: `UnsupportedError`; nor was one of
  which no statement is left (`stating.py`): `NoStatementError`.

A statement in another language than its source is compared by its names, its numbers and the
concepts of the lexicon.
"""

import re
import unicodedata
from dataclasses import dataclass

from archive.sentences import sentences
from concierge.answering.checker import Checker
from concierge.answering.judge import Judged
from concierge.answering.markers import bare
from concierge.answering.reading import tongue
from concierge.answering.stating import states
from concierge.answering.turn import Cited, Evidence, Piece
from concierge.answering.withhold import Withheld

# What joins a sentence to the one before it; German turns its words about, so it keeps them.
CONNECTIVE = re.compile(
    r"(?:however|but|also|then|moreover|furthermore|in addition|therefore|so|still|yet|instead"
    r"|similarly|likewise|and|nevertheless|by contrast|cependant|mais|puis|de plus|toutefois|donc"
    r"|et|en outre|inoltre|ma|tuttavia|quindi|poi|però)\b,?\s+(?=\w)",
    re.IGNORECASE,
)


class UnsupportedError(Exception):
    """Nothing the draft says is supported by the evidence."""

    reason = "unsupported"


class NoStatementError(UnsupportedError):
    """What is left of the draft states nothing: a heading, a number, a question of a source."""

    reason = "no_statement"


@dataclass(frozen=True, slots=True)
class Verified:
    """What is left of a draft, its citations by number, and the pieces it names, in order."""

    text: str
    citations: tuple[Cited, ...]
    pieces: tuple[Piece, ...]


def verify(
    draft: str, evidence: Evidence, withheld: Withheld | None = None, house: str = ""
) -> Verified:
    """What of `draft` the evidence supports.

    Raises UnsupportedError when nothing is, NoStatementError when what is states nothing.
    """
    return _Draft(Checker(evidence, withheld or Withheld(), house), draft).verified()


class _Draft:
    """A draft and what is kept of it so far."""

    def __init__(self, checker: Checker, draft: str) -> None:
        self.checker = checker
        self.text, self.markers = bare(unicodedata.normalize("NFC", draft))
        checker.language = tongue(self.text) or checker.language
        self.recited = checker.withheld.recited(self.text)
        self.kept: list[str] = []
        self.pieces: list[Piece] = []
        self.about: list[Piece] = []  # what the last sentence speaks of
        self.is_supported = self.is_stated = False
        self.lost = False  # whether what the next sentence may lean on has gone
        self.answered = 0  # the place among `kept` of a "yes" that the next sentence explains

    def verified(self) -> Verified:
        position = 0
        for start, end in sentences(self.text):
            gap = self.text[position:start]
            position = end
            if "\n" in gap:
                self.lost = False
            if not self._keep(start, end, gap):
                self.kept.append("\n\n" if "\n\n" in gap else "")
        if not self.is_supported:
            raise UnsupportedError
        if not self.is_stated:
            raise NoStatementError
        text = tidied("".join(self.kept))
        return Verified(text, tuple(self.checker.citations), tuple(self.pieces))

    def _keep(self, start: int, end: int, gap: str) -> bool:
        """Keep what may be kept of one sentence; whether anything was."""
        if any(first < end and start < last for first, last in self.recited):
            self.lost = True
            return False
        own = [(m, m.at - start) for m in self.markers if start < m.at <= end]
        judged = Judged(self.checker, self.text[start:end], own, self.about)
        is_whole = judged.stays and not (self.lost and judged.leans)
        if is_whole:
            text = without_connective(judged) if self.lost else judged.text
        else:
            judged.forget()
            text = judged.quoted() if judged.stays else judged.instead
            text = "" if text in self.kept else text
        if not text:
            self.lost = self.lost or not judged.leans
            self._forget_answer()
            return False
        self.answered = len(self.kept) + 1 if judged.is_bare else 0
        self.lost = False
        self.about = judged.pieces
        self.kept += [gap, text]
        self.is_supported = self.is_supported or judged.is_supported
        is_row = bool(judged.pieces and judged.said.figures)  # "Relais 30: EUR 2,450, in stock."
        self.is_stated |= is_row or states(judged.bare, judged.said.language)
        self.pieces += [piece for piece in judged.pieces if piece not in self.pieces]
        return True

    def _forget_answer(self) -> None:
        """Take back the "yes" or "no" that rested on a sentence which has gone."""
        if self.answered:
            self.kept[self.answered] = ""
            self.answered = 0


def without_connective(judged: Judged) -> str:
    """The sentence without the word that joined it to one that has gone."""
    text = judged.text
    if judged.said.language == "de" or not (joined := CONNECTIVE.match(text)):
        return text
    rest = text[joined.end() :]
    return rest[0].upper() + rest[1:]


def tidied(text: str) -> str:
    """Without the bullets, line ends and spaces that removed sentences leave behind."""
    text = re.sub(r"(?m)^[ \t]*(?:[-*•–]|\d{1,2}[.)])[ \t]*$", "", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()
