"""What a model is saying, and how much of it may already be shown."""

import re
from functools import cached_property

from concierge.answering import figures
from concierge.answering.checker import Checker
from concierge.answering.markers import MARKERS, NO_ANSWER, markers_in
from concierge.answering.withhold import Recital, seen
from concierge.voice.heed import is_banned, mended
from concierge.voice.manner import Manner

# What may still grow into something else than it looks: a marker, a number, the space before.
UNFINISHED = re.compile(r"\s*(?:[\[【][^\]】\n]{0,30}|[^\s\[【]*\d[^\s\[【\]】]*)?$")
TOKENS = re.compile(
    rf"(?P<marker>{MARKERS.pattern})|(?P<space>\s+)|(?P<word>[^\s\[【]+|[\[【])", re.I
)
STOP = re.compile(r"[.!?…][\"'”’»)]*$")


class Speech:
    """What a model is saying, and how much of it may already be shown.

    Markers are never shown in part, and bear the numbers the finished answer will give them. From
    a number that no evidence has, a strange address, the words of a prompt or a word that the house
    never says to the end of its sentence nothing is shown: that sentence will not be part of the
    answer.
    """

    def __init__(self, checker: Checker, manner: Manner | None = None) -> None:
        self.checker = checker
        self.manner = manner
        self.draft = ""
        self._held = ""
        self._space = ""  # not shown before it is known what follows
        self._sentence = ""
        self._since_marker = 0
        self._muted = False
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
        return "".join(self._shown(match) for match in TOKENS.finditer(text))

    def _shown(self, match: re.Match[str]) -> str:
        if match["marker"]:
            return "" if self._muted else self._markers(match)
        if space := match["space"]:
            recites = self._recital.hears(space)
            if STOP.search(self._sentence) or "\n" in space:
                self._sentence, self._since_marker, self._muted = "", 0, recites
            else:
                self._sentence += space
                self._muted |= recites
            self._space = space
            return ""
        return self._word(match["word"])

    @cached_property
    def _known(self) -> figures.Known:
        return self.checker.all_numbers | self.checker.asked

    @cached_property
    def _told(self) -> tuple[str, ...]:
        evidence = self.checker.evidence
        facts = [piece.facts for piece in evidence.pieces]
        return (*(source.text for source in evidence.sources), *facts)

    def _word(self, word: str) -> str:
        figured = all(figure.stands_in(self._known) for figure in figures.figures(word))
        recites = self._recital.hears(word)
        self._sentence += word
        strange = self.checker.withheld.strange(self._sentence.split()[-1], self._told)
        self._muted |= recites or strange or not figured or is_banned(self._sentence, self.manner)
        if self._muted:
            return ""
        space, self._space = self._space, ""
        return space + (mended(word, self.manner) if self.manner else word)

    def _markers(self, match: re.Match[str]) -> str:
        shown = ""
        for marker in markers_in(match, len(self._sentence)):
            if marker.of_piece:
                continue
            since = self._sentence[self._since_marker :]
            number = self.checker.cite(marker.number, self._sentence, since)
            shown += f"[{number}]" if number and f"[{number}]" not in shown else ""
        self._since_marker = len(self._sentence)
        self._space = ""
        return f" {shown}" if shown else ""
