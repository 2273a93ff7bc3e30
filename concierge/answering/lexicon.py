"""The house's closed classes of words, in four languages, and where they stand in a text.

`lexicon/*.toml` lists, by policy and class, the concepts and how each language says them. A policy
tells what a statement owes to its source (`grounds.py`):

- `claimed`: price, stock, authenticity, sustainability, composition, care: said in the very span;
- `stated`: materials, colours, techniques, months, ranks: said in the span or beside it;
- `opposed`: before and after, more and less: the source does not say the opposite;
- `linked`: nothing; these let two languages be compared;
- `named`: places, which are names.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from concierge.answering.folding import folded

FOLDER = Path(__file__).with_name("lexicon")
FILES = ("claims.toml", "words.toml", "things.toml", "places.toml")
LANGUAGES = ("en", "fr", "it", "de")
TOKEN = re.compile(r"[^\W\d_]+")
SHORTEST_STEM = 2  # letters before an asterisk


@dataclass(frozen=True, slots=True)
class Kind:
    """What a concept is one of: its policy ("claimed") and its class ("care")."""

    policy: str
    group: str


@dataclass(frozen=True, slots=True)
class Found:
    """A concept said by tokens `first` to `last`, the last included."""

    concept: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Forms:
    """How one language says its concepts."""

    words: dict[str, tuple[str, ...]]  # folded
    cased: dict[str, tuple[str, ...]]  # only with a capital: the month, not the verb
    stems: dict[str, tuple[str, ...]]  # folded beginnings of words
    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]  # by first word, the longest first


@cache
def kinds() -> dict[str, Kind]:
    """Of each concept, what it is one of."""
    return {concept: kind for concept, kind, _ in rows()}


def rows() -> Iterator[tuple[str, Kind, str]]:
    for name in FILES:
        for policy, groups in tomllib.loads((FOLDER / name).read_text(encoding="utf-8")).items():
            for group, concepts in groups.items():
                for concept, forms in concepts.items():
                    yield concept, Kind(policy, group), forms


@cache
def forms(language: str) -> Forms:
    """The words of `language`, one of LANGUAGES."""
    column = LANGUAGES.index(language)
    words: dict[str, list[str]] = {}
    cased: dict[str, list[str]] = {}
    stems: dict[str, list[str]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for concept, kind, columns in rows():
        for form in columns.split("|")[column].split():
            parts = tuple(folded(part) for part in re.findall(r"[^\W\d_]+\*?", form))
            if len(parts) > 1:
                phrases.setdefault(parts[0], []).append((parts[1:], concept))
            elif form.endswith("*"):
                stems.setdefault(parts[0].removesuffix("*"), []).append(concept)
            elif kind.group == "month" and form[0].isupper():
                cased.setdefault(form, []).append(concept)
            else:
                words.setdefault(parts[0], []).append(concept)
    return Forms(
        {word: tuple(each) for word, each in words.items()},
        {word: tuple(each) for word, each in cased.items()},
        {stem: tuple(each) for stem, each in stems.items()},
        {word: tuple(sorted(each, key=lambda p: -len(p[0]))) for word, each in phrases.items()},
    )


@lru_cache(maxsize=50_000)
def concepts_of(word: str, language: str) -> tuple[str, ...]:
    """The concepts that one word says alone."""
    said, plain = forms(language), folded(word)
    found = [*said.words.get(plain, ()), *said.cased.get(word, ())]
    for length in range(SHORTEST_STEM, len(plain) + 1):
        found += said.stems.get(plain[:length], ())
    return tuple(dict.fromkeys(found))


def find(words: list[str], language: str) -> Iterator[Found]:
    """The concepts said by the words of a text, in order; unknown languages are read as English."""
    code = language if language in LANGUAGES else "en"
    phrases = forms(code).phrases
    plain = [folded(word) for word in words]
    for at, word in enumerate(words):
        for concept in concepts_of(word, code):
            yield Found(concept, at, at)
        for rest, concept in phrases.get(plain[at], ()):
            after = plain[at + 1 : at + 1 + len(rest)]
            if len(after) == len(rest) and all(map(_is, after, rest)):
                yield Found(concept, at, at + len(rest))


def ending(words: list[str], language: str) -> Iterator[str]:
    """The concepts that end with the last of the words, of those that `find` tells."""
    code = language if language in LANGUAGES else "en"
    phrases = forms(code).phrases
    plain = [folded(word) for word in words]
    for at, word in enumerate(plain):
        for rest, concept in phrases.get(word, ()):
            if at + len(rest) + 1 == len(plain) and all(map(_is, plain[at + 1 :], rest)):
                yield concept
    if words:
        yield from concepts_of(words[-1], code)


def _is(word: str, form: str) -> bool:
    return word.startswith(form[:-1]) if form.endswith("*") else word == form
