"""What a model is saying, and how much of it may already be shown."""

import re
from functools import cached_property

from concierge.answering import figures
from concierge.answering.checker import Checker
from concierge.answering.civil import DEED
from concierge.answering.judge import tried
from concierge.answering.lexicon import TOKEN, ending, kinds
from concierge.answering.markers import ANY, NO_ANSWER, Marker, markers_in
from concierge.answering.reading import MONEY, tongue
from concierge.answering.turn import Piece
from concierge.answering.withhold import Recital, seen
from concierge.voice.heed import is_banned, mended
from concierge.voice.manner import Manner

# What may still grow into something else than it looks: a marker, a number, the space before.
UNFINISHED = re.compile(r"\s*(?:[\[【][^\]】\n]{0,30}|[^\s\[【]*\d[^\s\[【\]】]*)?$")
TOKENS = re.compile(rf"(?P<marker>{ANY.pattern})|(?P<space>\s+)|(?P<word>[^\s\[【]+|[\[【])", re.I)
PHRASE = 3  # words before the last that may belong to a claim with it
STOP = re.compile(r"[.!?…][\"'”’»)]*$")


class Speech:
    """What a model is saying, and how much of it may already be shown.

    Markers are never shown in part, and bear the numbers the finished answer will give them. From
    a number that no evidence has, a strange address, the words of a prompt or a word that the house
    never says to the end of its sentence nothing is shown: that sentence will not be part of the
    answer. From a word of a deed or one that begins a claim of price, stock, care and the like, the
    rest of its sentence waits until it is whole and has been judged. What was shown of a sentence
    before it fell silent ends with an ellipsis.
    """

    def __init__(self, checker: Checker, manner: Manner | None = None) -> None:
        self.checker = checker
        checker.language = tongue(checker.evidence.query) or checker.language
        self.manner = manner
        self.draft = ""
        self._held = ""
        self._space = ""  # not shown before it is known what follows
        self._sentence = ""
        self._since_marker = 0
        self._marked: list[tuple[Marker, int]] = []  # in this sentence, with their places
        self._waiting: list[re.Match[str]] = []
        self._pending = ""  # the sentence with what waits
        self._about: list[Piece] = []  # what the last sentence speaks of
        self._muted = False
        self._begun = False  # whether anything of this sentence was shown
        self._recital = Recital(checker.withheld.rules)

    @property
    def said(self) -> str:
        """The draft without what is not yet known to be whole."""
        return self.draft[: len(self.draft) - len(self._held)]

    def hear(self, words: str) -> str:
        """What may be shown now that `words` were said."""
        words = seen(words)
        self.draft += words
        self._held += words
        found = UNFINISHED.search(self._held)
        ready = found.start() if found else len(self._held)
        text, self._held = self._held[:ready].replace(NO_ANSWER, ""), self._held[ready:]
        return "".join(self._heard(match) for match in TOKENS.finditer(text))

    def finish(self) -> str:
        """What may still be shown now that nothing more is said."""
        text, self._held = self._held, ""
        shown = "".join(self._heard(match) for match in TOKENS.finditer(text))
        return shown + (self._released() if self._waiting else "")

    def _heard(self, match: re.Match[str]) -> str:
        """What may be shown now: nothing while a claim waits for the end of its sentence."""
        word, space = match["word"], match["space"]
        if not self._waiting:
            if not word or self._muted or not self._begins_claim(word):
                return self._shown(match)
            self._pending = self._sentence
        self._waiting.append(match)
        if match["marker"]:
            at = len(self._pending)
            self._marked += [(marker, at) for marker in markers_in(match, at)]
            return ""
        if space and (STOP.search(self._pending) or "\n" in space):
            return self._released()
        self._pending += match.group()
        return ""

    def _begins_claim(self, word: str) -> bool:
        """Whether with `word` the sentence says something that only evidence lets it say."""
        codes = {self.checker.language, tongue(self._sentence) or self.checker.language}
        words = TOKEN.findall(self._sentence)[-PHRASE:] + TOKEN.findall(word)
        return bool(MONEY.search(word) or DEED.search(word)) or any(
            self._has_amount(word, code) or claims_last(words, code) for code in codes
        )

    def _has_amount(self, word: str, code: str) -> bool:
        """Whether a word is a number in words, or the price of a piece."""
        said = figures.of_word(word, code)
        return any(f.in_words or not f.readings.isdisjoint(self._prices) for f in said)

    def _released(self) -> str:
        """The rest of a sentence that waited, if it stands; else silence to its end."""
        waiting, self._waiting = self._waiting, []
        judged = tried(self.checker, self._pending, self._marked, self._about)
        self._muted = not judged.stays
        self._about = judged.pieces
        self._marked = []
        return "".join(self._shown(match) for match in waiting)

    def _shown(self, match: re.Match[str]) -> str:
        if match["marker"]:
            return "" if self._muted else self._markers(match)
        if space := match["space"]:
            recites = self._recital.hears(space)
            if STOP.search(self._sentence) or "\n" in space:
                self._sentence, self._since_marker, self._muted = "", 0, recites
                self._begun = False
                self._about = self._pieces() or self._about
                self._marked = []
            else:
                self._sentence += space
                self._muted |= recites
            self._space = space
            return ""
        return self._word(match["word"])

    @cached_property
    def _known(self) -> figures.Known:
        return self.checker.all_numbers | self.checker.asked

    def _pieces(self) -> list[Piece]:
        """The pieces that the sentence has marked."""
        pieces = self.checker.pieces
        marked = (marker.number for marker, _ in self._marked if marker.of_piece)
        return [pieces[number] for number in marked if number in pieces]

    @cached_property
    def _prices(self) -> figures.Known:
        facts = (piece.facts for piece in self.checker.evidence.pieces)
        prices = (f for fact in facts for f in figures.figures(fact) if figures.is_price(f))
        return figures.Known().union(*(price.readings for price in prices))

    @cached_property
    def _told(self) -> tuple[str, ...]:
        evidence = self.checker.evidence
        facts = [piece.facts for piece in evidence.pieces]
        return (*(source.text for source in evidence.sources), *facts)

    def _word(self, word: str) -> str:
        figured = all(figure.stands_in(self._known) for figure in figures.of_word(word))
        recites = self._recital.hears(word)
        self._sentence += word
        withheld = self.checker.withheld
        strange = withheld.strange(self._sentence.rsplit(None, 1)[-1], self._told)
        strange |= withheld.pretends(self._sentence, self._told)
        self._muted |= recites or strange or not figured or is_banned(self._sentence, self.manner)
        if self._muted:
            begun, self._begun = self._begun, False
            return "…" if begun else ""
        self._begun = True
        space, self._space = self._space, ""
        return space + (mended(word, self.manner) if self.manner else word)

    def _markers(self, match: re.Match[str]) -> str:
        shown = ""
        for marker in markers_in(match, len(self._sentence)):
            self._marked.append((marker, len(self._sentence)))
            if marker.of_piece:
                continue
            since = self._sentence[self._since_marker :]
            number = self.checker.cite(marker.number, self._sentence, since)
            shown += f"[{number}]" if number and f"[{number}]" not in shown else ""
        self._since_marker = len(self._sentence)
        self._space = ""
        return f" {shown}" if shown else ""


def claims_last(words: list[str], language: str) -> bool:
    """Whether the last of the words completes a claim that a house must be able to prove."""
    return any(kinds()[concept].policy == "claimed" for concept in ending(words, language))
