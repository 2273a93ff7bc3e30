"""The dictionary: words that mean the same in four languages, a row for each meaning.

The files in `words` hold a row a line, its forms in the order of LANGUAGES, parted by bars, those
of one language by commas. The first form is the one that is said; what a stemmer of the index
folds need not be listed. "drew/drawn/draw" is one form: the first is said, all are looked for.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from archive.stems import stems

LANGUAGES = ("en", "fr", "de", "it")
WORDS = Path(__file__).with_name("words")
SMALL = "asking"  # the file whose words say nothing of the subject
FIRST = (SMALL, "verbs")  # files of which a word is read that stands in others, too
LONGEST = 6  # words of a phrase
ALIKE = 4  # letters that two words of one origin begin with
PART = 3  # letters of each half of a German compound
JOINTS = ("", "s", "n", "en", "es", "e", "er")  # that German puts between the halves
STEMS = 20_000  # words whose stems are kept in memory
WORD = re.compile(r"[^\W\d_]+'?")
LEXEMES: dict[tuple[str, str], str] = {}  # by language and word; a word alone tells nothing
APOSTROPHES = str.maketrans("’‘`´ʼ", "'''''")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})

Phrase = tuple[str, ...]  # words in lower case, an elided one with its apostrophe


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One meaning. `forms` by language, the one that is said first."""

    forms: dict[str, tuple[str, ...]]
    is_small: bool

    def said(self, language: str, typed: str = "") -> str:
        return self._like(language, typed).partition("/")[0]

    def sought(self, language: str, typed: str = "") -> str:
        """What is said and the inflections of it that no stemmer folds."""
        return self._like(language, typed).replace("/", " ")

    def _like(self, language: str, typed: str) -> str:
        """The form that begins as `typed` does, else the first: "motif" is a motif before it is a
        pattern."""
        begun = bare(typed)[:ALIKE]
        forms = self.forms[language]
        alike = (form for form in forms if len(begun) == ALIKE and bare(form).startswith(begun))
        return next(alike, forms[0])


Rows = tuple[Row, ...]


@cache
def rows() -> Rows:
    """Those of all files, in their order; raises ValueError for a line that is not one."""
    names = sorted(WORDS.glob("*.txt"), key=lambda path: (path.stem not in FIRST, path.stem))
    return tuple(
        row(line, path.stem == SMALL)
        for path in names
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    )


def row(line: str, is_small: bool) -> Row:
    fields = [
        tuple(filter(None, (form.strip() for form in field.split(","))))
        for field in line.split("|")
    ]
    if len(fields) != len(LANGUAGES) or not all(fields):
        raise ValueError(f"not a form in each of {', '.join(LANGUAGES)}: {line}")
    return Row(dict(zip(LANGUAGES, fields, strict=True)), is_small)


def phrase(text: str) -> Phrase:
    """The words of `text` as the tables below have them."""
    return tuple(WORD.findall(plain(text)))


def plain(text: str) -> str:
    """Lower case, composed, with plain apostrophes."""
    return unicodedata.normalize("NFC", text).translate(APOSTROPHES).lower()


@lru_cache(maxsize=STEMS)
def bare(word: str) -> str:
    """As `plain`, without accents: as the hasty type it."""
    decomposed = unicodedata.normalize("NFKD", word.casefold().translate(LIGATURES))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@cache
def forms(language: str) -> dict[Phrase, Rows]:
    """Every form of `language`; as it is written, and without accents where that is no other."""
    written: dict[Phrase, list[Row]] = {}
    for each in rows():
        for form in each.forms[language]:
            for variant in form.split("/"):
                written.setdefault(phrase(variant), []).append(each)
    hasty: dict[Phrase, list[Row]] = {}
    for key, found in written.items():
        hasty.setdefault(tuple(map(bare, key)), []).extend(found)
    return {key: tuple(found) for key, found in (hasty | written).items()}


@cache
def by_stem(language: str) -> dict[str, Rows]:
    """The single words of `language` by their lexeme. Asks the database for the stems, once."""
    single = [key for key in forms(language) if len(key) == 1]
    found: dict[str, list[Row]] = {}
    spelled = stems([(language, word) for (word,) in single])
    for key, lexemes in zip(single, spelled, strict=True):
        for lexeme in lexemes:
            found.setdefault(lexeme, []).extend(forms(language)[key])
    return {lexeme: tuple(each) for lexeme, each in found.items()}


def lexeme(language: str, word: str) -> str:
    """The stem of one word; empty for a stop word."""
    if (language, word) not in LEXEMES:
        learn(language, [word])
    return LEXEMES.get((language, word), "")


def learn(language: str, words: Iterable[str]) -> None:
    """Ask the database for the stems of those of `words` that are not known yet, all at once."""
    new = sorted({word for word in words if (language, word) not in LEXEMES})
    if len(LEXEMES) > STEMS:
        LEXEMES.clear()
    for word, found in zip(new, stems([(language, word) for word in new]), strict=True):
        LEXEMES[language, word] = next(iter(found), "")


def meanings(language: str, word: str) -> tuple[Rows, ...]:
    """The rows of a word in lower case; of a German compound those of its halves, in order.

    Empty for a word that is not in the dictionary in any form.
    """
    if found := single(language, word):
        return (found,)
    if language != "de":
        return ()
    halves = next(compounds(word), ())
    if halves or not word.startswith("ge"):
        return halves
    found = single(language, f"{word[2:].removesuffix('t')}en") or single(language, word[2:])
    return (found,) if found else ()


def single(language: str, word: str) -> Rows:
    known = forms(language)
    if found := known.get((word,)) or by_stem(language).get(lexeme(language, word)):
        return found
    return known.get((bare(word),), ())


def compounds(word: str) -> Iterator[tuple[Rows, ...]]:
    """The readings of a German word as two of the dictionary, the longest first half first.

    The second half may be inflected, as the whole is.
    """
    known = forms("de")
    for cut in range(len(word) - PART, PART - 1, -1):
        first = next(
            (
                known[key]
                for joint in JOINTS
                if word[:cut].endswith(joint)
                and len(word[:cut].removesuffix(joint)) >= PART
                and (key := (word[:cut].removesuffix(joint),)) in known
            ),
            None,
        )
        if first and not first[0].is_small and (second := single("de", word[cut:])):
            yield first, second
