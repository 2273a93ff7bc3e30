"""The house's words in the place of others, in its own sentences only."""

import re
from collections.abc import Iterable
from functools import lru_cache

from concierge.voice.manner import Entry, Manner
from concierge.voice.own import own_words, reworded
from concierge.voice.terms import NEVER, VOWELS, any_alone, plural

ARTICLE = re.compile(r"\b(a)n?(\s+)$", re.IGNORECASE)
NOUNS_WITH_CAPITALS = "de"
SILENT = ("hour", "heir", "honest", "honour")
SPOKEN_AS_YOU = ("uni", "use", "usu", "eur", "one")


@lru_cache(maxsize=256)
def _words(manner: Manner) -> dict[str, str]:
    """By a word to be avoided, in lower case, what is said instead; plurals with plurals."""
    found: dict[str, str] = {}
    for entry in manner.lexicon:
        for avoided in (word for word in entry.instead_of if "*" not in word):
            found.setdefault(_key(avoided), entry.say)
            if many := plural(_key(avoided), manner.language):
                found.setdefault(many, _many(entry, manner.language))
    return found


def _key(word: str) -> str:
    """The same for hyphens and spaces, either apostrophe and any case."""
    return " ".join(re.split(r"[\s-]+", word.strip())).replace("’", "'").casefold()


def _many(entry: Entry, language: str) -> str:
    return entry.plural or plural(entry.say, language) or entry.say


@lru_cache(maxsize=256)
def _avoided(manner: Manner) -> re.Pattern[str]:
    words = tuple(_words(manner))
    return any_alone(words) if words else NEVER


def worded(text: str, manner: Manner, kept: Iterable[str] = ()) -> str:
    """`text` with the words that the house prefers; quotations and `kept` stay as they are."""
    if not manner.lexicon:
        return text
    return reworded(text, kept, lambda own: _preferred(own, manner))


def avoided(text: str, manner: Manner, kept: Iterable[str] = ()) -> list[str]:
    """The words of `text` for which the house has others."""
    own = own_words(text, kept)
    return [
        match.group()
        for match in _avoided(manner).finditer(own)
        if not _is_name(own, match, manner.language)
    ]


def _preferred(own: str, manner: Manner) -> str:
    words = _words(manner)
    parts: list[str] = []
    position = 0
    for match in _avoided(manner).finditer(own):
        if _is_name(own, match, manner.language):
            continue
        said = words.get(_key(match.group()))
        if said is None:  # letters that look alike to a pattern alone: "ı", "İ"
            continue
        before = own[position : match.start()]
        if manner.language == "en":
            before = _article(before, said)
        parts += [before, said[0].upper() + said[1:] if match.group()[0].isupper() else said]
        position = match.end()
    return "".join([*parts, own[position:]])


def _is_name(own: str, match: re.Match[str], language: str) -> bool:
    """A word with a capital inside a sentence names something: "the Scarf Room"."""
    if language == NOUNS_WITH_CAPITALS or not match.group()[0].isupper():
        return False
    before = own[: match.start()].rstrip(" \u00a0(")
    return bool(before) and before[-1] not in ".!?…:\n\u241f"


def _article(before: str, said: str) -> str:
    """“a factory” becomes “an atelier”."""
    plain = said.casefold()
    vowel = plain.startswith(SILENT) or (
        plain[:1] in VOWELS and not plain.startswith(SPOKEN_AS_YOU)
    )
    return ARTICLE.sub(rf"\1{'n' if vowel else ''}\2", before)
