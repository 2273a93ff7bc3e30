"""Whether words of an archive support a statement made about it. No model, no database.

Statements are compared by their words (shortened, so that inflections meet), their names and
their numbers, of which the last two count double: they are what a wrong answer gets wrong.
"""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise, takewhile

from archive.sentences import sentences
from concierge.answering import figures
from concierge.answering.folding import folded

STEM = 5  # letters of a word that are compared
SHORTEST = 3  # letters of a word that counts
ANCHOR = 2.0  # what a name or a number is worth; another word is worth 1
AROUND = 0.6  # what a word is worth that only the title or the sentence before has
WITHIN = 0.25  # the least share that the span itself must have
MARGIN = 2  # small words of a language more than of any other, to be taken for it
PAIR_GAIN = 0.15  # what a second sentence must add to be quoted with the first

WORD = re.compile(r"[^\W\d_]+")
STOPS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the a an and or but of to in on at by for from with as is are was were be been it "
        "its this that these those he she they his her their our your which who whom what when "
        "where how has have had not also than then there here more most some such can could may "
        "will would should into over under about after before during while both each other only "
        "very you them him all any one does did",
        "fr": "le la les un une des du de et ou mais dans en sur par pour avec est sont fut était "
        "ce cette ces il elle ils elles son sa ses leur leurs notre votre qui que dont où ne pas "
        "plus au aux se été ont avait comme vous nous même aussi entre depuis",
        "it": "il lo la gli le un uno una di del della dei delle degli da dal dalla in nel nella "
        "su per con è sono era fu che chi cui non più si suo sua suoi sue loro questo questa "
        "anche come tra fra alla al ai alle ed",
        "de": "der die das den dem des ein eine einer einem einen und oder aber in im an am auf "
        "von vom zu zum zur mit für ist sind war waren wird wurde wurden es sie er ihr ihre sein "
        "seine nicht auch als wie bei aus nach über unter dass diese dieser dieses sich",
        "es": "el la los las un una unos unas de del y o pero en con por para es son fue era que "
        "quien su sus este esta estos no se más como también al lo",
    }.items()
}
ALL_STOPS = frozenset(folded(word) for words in STOPS.values() for word in words)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    plain = folded(word)
    return plain[:STEM] if len(plain) > STEM else plain.removesuffix("s")


def language(text: str, margin: int = MARGIN) -> str:
    """The language of which `text` has clearly the most small words; empty when none has."""
    words = [word.lower() for word in WORD.findall(text)]
    counts = sorted(((sum(w in stops for w in words), code) for code, stops in STOPS.items()))
    (second, _), (first, code) = counts[-2:]
    return code if first >= second + margin else ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a statement says: its words' stems, and which of them are names; its numbers."""

    words: frozenset[str]
    names: frozenset[str]
    numbers: tuple[figures.Figure, ...]

    @classmethod
    def of(cls, text: str) -> "Claim":
        names, words = set(), set()
        for position, match in enumerate(WORD.finditer(text)):
            word = match.group()
            if len(word) < SHORTEST or folded(word) in ALL_STOPS:
                continue
            words.add(stem(word))
            if position and word[0].isupper():
                names.add(stem(word))
        return cls(frozenset(words), frozenset(names), tuple(figures.figures(text)))

    @property
    def weight(self) -> float:
        return len(self.words) + (ANCHOR - 1) * len(self.names) + ANCHOR * len(self.numbers)


@dataclass(frozen=True)
class Span:
    """A stretch of a text, `text[start:end]`, and what is told around it."""

    text: str
    start: int
    end: int
    around: str = ""

    @cached_property
    def words(self) -> frozenset[str]:
        return stems(self.text[self.start : self.end])

    @cached_property
    def numbers(self) -> figures.Known:
        return figures.known(self.text[self.start : self.end])

    @cached_property
    def words_around(self) -> frozenset[str]:
        return stems(self.around)

    @cached_property
    def numbers_around(self) -> figures.Known:
        return figures.known(self.around)

    def supports(self, claim: Claim) -> float:
        """The share of the claim that stands here, from 0 to 1."""
        if not claim.weight:
            return 0.0
        within = _weight(claim, self.words, self.numbers)
        if within < WITHIN * claim.weight:
            return 0.0
        words = self.words | self.words_around
        either = _weight(claim, words, self.numbers | self.numbers_around)
        return (within + AROUND * (either - within)) / claim.weight


def _weight(claim: Claim, words: frozenset[str], numbers: figures.Known) -> float:
    found = claim.words & words
    figured = sum(figure.stands_in(numbers) for figure in claim.numbers)
    return len(found) + (ANCHOR - 1) * len(found & claim.names) + ANCHOR * figured


def stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in WORD.findall(text) if len(word) >= SHORTEST)


@dataclass(frozen=True, slots=True)
class Passage:
    """What of a passage may be cited: its sentences and, where needed, two that follow."""

    text: str
    title: str
    singles: tuple[Span, ...]
    pairs: tuple[Span, ...]

    @classmethod
    def of(cls, text: str, title: str) -> "Passage":
        """Each sentence with the title and the sentence before it around it."""
        bounds = sentences(text)
        befores = ["", *(text[start:end] for start, end in bounds)]
        singles = [
            Span(text, start, end, f"{title} {before}")
            for (start, end), before in zip(bounds, befores, strict=False)
        ]
        pairs = [Span(text, one.start, two.end, title) for one, two in pairwise(singles)]
        return cls(text, title, tuple(singles), tuple(pairs))

    @property
    def spans(self) -> tuple[Span, ...]:
        return (*self.singles, *self.pairs)

    def beside(self, span: Span) -> list[str]:
        """The sentences before and after a span; of a table's row, its heading too."""
        before = [each for each in self.singles if each.end <= span.start]
        after = [each for each in self.singles if each.start >= span.end]
        near = [*before[-1:], *after[:1], *self._heading(before)]
        return [self.text[each.start : each.end] for each in near]

    def _heading(self, before: list[Span]) -> list[Span]:
        """The first row of the table that the last of the sentences before belongs to."""
        rows = list(takewhile(lambda each: self.text[each.start] == "|", reversed(before)))
        return rows[-1:]

    def best(self, claim: Claim) -> tuple[float, Span | None]:
        """The span that supports the claim most, a pair only if it has clearly more."""
        top: float = 0.0
        chosen: Span | None = None
        for spans, gain in ((self.singles, 0.0), (self.pairs, PAIR_GAIN)):
            for span in spans:
                score = span.supports(claim)
                if score > top and score >= top + gain:
                    top, chosen, gain = score, span, 0.0
        return top, chosen
