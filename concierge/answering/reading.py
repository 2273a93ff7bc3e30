"""A statement or a sentence of a source, read for what can be compared: its names, its numbers,
the concepts of the lexicon it uses, and which of its words are denied.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from concierge.answering import figures
from concierge.answering.folding import folded
from concierge.answering.lexicon import TOKEN, Found, find, kinds
from concierge.answering.support import ALL_STOPS, SHORTEST, stem

DENIED = 3  # words of sense after a "not" that it denies
NEGATIONS = {
    "en": "not no never without neither nor cannot nobody nothing none don didn doesn isn wasn "
    "aren weren hasn hadn won wouldn shouldn couldn can't mustn unable avoid refrain lacks lacking",
    "fr": "ne n pas jamais sans aucun aucune ni nul nulle rien personne non évitez éviter",
    "it": "non mai senza né nessun nessuno nessuna niente nulla neppure evitare evitate",
    "de": "nicht kein keine keinen keinem keiner keines nie niemals ohne weder nichts niemand "
    "vermeiden vermeide",
}
NEGATORS = {code: frozenset(map(folded, words.split())) for code, words in NEGATIONS.items()}
NO_NEGATION = re.compile(
    r"\bnot only\b|\bno longer\b|\bnon seulement\b|\bnon solo\b|\bnicht nur\b|\bnot later\b"
    r"|\bno\. ?(?=\d)|\bsans doute\b",
    re.IGNORECASE,
)
# "Ne ... que" restricts: it denies nothing.
RESTRICTION = re.compile(
    r"\bn(?:e\b|['’])(?!.{0,30}\b(?:pas|jamais|rien|aucun\w*|personne)\b)", re.IGNORECASE
)
BREAK = re.compile(
    r"[,;:.!?()]|\b(?:but|rather|mais|ma|sondern|aber|e|et|and|und)\b", re.IGNORECASE
)
PRONOUN = re.compile(
    r"\b(?:she|he|her|his|him|they|their|them|it|its|elle|il|ils|elles|lui|leur|son|sa|ses|lei"
    r"|suo|sua|suoi|sue|loro|esso|essa|er|sie|ihr|ihre|ihren|sein|seine|seinen|es|i|my|we|je|j"
    r"|mon|ma|mes|nous|io|ho|ich|mein|meine|wir)\b",
    re.IGNORECASE,
)
MONEY = re.compile(
    r"[€$£¥]|\b(?:eur|usd|gbp|chf|jpy|yen|euros?|dollar\w*|pounds?|pfund|sterlin\w+)\b",
    re.IGNORECASE,
)
PRICE = ("price",)  # the concept that an amount of money says
HOUSE = frozenset(stem(word) for word in ("maison", "house", "casa", "haus", "concierge"))


@dataclass(frozen=True)
class Reading:
    """What a text says that can be compared with another.

    `words` are the stems of its words of sense; `names` those of its names; `denied` and `said`
    the keys (concepts, else stems) that stand under a negation or free of one.
    """

    text: str
    language: str
    words: frozenset[str]
    names: frozenset[str]
    concepts: frozenset[str]
    denied: frozenset[str]
    heads: tuple[frozenset[str], ...]  # by negation, the keys of the first word it denies
    said: frozenset[str]
    has_pronoun: bool

    @cached_property
    def figures(self) -> tuple[figures.Figure, ...]:
        return tuple(figures.figures(self.text, self.language))

    @property
    def counted(self) -> dict[str, frozenset[str]]:
        return figures.counted(self.text, self.language)

    @property
    def is_denial(self) -> bool:
        return bool(self.heads)


@lru_cache(maxsize=8192)
def read(text: str, language: str) -> Reading:
    """`language` is one of the lexicon's; any other is read as English."""
    tokens = list(TOKEN.finditer(text))
    words = [token.group() for token in tokens]
    found = list(find(words, language))
    keys = _keys(words, found)
    priced = MONEY.search(text) and any(map(figures.is_price, figures.figures(text, language)))
    heads, denied = _denied(text, tokens, keys, language)
    at_denied = {position for run in denied for position in run}
    return Reading(
        text=text,
        language=language,
        words=frozenset(stem(word) for word in words if is_of_sense(word)),
        names=frozenset(_names(text, tokens, found, language)),
        concepts=frozenset(each.concept for each in found).union(PRICE if priced else ()),
        denied=frozenset(key for at in at_denied for key in keys[at]),
        heads=tuple(frozenset(keys[at]) for at in heads),
        said=frozenset(k for at, each in enumerate(keys) if at not in at_denied for k in each),
        has_pronoun=bool(PRONOUN.search(text)),
    )


