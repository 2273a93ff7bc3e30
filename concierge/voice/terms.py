"""A curator's words as patterns: `seller`, `best-in-class`, `authentic*`, `price & rise`."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

LONGEST_WORD = 60  # characters, with what closes a sentence
WORD = re.compile(r"[\w'’]+")
NEVER = re.compile(r"(?!)")
LETTER = re.compile(r"[^\W\d_\x00-\x7f]")  # with an accent
VOWELS = "aeiouàâäéèêëîïôöùûü"


def folded(text: str) -> str:
    """Lower case, without accents, with plain apostrophes."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(each for each in plain if not unicodedata.combining(each)).casefold()


@lru_cache(maxsize=2000)
def any_of(terms: tuple[str, ...]) -> re.Pattern[str]:
    """Finds whole words: a term of several may be parted by spaces or hyphens."""
    patterns = [_pattern(term) for term in sorted(terms, key=len, reverse=True) if term.strip()]
    if not patterns:
        return NEVER
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=2000)
def any_alone(terms: tuple[str, ...]) -> re.Pattern[str]:
    """The same, but not as a part of a compound: "by-product" is no product."""
    return re.compile(rf"(?<!-){any_of(terms).pattern}(?!-)", re.IGNORECASE)


def may_end(text: str, terms: tuple[str, ...]) -> bool:
    """Whether the last word of `text` ends one of the terms: a quick look before a thorough one."""
    heard = WORD.findall(text, max(0, len(text) - LONGEST_WORD))
    whole, begun = _ends(terms)
    word = heard[-1].replace("’", "'").casefold() if heard else ""
    return word in whole or word.startswith(begun)


@lru_cache(maxsize=2000)
def _ends(terms: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The last words of the terms: those that are whole, and the beginnings of the others."""
    words = [re.split(r"[\s-]+", term.strip())[-1].replace("’", "'").casefold() for term in terms]
    return (
        frozenset(word for word in words if "*" not in word),
        tuple(word.partition("*")[0] for word in words if "*" in word),
    )


def _pattern(term: str) -> str:
    """`*` stands for any ending."""
    parts = re.split(r"[\s-]+", term.strip().replace("’", "'"))
    words = [re.escape(word).replace(r"\*", r"\w*").replace("'", "['’]") for word in parts]
    return r"[\s\u00a0-]+".join(words)


@lru_cache(maxsize=2000)
def signs(term: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of a sign, all of which a question must have somewhere."""
    return tuple(any_of((part,)) for part in folded(term).split("&") if part.strip())


def shown_by(question: str, terms: Iterable[str], *, accented: bool = False) -> bool:
    """Whether the question has one of the signs, whatever its case and accents.

    `accented`: an accent of the question counts, for words of another language: German "für" is
    no fur. One that is left out never does.
    """
    plain = folded(question)
    heard = unicodedata.normalize("NFC", question.replace("’", "'")).casefold()
    return any(
        found
        and all(pattern.search(plain) for pattern in found)
        and (not accented or all(pattern.search(heard) for pattern in as_written(term)))
        for term in terms
        for found in [signs(term)]
    )


@lru_cache(maxsize=2000)
def as_written(term: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of a sign in which a letter without an accent is one without."""
    plain = unicodedata.normalize("NFC", term).casefold()
    return tuple(
        re.compile(LETTER.sub(_either, any_of((part,)).pattern))
        for part in plain.split("&")
        if part.strip()
    )


def _either(letter: re.Match[str]) -> str:
    return f"[{letter.group()}{folded(letter.group())}]"


def plural(word: str, language: str) -> str:
    """By the plain rules of English and French; "" in languages where they do not do."""
    if language == "en":
        return _english(word)
    if language == "fr":
        if word[-1:] in "sxz":
            return word
        if word.endswith(("eau", "eu")):
            return f"{word}x"
        return f"{word[:-1]}ux" if word.endswith("al") else f"{word}s"
    return ""


def _english(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return f"{word}es"
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        return f"{word[:-1]}ies"
    if word.endswith(("arf", "elf", "alf", "eaf", "olf")):
        return f"{word[:-1]}ves"
    return f"{word}s"
