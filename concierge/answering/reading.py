"""A statement or a sentence of a source, read for what can be compared: its names, its numbers,
the concepts of the lexicon it uses, and which of its words are denied.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from concierge.answering import figures
from concierge.answering.folding import folded
from concierge.answering.lexicon import LANGUAGES, TOKEN, Found, concepts_of, find, kinds
from concierge.answering.support import ALL_STOPS, SHORTEST, STOPS, stem

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
LISTED = re.compile(r", \w+(?:,| (?:or|nor|ou|ni|o|né|oder|noch)\b)", re.IGNORECASE)
OR = re.compile(r"[\W_]*(?:or|nor|ou|ni|o|né|oder|noch)[\W_]*", re.IGNORECASE)
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
LASTING = re.compile(
    r"last (?:\d|(?:about|around|some|for|up to|at least|between|longer|well|several)\b)", re.I
)
PRICE = ("price",)  # the concept that an amount of money says
CLEARLY = 4  # small words more than any other language's, from which no other is looked at
KNOWN_WORD = 0.5  # what a word of the lexicon weighs beside a small word of a language
ELISIONS = {
    "en": re.compile(r"['’]s\b"),
    "fr": re.compile(r"\b(?:[ldnsjmc]|qu)['’]", re.IGNORECASE),
    "it": re.compile(r"\b(?:(?:de|a|ne|da|su)ll|un|l)['’]", re.IGNORECASE),
    "de": re.compile(r"\b\w+(?:ung|heit|keit)\b"),
}
INSIDE = re.compile(r"(?:(?<=[\w,;:|(’'] )|(?<=[’'(]))([A-ZÀ-Þ][^\W\d_]{2,})")
JOINED = re.compile(r"(?: (?:and|et|e|und) (?=[A-ZÀ-Þ])|['’]s )")
SAID = STOPS | {"de": STOPS["de"] | {"ich", "ihnen", "mein", "meine", "wir", "uns"}}
SMALL = {code: frozenset(map(folded, words)) for code, words in STOPS.items()}
HOUSE = frozenset(stem(word) for word in ("maison", "house", "casa", "haus", "concierge"))
CODES = frozenset(("eur", "usd", "gbp", "chf", "jpy"))  # capitals that name no one

# A text's tokens, their words, the concepts found, the keys of each word, the names by place.
Parsed = tuple[list[re.Match[str]], list[str], list[Found], list[set[str]], dict[int, str]]


@dataclass(frozen=True)
class Reading:
    """What a text says that can be compared with another.

    `words` are the stems of its words of sense; `names` those of its names; `said` has the keys
    (concepts, else stems) of the words that no negation denies.
    """

    text: str
    language: str
    words: frozenset[str]
    names: frozenset[str]
    pairs: frozenset[tuple[str, str]]  # of names that follow one another: first and last name
    opening: str  # the first word, where it may be a name; its capital does not tell
    concepts: frozenset[str]
    denials: tuple[tuple[frozenset[str], ...], ...]  # by negation, the keys of each word it denies
    said: frozenset[str]
    begins_unnamed: bool  # whether a pronoun stands before any name

    @cached_property
    def figures(self) -> tuple[figures.Figure, ...]:
        return tuple(figures.figures(self.text, self.language))

    @property
    def counted(self) -> dict[str, frozenset[str]]:
        return figures.counted(self.text, self.language)

    @property
    def denied(self) -> frozenset[str]:
        return frozenset[str]().union(*(keys for run in self.denials for keys in run))


@lru_cache(maxsize=2048)
def parsed(text: str, language: str) -> Parsed:
    tokens = list(TOKEN.finditer(text))
    words = [token.group() for token in tokens]
    found = [each for each in find(words, language) if not _is_verb(each, text, tokens)]
    keys = _keys_of(words, found, language)
    return tokens, words, found, keys, dict(_names(text, tokens, found, language))


@lru_cache(maxsize=8192)
def read(text: str, language: str) -> Reading:
    """`language` is one of the lexicon's; any other is read as English."""
    tokens, words, found, keys, names = parsed(text, language)
    priced = MONEY.search(text) and any(map(figures.is_price, figures.figures(text, language)))
    runs = _denied(text, tokens, keys, language)
    denied = {place for run in runs for place in run}
    return Reading(
        text=text,
        language=language,
        words=frozenset(stem(word) for word in words if is_of_sense(word)),
        names=frozenset(names.values()),
        pairs=frozenset(_pairs(text, tokens, names)),
        opening=_opening(words, text, tokens, names, found),
        concepts=frozenset(each.concept for each in found).union(PRICE if priced else ()),
        denials=tuple(tuple(frozenset(keys[at]) for at in run) for run in runs),
        said=frozenset(k for at, each in enumerate(keys) if at not in denied for k in each),
        begins_unnamed=_begins_unnamed(text, tokens, names),
    )


def _is_verb(found: Found, text: str, tokens: list[re.Match[str]]) -> bool:
    """Whether "last" is what candles do for 45 hours."""
    return found.concept == "last" and bool(LASTING.match(text, tokens[found.first].start()))


def is_of_sense(word: str) -> bool:
    return len(word) >= SHORTEST and folded(word) not in ALL_STOPS


def _keys_of(words: list[str], found: list[Found], language: str) -> list[set[str]]:
    """Of each word, what it is compared by: its concepts, else its stem; a small word by none."""
    keys: list[set[str]] = [set() for _ in words]
    for each in found:
        if kinds()[each.concept].policy != "opposed":
            for at in range(each.first, each.last + 1):
                keys[at].add(each.concept)
    negators = NEGATORS.get(language, NEGATORS["en"])
    for at, word in enumerate(words):
        if not keys[at] and is_of_sense(word) and folded(word) not in negators:
            keys[at].add(stem(word))
    return keys