def is_of_sense(word: str) -> bool:
    return len(word) >= SHORTEST and folded(word) not in ALL_STOPS


def _keys(words: list[str], found: list[Found]) -> list[set[str]]:
    """Of each word, what it is compared by: its concepts, else its stem; a small word by none."""
    keys: list[set[str]] = [set() for _ in words]
    for each in found:
        if kinds()[each.concept].policy != "opposed":
            for at in range(each.first, each.last + 1):
                keys[at].add(each.concept)
    for at, word in enumerate(words):
        if not keys[at] and is_of_sense(word):
            keys[at].add(stem(word))
    return keys


def _denied(
    text: str, tokens: list[re.Match[str]], keys: list[set[str]], language: str
) -> tuple[list[int], list[list[int]]]:
    """Of each negation, the place of the first word it denies, and the places of all it denies."""
    negators = NEGATORS.get(language, NEGATORS["en"])
    free = [match.span() for match in NO_NEGATION.finditer(text)]
    if language == "fr":
        free += [match.span() for match in RESTRICTION.finditer(text)]
    heads, runs = [], []
    for at, token in enumerate(tokens):
        if folded(token.group()) not in negators:
            continue
        if any(start <= token.start() < end for start, end in free):
            continue
        run = list(_run(text, tokens, keys, at, 1))
        if language == "de":
            run = [*_run(text, tokens, keys, at, -1), *run]
        heads.append(run[0] if run else at)
        runs.append(run)
    return heads, runs


def _run(
    text: str, tokens: list[re.Match[str]], keys: list[set[str]], at: int, step: int
) -> Iterator[int]:
    """The places of the words of sense beside `at`, as far as DENIED or the clause goes."""
    left, place = DENIED, at + step
    while left and 0 <= place < len(tokens):
        one, two = (place - 1, place) if step > 0 else (place, place + 1)
        between = text[tokens[one].end() : tokens[two].start()]
        if BREAK.search(between) or BREAK.fullmatch(tokens[place].group()):
            return
        if keys[place]:
            left -= 1
            yield place
        place += step


def _names(
    text: str, tokens: list[re.Match[str]], found: list[Found], language: str
) -> Iterator[str]:
    """Names as they are compared: places by their concept, others by their first letters.

    German writes every noun with a capital: there, a name is what stands beside another.
    """
    known = {each.first: each.concept for each in found}
    for at, token in enumerate(tokens):
        word = token.group()
        if not word[0].isupper() or not is_of_sense(word):
            continue
        concept = known.get(at)
        if concept:
            if kinds()[concept].policy == "named":
                yield concept
            continue
        if language == "de" and not _beside_capital(tokens, text, at):
            continue
        if begins(text, token.start()) and not _is_name_at_start(tokens, text, at):
            continue
        name = stem(word)
        if name not in HOUSE:
            yield name


def begins(text: str, at: int) -> bool:
    """Whether a sentence or a line begins at `at`, quotes and marks aside."""
    before = text[:at].rstrip(" \t\"'“”‘’«»(*_-–—|#")
    return not before or before[-1] in ".!?:\n"


def _is_name_at_start(tokens: list[re.Match[str]], text: str, at: int) -> bool:
    return _capital_follows(tokens, text, at)


def _capital_follows(tokens: list[re.Match[str]], text: str, at: int) -> bool:
    if at + 1 >= len(tokens):
        return False
    after = tokens[at + 1]
    return after.group()[0].isupper() and text[tokens[at].end() : after.start()] in (" ", "-")


def _beside_capital(tokens: list[re.Match[str]], text: str, at: int) -> bool:
    before = at > 0 and not begins(text, tokens[at - 1].start())
    return _capital_follows(tokens, text, at) or (before and _capital_follows(tokens, text, at - 1))
