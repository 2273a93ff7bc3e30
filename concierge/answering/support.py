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
# What short questions are asked with; German "was" is English, and left out.
ASKING: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "why much many please tell show is do i my me you gift price cost costs",
        "fr": "combien comment pourquoi quand quel quelle quels quelles quoi qu est coûte coute "
        "vaut prix je j mon mes cherche voudrais cadeau avez vos il quelqu faut fait",
        "it": "quanto quanta quanti quante quale quali perché dove cosa costa prezzo vorrei avete "
        "mio mia vostro vostra regalo cerco quando l",
        "de": "wer wen wem wann wo warum wieso wieviel wieviele welche welcher welches kostet "
        "kosten beim geschah passierte hat haben hatte gibt ich mein meine man preis bitte "
        "geschenk suche ihnen",
        "es": "cuánto cuánta cuántos cuándo cómo dónde qué quién cuesta cuál quiero busco cuando",
    }.items()
}
TELLING = {code: stops | ASKING[code] for code, stops in STOPS.items()}
ALL_STOPS = frozenset(folded(word) for words in STOPS.values() for word in words)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    plain = folded(word)
    return plain[:STEM] if len(plain) > STEM else plain.removesuffix("s")


def language(text: str, margin: int = MARGIN) -> str:
    """The language of which `text` has clearly the most small words and words of questions; empty
    when none has."""
    words = [word.lower() for word in WORD.findall(text)]
    counts = sorted(((sum(w in small for w in words), code) for code, small in TELLING.items()))
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


@dataclass(frozen=True, eq=False)
class Span:
    """A stretch of a text, `text[start:end]`, in `language` where that is known.

    `near` is told around it; `parts` are the spans that it joins.
    """

    text: str
    start: int
    end: int
    language: str = ""
    near: tuple["Span", ...] = ()
    parts: tuple["Span", ...] = ()

    @classmethod
    def whole(cls, text: str, language: str = "") -> "Span":
        return cls(text, 0, len(text), language)

    @cached_property
    def words(self) -> frozenset[str]:
        if self.parts:
            return frozenset[str]().union(*(part.words for part in self.parts))
        return stems(self.text[self.start : self.end])

    @cached_property
    def numbers(self) -> figures.Known:
        if self.parts:
            return figures.Known().union(*(part.numbers for part in self.parts))
        return figures.known(self.text[self.start : self.end], self.language)

    @cached_property
    def words_near(self) -> frozenset[str]:
        return frozenset[str]().union(*(span.words for span in self.near))

    @cached_property
    def numbers_near(self) -> figures.Known:
        return figures.Known().union(*(span.numbers for span in self.near))

    def supports(self, claim: Claim) -> float:
        """The share of the claim that stands here, from 0 to 1."""
        if not claim.weight:
            return 0.0
        here = claim.words & self.words
        numbers = self.numbers if claim.numbers else figures.Known()
        within = _weight(claim, here, numbers)
        if within < WITHIN * claim.weight:
            return 0.0
        if claim.numbers:
            numbers |= self.numbers_near
        either = _weight(claim, here | (claim.words & self.words_near), numbers)
        return (within + AROUND * (either - within)) / claim.weight


def _weight(claim: Claim, found: frozenset[str], numbers: figures.Known) -> float:
    figured = sum(figure.stands_in(numbers) for figure in claim.numbers)
    return len(found) + (ANCHOR - 1) * len(found & claim.names) + ANCHOR * figured


def stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in WORD.findall(text) if len(word) >= SHORTEST)


@dataclass(frozen=True, slots=True)
class Passage:
    """What of a passage may be cited: its sentences and, where needed, two that follow."""

    text: str
    singles: tuple[Span, ...]
    pairs: tuple[Span, ...]

    @classmethod
    @lru_cache(maxsize=256)
    def of(cls, text: str, title: str, language: str = "") -> "Passage":
        """Each sentence with the title and the sentence before it around it."""
        head = Span.whole(title, language)
        singles: list[Span] = []
        for start, end in sentences(text):
            near = (head, *singles[-1:])
            singles.append(Span(text, start, end, language, near))
        pairs = [
            Span(text, one.start, two.end, language, (head,), (one, two))
            for one, two in pairwise(singles)
        ]
        return cls(text, tuple(singles), tuple(pairs))

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