def _denied(
    text: str, tokens: list[re.Match[str]], keys: list[set[str]], language: str
) -> list[list[int]]:
    """Of each negation, the places of the words it denies, nearest first."""
    negators = NEGATORS.get(language, NEGATORS["en"])
    free = [match.span() for match in NO_NEGATION.finditer(text)]
    if language == "fr":
        free += [match.span() for match in RESTRICTION.finditer(text)]
    runs = []
    for at, token in enumerate(tokens):
        if folded(token.group()) not in negators:
            continue
        if any(start <= token.start() < end for start, end in free):
            continue
        run = list(_run(text, tokens, keys, at, 1))
        if language == "de":
            run = [*_run(text, tokens, keys, at, -1), *run]
        runs.append(run)
    return runs


def _run(
    text: str, tokens: list[re.Match[str]], keys: list[set[str]], at: int, step: int
) -> Iterator[int]:
    """The places of the words of sense beside `at`, as far as DENIED or the clause goes."""
    left, place, last = DENIED, at + step, at
    while 0 <= place < len(tokens):
        one, two = (place - 1, place) if step > 0 else (place, place + 1)
        between = text[tokens[one].end() : tokens[two].start()]
        ends = BREAK.search(between) and not (step > 0 and LISTED.match(text, tokens[one].end()))
        if ends or BREAK.fullmatch(tokens[place].group()):
            return
        if keys[place]:
            between = text[tokens[last].end() : tokens[place].start()]
            if not left and not OR.fullmatch(between.strip()):
                return
            left, last = max(0, left - 1), place
            yield place
        place += step


def _names(
    text: str, tokens: list[re.Match[str]], found: list[Found], language: str
) -> Iterator[tuple[int, str]]:
    """The place of each name, and what it is compared by: a place's concept, else a stem.

    German writes every noun with a capital: there, a name is what stands beside another.
    """
    known = {each.first: each.concept for each in found}
    small = SMALL.get(language, SMALL["en"])
    for at, token in enumerate(tokens):
        word = token.group()
        if not word[0].isupper() or len(word) < SHORTEST or folded(word) in small:
            continue
        concept = known.get(at)
        if concept:
            if kinds()[concept].policy == "named":
                yield at, concept
            continue
        if language == "de" and not _beside_capital(tokens, text, at):
            continue
        if begins(text, token.start()) and not (
            _capital_follows(tokens, text, at) or JOINED.match(text, token.end())
        ):
            continue
        name = stem(word)
        if name not in HOUSE | CODES:
            yield at, name


def _pairs(
    text: str, tokens: list[re.Match[str]], names: dict[int, str]
) -> Iterator[tuple[str, str]]:
    for at, name in names.items():
        if at + 1 in names and text[tokens[at].end() : tokens[at + 1].start()] == " ":
            yield name, names[at + 1]


def _opening(
    words: list[str],
    text: str,
    tokens: list[re.Match[str]],
    names: dict[int, str],
    found: list[Found],
) -> str:
    """The stem of a first word that says nothing else we know."""
    if not words or 0 in names or any(each.first == 0 for each in found):
        return ""
    return stem(words[0]) if words[0][0].isupper() and is_of_sense(words[0]) else ""


def _begins_unnamed(text: str, tokens: list[re.Match[str]], names: dict[int, str]) -> bool:
    pronoun = PRONOUN.search(text)
    first = tokens[min(names)].start() if names else len(text)
    return pronoun is not None and pronoun.start() < first


@lru_cache(maxsize=2048)
def paired(text: str) -> frozenset[tuple[str, str]]:
    """The names that follow one another in `text`, a title or a whole passage."""
    tokens = list(TOKEN.finditer(text))
    names = {at: stem(t.group()) for at, t in enumerate(tokens) if t.group()[0].isupper()}
    return frozenset(_pairs(text, tokens, names))


@lru_cache(maxsize=2048)
def tongue(text: str) -> str:
    """The language of a text by its small words, its elisions and the lexicon; empty if unsure."""
    words = TOKEN.findall(text)
    counts = {
        code: float(sum(word.lower() in SAID[code] for word in words))
        + len(ELISIONS[code].findall(text))
        for code in LANGUAGES
    }
    second, best = sorted(counts.values())[-2:]
    if best < second + CLEARLY:
        for code in LANGUAGES:
            counts[code] += KNOWN_WORD * sum(bool(concepts_of(word, code)) for word in words)
    return _first(counts)


def _first(counts: dict[str, float]) -> str:
    best, second = sorted(counts, key=lambda code: -counts[code])[:2]
    return best if counts[best] > counts[second] else ""


@lru_cache(maxsize=2048)
def named_in(text: str) -> frozenset[str]:
    """The stems of the words that `text` writes with a capital inside a sentence."""
    return frozenset(stem(match.group(1)) for match in INSIDE.finditer(text))


def begins(text: str, at: int) -> bool:
    """Whether a sentence or a line begins at `at`, quotes and marks aside."""
    before = text[:at].rstrip(" \t\"'“”‘’«»(*_-–—|#")
    return not before or before[-1] in ".!?:\n"


def _capital_follows(tokens: list[re.Match[str]], text: str, at: int) -> bool:
    if at + 1 >= len(tokens):
        return False
    after = tokens[at + 1]
    return after.group()[0].isupper() and text[tokens[at].end() : after.start()] in (" ", "-")


def _beside_capital(tokens: list[re.Match[str]], text: str, at: int) -> bool:
    if _capital_follows(tokens, text, at):
        return True
    before = tokens[at - 1] if at else None
    return (
        before is not None
        and before.group()[0].isupper()
        and not begins(text, before.start())
        and _capital_follows(tokens, text, at - 1)
    )
