"""A question said in another language, word by word."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from archive.tongues.dictionary import (
    LANGUAGES,
    LONGEST,
    WORD,
    Rows,
    bare,
    forms,
    learn,
    meanings,
    plain,
)
from archive.tongues.tell import spoken

# Numbers, codes and addresses whole, and names with hyphens; words; anything else.
TOKEN = re.compile(r"\S*[\d@/]\S*|(?<=\s)[A-ZÀ-Þ][^\W\d_]*(?:-[^\W\d_]+)+|[^\W\d_]+'?|[^\w\s-]")
JOINED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
ARTICLES = frozenset({"le", "la", "les", "l'", "il", "lo", "i", "gli", "the"})
LINKS = frozenset({"de", "des", "du", "d'", "sur", "di", "del", "della", "dei"})


@dataclass(frozen=True, slots=True)
class Token:
    """What stands in a question: `typed`, and what it means; nothing for what is kept.

    A name that is a word is kept, and what it means stands beside it: "Le Héron" is the Heron.
    """

    typed: tuple[str, ...]
    means: tuple[Rows, ...] = ()
    is_name: bool = False

    def said(self, language: str) -> Iterator[str]:
        if self.is_name or not self.means:
            yield from self.typed
        yield from (found[0].said(language, self.alone) for found in self.means)

    def sought(self, language: str) -> Iterator[str]:
        """What is said, and what of it is looked for besides."""
        if self.is_name or not self.means:
            yield from self.typed
        yield from (found[0].sought(language, self.alone) for found in self.means)

    @property
    def alone(self) -> str:
        """The word that was typed, where it is one with one meaning."""
        return self.typed[0] if len(self.typed) == len(self.means) == 1 else ""

    @property
    def is_small(self) -> bool:
        """Whether it says nothing of the subject."""
        return any(found[0].is_small for found in self.means)


def said_in(text: str, language: str, *, whole: bool = True) -> str:
    """`text` in `language`, names and numbers and what the dictionary does not know as they are.

    Not `whole`, without the words that say nothing of the subject. Unchanged where its own
    language cannot be told, is that one, or has no dictionary.
    """
    own = spoken(text)
    if language == own or not {own, language} <= {*LANGUAGES}:
        return text
    read = [token for token in tokens(text, own) if whole or not token.is_small]
    return " ".join(word for token in read for word in token.said(language))


def known_to(languages: Collection[str] | None, text: str) -> str:
    """`text` in one of `languages`, what a model knows, English rather than another; None for all.

    Unchanged where it is in one of them, or cannot be said in any.
    """
    if languages is None:
        return text
    own = spoken(text)
    others = [code for code in LANGUAGES if code in languages]
    return said_in(text, others[0]) if own and own not in languages and others else text


def worded_in(text: str, language: str) -> str:
    """As `said_in`, with the words it was asked in behind: the house may write them as they are.

    "Where is the bath of youth" finds the Bain de jouvence.
    """
    own = spoken(text)
    if language == own or not {own, language} <= {*LANGUAGES}:
        return text
    read = tokens(text, own)
    said = [word for token in read for word in token.sought(language)]
    known = forms(language)
    typed = [
        word
        for token in read
        if token.means and not token.is_small
        for word in token.typed
        if (plain(word),) not in known
    ]
    return " ".join([*said, *typed])


def alike(word: str, language: str, *, into: str = "") -> frozenset[str]:
    """The single words of `language`, or of `into`, that mean what `word`, one of `language`,
    means; none unknown."""
    found = forms(language).get((plain(word),), ())
    said = (form for each in found for form in each.forms.get(into or language, ()))
    return frozenset(variant for form in said for variant in form.split("/") if " " not in variant)


def understood(text: str) -> frozenset[str]:
    """The words of `text` in lower case that the dictionary of its language has in some form."""
    own = spoken(text)
    if own in ("", "en") or own not in LANGUAGES:
        return frozenset()
    known = (token.typed for token in tokens(text, own) if token.means)
    return frozenset(plain(word) for typed in known for word in typed)


def tokens(text: str, language: str) -> list[Token]:
    """What `text`, in `language`, is made of, in order."""
    typed = [
        part
        for found in TOKEN.findall(text.replace("’", "'"))
        for part in (found.split("-") if language == "de" and JOINED.fullmatch(found) else [found])
    ]
    known = forms(language)
    learn(language, [w for w in map(plain, typed) if WORD.fullmatch(w) and (w,) not in known])
    read: list[Token] = []
    place = 0
    while place < len(typed):
        token = phrased(typed, place, language) or alone(typed, place, language)
        read.append(token)
        place += len(token.typed)
    return read


def phrased(typed: list[str], place: int, language: str) -> Token | None:
    """The longest phrase of the dictionary that begins at `place`."""
    words = [plain(word) for word in typed[place : place + LONGEST]]
    known = forms(language)
    for length in range(len(words), 1, -1):
        key = tuple(words[:length])
        if found := known.get(key) or known.get(tuple(map(bare, key))):
            return Token(tuple(typed[place : place + length]), (found,))
    return None


def alone(typed: list[str], place: int, language: str) -> Token:
    """A word or a sign; a name with what hangs on it."""
    own = typed[place]
    if not WORD.fullmatch(own):
        return Token((own,))
    means = meanings(language, plain(own))
    if place and own[0].isupper() and language != "de":
        if any(found[0].said("en")[0].isupper() for found in means):
            return Token((own,), means)
        words = tuple(typed[place : place + named(typed, place)])
        thing = means if len(words) == 1 and not is_of_a_person(typed, place) else ()
        return Token(words, thing, is_name=True)
    return Token((own,), means)


def is_of_a_person(typed: list[str], place: int) -> bool:
    """Whether another name stands beside the one at `place`: Madame Moulin is no mill."""
    beside = [*typed[max(0, place - 1) : place], *typed[place + 1 : place + 2]]
    return any(word[0].isupper() and plain(word) not in ARTICLES for word in beside)


def named(typed: list[str], place: int) -> int:
    """How many words the name at `place` has: "Jardin de nuit" is one."""
    after = [*typed[place + 1 : place + 3], "", ""]
    return 3 if after[0] in LINKS and WORD.fullmatch(after[1]) else 1
